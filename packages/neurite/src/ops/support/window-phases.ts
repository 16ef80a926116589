import type { Shape } from '../../graph/node.ts'
import type { WindowGeometry } from './window-geometry.ts'

/** One entry of each list, in all combinations; the last list runs fastest. */
export function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((found, list) => found.flatMap((head) => list.map((entry) => [...head, entry])), [[]])
}

/** Every tap of the kernel as indices, in row-major order. */
export function tapsOf(kernel: Shape): number[][] {
  return combinations(kernel.map((count) => [...Array(count).keys()]))
}

/**
 * The elements of an axis of the picture that lie alike between the windows: `start, start + stride, ...`, `count` of them.
 * Element j of them is read by window `from + j + spread * t` as its tap `tap - tapStep * t`, for t below `taps`.
 */
export interface Phase {
  readonly start: number
  readonly count: number
  readonly tap: number
  readonly tapStep: number
  readonly taps: number
  readonly from: number
  readonly spread: number
}

/** The phases of every axis in which something is read. */
export function phasesOf({ size, kernel, stride, dilation, before }: WindowGeometry): Phase[][] {
  return size.map((length, axis) => {
    const step = stride[axis]!
    const gap = dilation[axis]!
    const common = greatestCommonDivisor(step, gap)
    const phases: Phase[] = []
    for (let start = 0; start < Math.min(step, length); start++) {
      const reading = [...Array(kernel[axis]).keys()].filter((k) => (start + before[axis]! - k * gap) % step === 0)
      if (reading.length === 0) continue
      const tap = reading.at(-1)!
      phases.push({
        start,
        count: Math.ceil((length - start) / step),
        tap,
        tapStep: step / common,
        taps: reading.length,
        from: (start + before[axis]! - tap * gap) / step,
        spread: gap / common,
      })
    }
    return phases
  })
}

/** How many windows the phases of an axis reach in front of the first and behind the last. */
export function reach(phases: readonly Phase[], positions: number): [before: number, after: number] {
  return [
    Math.max(0, ...phases.map(({ from }) => -from)),
    Math.max(0, ...phases.map(({ from, count, spread, taps }) => from + count + spread * (taps - 1) - positions)),
  ]
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
