import { elementCount, type Node, type Shape } from '../../graph/node.ts'
import { cast } from '../cast.ts'
import { contiguous } from '../contiguous.ts'
import { expand } from '../expand.ts'
import { iota } from '../iota.ts'
import { matmul } from '../matmul.ts'
import { reshape } from '../reshape.ts'
import { channelsToEnd, channelsToFront } from './channels-last.ts'

/** 0, 1, 2, ... as float32 along one axis of `rank`. */
export function places(length: number, axis: number, rank: number): Node {
  return reshape(
    cast(iota(length), 'float32'),
    Array.from({ length: rank }, (_, i) => (i === axis ? length : 1)),
  )
}

/**
 * Every spatial axis of [N, C, *S] made of weighted elements: one small matrix product per axis whose size changes.
 * `weights` gives what each element of an axis (its places in a row) adds to each element of the result (a column).
 */
export function resample(x: Node, size: Shape, weights: (axis: number, result: Node, element: Node) => Node): Node {
  const picture = size.reduce(
    (all, to, i) => {
      const from = all.shape[i + 1]!
      if (from === to) return all
      const matrix = expand(weights(i, places(to, 0, 2), places(from, 1, 2)), [to, from])
      const [before, behind] = [all.shape.slice(0, i + 1), all.shape.slice(i + 2)]
      const product = matmul(matrix, reshape(all, [elementCount(before), from, elementCount(behind)]))
      return reshape(product, [...before, to, ...behind])
    },
    contiguous(channelsToEnd(x)),
  )
  return channelsToFront(picture)
}
