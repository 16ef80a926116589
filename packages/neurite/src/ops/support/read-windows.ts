import type { Node, Shape } from '../../graph/node.ts'
import { contiguous } from '../contiguous.ts'
import { place } from '../place.ts'
import { slice } from '../slice.ts'
import { channelsToEnd } from './channels-last.ts'
import { span, type WindowGeometry } from './window-geometry.ts'

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
