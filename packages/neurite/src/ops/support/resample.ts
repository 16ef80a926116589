import { elementCount, type Node } from '../../graph/node.ts'
import { data } from '../data.ts'
import { matmul } from '../matmul.ts'
import { reshape } from '../reshape.ts'
import { channelsLast, channelsToFront } from './channels-last.ts'

/** For every element of a result the elements of a row that it is made of, and their weights. */
export type Weights = (to: number) => readonly (readonly [from: number, weight: number])[]

/** Every spatial axis of [N, C, *S] made of weighted elements: one small matrix product per axis whose size changes. */
export function resample(x: Node, size: readonly number[], weights: (axis: number) => Weights): Node {
  const none = size.map(() => 0)
  const picture = size.reduce(
    (all, to, i) => {
      const from = all.shape[i + 1]!
      if (from === to) return all
      const matrix = new Float32Array(to * from)
      for (let row = 0; row < to; row++) {
        for (const [column, weight] of weights(i)(row)) matrix[row * from + column]! += weight
      }
      const rows = data({ data: matrix, shape: [to, from], dtype: 'float32' })
      const [before, behind] = [all.shape.slice(0, i + 1), all.shape.slice(i + 2)]
      const product = matmul(rows, reshape(all, [elementCount(before), from, elementCount(behind)]))
      return reshape(product, [...before, to, ...behind])
    },
    channelsLast(x, none, none),
  )
  return channelsToFront(picture)
}
