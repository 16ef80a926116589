import type { Node } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import { concat } from './concat.ts'
import { full } from './full.ts'
import { mul } from './mul.ts'
import { permute } from './permute.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'
import { toArithmetic } from './support/broadcast.ts'
import type { ReduceOptions } from './support/define-reduce.ts'
import { defineReduce, reducePrimitive, rowLength } from './support/define-reduce.ts'
import { fold } from './support/evaluate-rows.ts'

/**
 * For a matrix [rows, n], the product of all the other elements of its row, in every place: a tree of pairwise products, so
 * no element is divided out and zeros need no special case, in second derivatives neither.
 */
function productsOfOthers(x: Node): Node {
  const [rows, length] = x.shape as [number, number]
  if (length === 1) return full(x.shape, 1)
  const even = length % 2 === 0 ? x : concat([x, full([rows, 1], 1)], 1)
  const pairs = even.shape[1]! / 2
  const first = slice(even, { start: [0, 0], size: [rows, pairs], step: [1, 2] })
  const second = slice(even, { start: [0, 1], size: [rows, pairs], step: [1, 2] })
  const outside = productsOfOthers(mul(first, second))
  const columns = [mul(outside, second), mul(outside, first)].map((column) => reshape(column, [rows, pairs, 1]))
  const woven = reshape(concat(columns, 2), [rows, 2 * pairs])
  return slice(woven, { start: [0, 0], size: [rows, length], step: [1, 1] })
}

export const prodOperation = defineReduce({
  name: 'prod',
  empty: 1,
  evaluate: fold(1, (a, b) => a * b, Math.imul),
  derivative({ inputs: [x], attributes: { axes }, gradient }) {
    const { shape } = x!
    if (elementCount(shape) === 0) return [full(shape, 0)]
    const order = [...shape.keys()].sort((a, b) => Number(axes.includes(a)) - Number(axes.includes(b)))
    const turned = permute(x!, order)
    const others = reshape(productsOfOthers(reshape(turned, [-1, rowLength(shape, axes)])), turned.shape)
    const back = shape.map((_, axis) => order.indexOf(axis))
    return [mul(gradient, permute(others, back))]
  },
})

/**
 * The product over some axes, all by default (torch.prod); 1 for an empty reduction. bool, uint8 and int32 give int32, which
 * wraps. Throws IndexOutOfRangeError for an axis that does not exist.
 */
export function prod(x: Node, options: ReduceOptions = {}): Node {
  return reducePrimitive(prodOperation, toArithmetic(x), options)
}
