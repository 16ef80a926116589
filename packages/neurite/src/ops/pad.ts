import { ArgumentError, ShapeError } from '../errors.ts'
import { createNode, type CompositeOperation, type Node, type Shape } from '../graph/node.ts'
import { full } from './full.ts'
import { place } from './place.ts'
import { slice } from './slice.ts'
import { forEachStrided, rowMajorStrides } from './support/strided.ts'

export interface PadAttributes {
  /** Elements added in front of each axis; negative numbers cut off. */
  readonly before: readonly number[]
  /** Elements added behind each axis. */
  readonly after: readonly number[]
  readonly value: number
}

export const padOperation: CompositeOperation<PadAttributes> = {
  kind: 'composite',
  name: 'pad',
  infer([x], { before, after }) {
    const rank = x!.shape.length
    // Without types anything may arrive here.
    const lists: (readonly number[] | undefined)[] = [before, after]
    if (!lists.every((sizes) => sizes?.length === rank && sizes.every(Number.isInteger))) {
      throw new ArgumentError({
        what: `pad: before is [${String(before)}] and after [${String(after)}] for shape [${x!.shape.join(', ')}]`,
        expected: `${rank} whole numbers each, one per axis: { before: [...], after: [...] }`,
        fix: 'name every axis; 0 leaves it as it is',
      })
    }
    const shape = x!.shape.map((size, axis) => size + before[axis]! + after[axis]!)
    if (shape.some((size, axis) => size < 0 || x!.shape[axis]! + Math.min(before[axis]!, after[axis]!) < 0)) {
      throw cutError(x!.shape, before, after)
    }
    return { shape, dtype: x!.dtype }
  },
  evaluate([x], { inputs, attributes: { before, value }, output }) {
    const from = inputs[0]!.shape
    const strides = rowMajorStrides(output.shape)
    const result = new Float64Array(strides.length === 0 ? 1 : strides[0]! * output.shape[0]!).fill(value)
    const inside = from.map((_, axis) => before[axis]!)
    forEachStrided(from, rowMajorStrides(from), 0, (position) => {
      let rest = position
      let place = 0
      for (let axis = from.length - 1; axis >= 0; axis--) {
        const index = (rest % from[axis]!) + inside[axis]!
        if (index < 0 || index >= output.shape[axis]!) return
        place += index * strides[axis]!
        rest = Math.floor(rest / from[axis]!)
      }
      result[place] = x![position]!
    })
    return result
  },
  derivative({ attributes: { before, after }, gradient }) {
    const negate = (sizes: readonly number[]): number[] => sizes.map((size) => 0 - size)
    return [pad(gradient, { before: negate(before), after: negate(after) })]
  },
  lower([x], { before, after, value }) {
    const cut = (size: number): number => Math.max(0, -size)
    const inside = slice(x!, {
      start: before.map(cut),
      size: x!.shape.map((size, axis) => size - cut(before[axis]!) - cut(after[axis]!)),
    })
    if (![...before, ...after].some((size) => size > 0)) return inside
    const start = before.map((size) => Math.max(0, size))
    const shape = inside.shape.map((size, axis) => size + start[axis]! + Math.max(0, after[axis]!))
    return place([inside], { shape, start: [start], value })
  },
}

/**
 * Adds elements of one value around a tensor: `torch.nn.functional.pad` in mode 'constant', with one entry per axis.
 *
 * @param x any shape and dtype
 * @param options `before` and `after`: how many elements per axis, negative numbers cut off; `value` (default 0)
 * @throws ArgumentError when the entries do not match the axes
 * @throws ShapeError when more is cut off than there is
 * @throws DTypeError when the value does not fit the dtype
 */
export function pad(
  x: Node,
  options: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value?: number },
): Node {
  const { before, after, value = 0 } = options
  // Throws where the dtype cannot hold the value.
  full([], value, x.dtype)
  // What is no list is refused by `infer`.
  const copy = (sizes: readonly number[]): readonly number[] => (Array.isArray(sizes) ? [...sizes] : sizes)
  const node = createNode(padOperation, [x], { before: copy(before), after: copy(after), value })
  return [...before, ...after].every((size) => size === 0) ? x : node
}

function cutError(shape: Shape, before: readonly number[], after: readonly number[]): ShapeError {
  return new ShapeError({
    what: `pad: before [${before.join(', ')}] and after [${after.join(', ')}] cut more than shape [${shape.join(', ')}] has`,
    expected: 'negative entries that leave zero elements or more',
    fix: 'cut off less',
  })
}
