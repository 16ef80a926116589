/** What a tensor put together from parts still needs: the places that no part fills. */
import { elementCount } from '../graph/node.ts'
import type { Shape, SliceAttributes } from '../graph/node.ts'

export interface Filling {
  /** Without overlap. */
  readonly slices: readonly SliceAttributes[]
  /** The slice is everything: the parts are written after it. */
  readonly everything: boolean
}

/** The slices to fill, so that with the parts, which do not overlap, nothing is left out. */
export function uncovered(shape: Shape, parts: readonly SliceAttributes[]): Filling {
  const present = parts.filter(({ size }) => elementCount(size) > 0)
  const filled = present.reduce((sum, { size }) => sum + elementCount(size), 0)
  if (filled === elementCount(shape)) return { slices: [], everything: false }
  const step = shape.map(() => 1)
  const whole = { start: shape.map(() => 0), size: shape, step }
  const [only] = present
  if (present.length !== 1 || only!.step.some((by, axis) => by !== 1 && only!.size[axis] !== 1)) {
    return { slices: [whole], everything: true }
  }
  const borders: SliceAttributes[] = []
  // What is left when the borders of the axes before are cut off.
  const start = [...whole.start]
  const size = [...shape]
  for (const axis of shape.keys()) {
    const first = only!.start[axis]!
    const end = first + only!.size[axis]!
    if (first > 0) borders.push({ start: [...start], size: size.with(axis, first), step })
    if (end < shape[axis]!) {
      borders.push({ start: start.with(axis, end), size: size.with(axis, shape[axis]! - end), step })
    }
    start[axis] = first
    size[axis] = only!.size[axis]!
  }
  return { slices: borders, everything: false }
}
