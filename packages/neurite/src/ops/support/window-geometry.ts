import { ArgumentError, ShapeError } from '../../errors.ts'
import type { Shape } from '../../graph/node.ts'

/** How windows lie over the spatial axes of a picture; one entry per axis. */
export interface WindowGeometry {
  /** Size of the picture. */
  readonly size: Shape
  /** How many windows there are. */
  readonly positions: Shape
  readonly kernel: Shape
  readonly stride: Shape
  readonly dilation: Shape
  /** Elements added in front. Behind, as many are added as the windows reach. */
  readonly before: Shape
}

/** One number for all axes, or one per axis. */
export type PerAxis = number | readonly number[]
/** Elements on both sides; or per axis in front and behind. */
export type Padding = PerAxis | readonly (readonly [number, number])[] | 'same' | 'valid'

/** One entry per axis. Throws ArgumentError unless each is a whole number of at least `least`. */
export function perAxis(operation: string, name: string, value: PerAxis, rank: number, least = 1): Shape {
  const all = typeof value === 'number' ? Array<number>(rank).fill(value) : value
  if (all.length === rank && all.every((entry) => Number.isSafeInteger(entry) && entry >= least)) return all
  throw new ArgumentError({
    what: `${operation}: ${name} is ${JSON.stringify(value)}`,
    expected: `a whole number of at least ${least}, or ${rank} of them, one per spatial axis`,
    fix: `choose another ${name}`,
  })
}

/** Elements that one window covers, with the gaps that dilation leaves. */
export function span({ kernel, dilation }: Pick<WindowGeometry, 'kernel' | 'dilation'>, axis: number): number {
  return dilation[axis]! * (kernel[axis]! - 1) + 1
}

/** The elements in front and behind, per axis. */
export function sides(
  operation: string,
  padding: Padding,
  { kernel, stride, dilation }: Pick<WindowGeometry, 'kernel' | 'stride' | 'dilation'>,
): (readonly [number, number])[] {
  if (padding === 'same' && stride.some((step) => step !== 1)) {
    throw new ArgumentError({
      what: `${operation}: padding 'same' with stride [${stride.join(', ')}]`,
      expected: 'stride 1, so that the result is as large as the input',
      fix: 'use stride 1, or write the padding in numbers',
    })
  }
  if (padding === 'same' || padding === 'valid') {
    return kernel.map((_, axis) => {
      const total = padding === 'same' ? span({ kernel, dilation }, axis) - 1 : 0
      return [Math.floor(total / 2), Math.ceil(total / 2)]
    })
  }
  const given: readonly unknown[] = typeof padding === 'number' ? kernel.map(() => padding) : [padding].flat()
  const pairs = given.map((own) => (Array.isArray(own) ? own : [own, own]) as [number, number])
  const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0
  if (pairs.length === kernel.length && pairs.every((pair) => pair.length === 2 && pair.every(isCount))) return pairs
  throw new ArgumentError({
    what: `${operation}: padding is ${JSON.stringify(padding)}`,
    expected:
      "'same', 'valid', or whole numbers of at least 0: one, one per spatial axis, or [in front, behind] per axis",
    fix: 'choose another padding',
  })
}

/** How many windows fit into an axis; `partial`: also one that starts inside and ends outside. */
export function windowCount(length: number, covered: number, stride: number, partial = false): number {
  return (partial ? Math.ceil : Math.floor)((length - covered) / stride) + 1
}

/** Throws ShapeError where a window is larger than the padded picture. */
export function requireWindows(operation: string, geometry: WindowGeometry, padded: Shape): void {
  const axis = padded.findIndex((length, i) => length < span(geometry, i))
  if (axis < 0) return
  throw new ShapeError({
    what: `${operation}: the kernel covers ${span(geometry, axis)} elements of spatial axis ${axis}, the padded picture has ${padded[axis]}`,
    expected: `a kernel no larger than the padded picture [${padded.join(', ')}]`,
    fix: 'use a smaller kernel or dilation, add padding, or pass larger pictures',
  })
}

/** One entry of each list, in all combinations; the last list runs fastest. */
export function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((found, list) => found.flatMap((head) => list.map((entry) => [...head, entry])), [[]])
}

/** Every tap of the kernel as indices, in row-major order. */
export function tapsOf(kernel: Shape): number[][] {
  return combinations(kernel.map((count) => [...Array(count).keys()]))
}

/**
 * Every element that a window reads, as row-major offsets [picture, kernel, positions]. For one position the taps come in
 * row-major order.
 */
export function windowReads({ size, positions, kernel, stride, dilation, before }: WindowGeometry): number[][] {
  let found: number[][] = [[0, 0, 0]]
  for (const axis of size.keys()) {
    const own: number[][] = []
    for (let p = 0; p < positions[axis]!; p++) {
      for (let k = 0; k < kernel[axis]!; k++) {
        const i = p * stride[axis]! + k * dilation[axis]! - before[axis]!
        if (i >= 0 && i < size[axis]!) own.push([i, k, p])
      }
    }
    found = found.flatMap(([i, k, p]) =>
      own.map((next) => [i! * size[axis]! + next[0]!, k! * kernel[axis]! + next[1]!, p! * positions[axis]! + next[2]!]),
    )
  }
  return found
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
