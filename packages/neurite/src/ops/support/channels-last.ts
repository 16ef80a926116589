/**
 * What the lowered forms of windows over pictures share. They work on channels last, [N, *S, C], row-major: whole vectors of
 * channels are then neighbours in memory at every element of every window.
 */
import { equalShapes, type Node, type Shape } from '../../graph/node.ts'
import { contiguous } from '../contiguous.ts'
import { full } from '../full.ts'
import { permute } from '../permute.ts'
import { place } from '../place.ts'
import { slice } from '../slice.ts'
import { combinations, type Phase, phasesOf, reach, span, tapsOf, type WindowGeometry } from './window-geometry.ts'

/** The axes in another order, by one letter each. */
export function arrange(x: Node, from: string, to: string): Node {
  return permute(
    x,
    to.split('').map((letter) => from.indexOf(letter)),
  )
}

/** [N, C, *S] to [N, *S, C]. */
export function channelsToEnd(x: Node): Node {
  return permute(x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1])
}

/** [N, *S, C] to [N, C, *S]. */
export function channelsToFront(x: Node): Node {
  return permute(x, [0, x.shape.length - 1, ...x.shape.slice(2).map((_, i) => i + 1)])
}

/** Channels last and row-major, with elements added around the spatial axes. */
export function channelsLast(x: Node, before: Shape, after: Shape, value = 0): Node {
  const moved = channelsToEnd(x)
  if ([...before, ...after].every((count) => count <= 0)) return contiguous(moved)
  const shape = moved.shape.map((size, axis) => size + (before[axis - 1] ?? 0) + Math.max(0, after[axis - 1] ?? 0))
  return place([moved], { shape, start: [[0, ...before, 0]], value })
}

/**
 * The picture as the windows read it: channels last, padded, and no longer than they reach. `once`: it need not be stored
 * where every element is read only once.
 */
export function readByWindows(
  x: Node,
  geometry: WindowGeometry,
  options: { value?: number; once?: boolean } = {},
): Node {
  const { size, positions, stride, before } = geometry
  const length = positions.map((count, axis) => (count - 1) * stride[axis]! + span(geometry, axis))
  const after = length.map((count, axis) => count - before[axis]! - size[axis]!)
  const isPadded = [...before, ...after].some((count) => count > 0)
  const isView = !isPadded && options.once === true && stride.every((step, axis) => step >= span(geometry, axis))
  const picture = isView ? channelsToEnd(x) : channelsLast(x, before, after, options.value)
  return slice(picture, {
    start: picture.shape.map(() => 0),
    size: picture.shape.map((own, axis) => length[axis - 1] ?? own),
  })
}

/** The elements that tap `tap` of every window reads: [N, *P, C]. */
export function readByTap(picture: Node, { positions, stride, dilation }: WindowGeometry, tap: Shape): Node {
  return slice(picture, {
    start: [0, ...tap.map((k, axis) => k * dilation[axis]!), 0],
    size: [picture.shape[0]!, ...positions, picture.shape.at(-1)!],
    step: [1, ...stride, 1],
  })
}

/** One phase of every spatial axis. */
export type PhaseSet = readonly Phase[]

/** The taps of a set of phases: which one it is, and by which of the windows around an element it reads that element. */
export function tapsOfPhases(phases: PhaseSet): { readonly tap: Shape; readonly offset: Shape }[] {
  return tapsOf(phases.map(({ taps }) => taps)).map((index) => ({
    tap: phases.map(({ tap, tapStep }, axis) => tap - tapStep * index[axis]!),
    offset: phases.map(({ spread }, axis) => spread * index[axis]!),
  }))
}

/**
 * A picture [N, channels, *S] from values of the windows that read it, `ys` of [N, C, *P] each. The elements are computed
 * phase by phase, so that nothing is multiplied by zeros between them: `part` gives those of one set of phases,
 * [N, *counts, channels], from the windows around them, [N, *(counts + spread (taps - 1)), C]. `prepare` computes something for
 * every window before, once for all phases.
 */
export function computeByPhases(
  ys: readonly Node[],
  geometry: WindowGeometry,
  channels: number,
  part: (near: readonly Node[], phases: PhaseSet) => Node,
  options: { readonly value?: number; readonly prepare?: (padded: Node) => Node } = {},
): Node {
  const { size, positions, stride } = geometry
  const phases = phasesOf(geometry)
  const sets = combinations(phases)
  // A stride longer than the kernel can leave out every element.
  if (sets.length === 0) return full([ys[0]!.shape[0]!, channels, ...size], 0)
  const around = phases.map((own, axis) => reach(own, positions[axis]!))
  const before = around.map(([count]) => count)
  const after = around.map(([, count]) => count)
  const { value = 0, prepare = (picture): Node => picture } = options
  const padded = ys.map((y) => prepare(channelsLast(y, before, after, value)))
  const parts = sets.map((set) => {
    const start = [0, ...set.map(({ from }, axis) => from + before[axis]!), 0]
    const length = set.map(({ count, spread, taps }) => count + spread * (taps - 1))
    const near = padded.map((x) => slice(x, { start, size: [x.shape[0]!, ...length, x.shape.at(-1)!] }))
    return part(near, set)
  })
  const shape = [ys[0]!.shape[0]!, ...size, channels]
  const isWhole = parts.length === 1 && equalShapes(parts[0]!.shape, shape)
  const result = isWhole
    ? parts[0]!
    : place(parts, {
        shape,
        start: sets.map((set) => [0, ...set.map(({ start }) => start), 0]),
        step: sets.map(() => [1, ...stride, 1]),
      })
  return channelsToFront(result)
}
