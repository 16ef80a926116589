import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { contiguous } from './contiguous.ts'
import { equal } from './equal.ts'
import { maxPoolScatter } from './max-pool-scatter.ts'
import { channelsToEnd, channelsToFront } from './support/channels-last.ts'
import { readByTap, readByWindows } from './support/read-windows.ts'
import { forEachRead } from './support/pooling-values.ts'
import { type WindowGeometry } from './support/window-geometry.ts'
import { tapsOf } from './support/window-phases.ts'
import { where } from './where.ts'

export const maxPoolPickOperation: CompositeOperation<WindowGeometry> = {
  kind: 'composite',
  name: 'maxPoolPick',
  infer: ([, winner]) => ({ shape: winner!.shape, dtype: 'float32' }),
  evaluate([x, winner], { attributes, output }) {
    const y = new Float64Array(elementCount(output.shape))
    forEachRead(attributes, output.shape[0]! * output.shape[1]!, (element, tap, window) => {
      if (winner![window] === tap) y[window] = x![element]!
    })
    return y
  },
  derivative: ({ inputs, attributes, gradient }) => [maxPoolScatter(gradient, inputs[1]!, attributes), undefined],
  lower([x, winner], attributes) {
    const picture = readByWindows(x!, attributes, { once: true })
    const number = channelsToEnd(winner!)
    const [first, ...others] = tapsOf(attributes.kernel).map((tap) => readByTap(picture, attributes, tap))
    const picked = others.reduce((found, value, i) => where(equal(number, i + 1), value, found), first!)
    return channelsToFront(contiguous(picked))
  },
}

/**
 * The element of each window that was the largest of another picture: the gradient of `maxPoolScatter`.
 *
 * @param x float32 [N, C, *S]
 * @param winner int32 [N, C, *P], from `maxPoolWinner`
 * @returns [N, C, *P]
 */
export function maxPoolPick(x: Node, winner: Node, geometry: WindowGeometry): Node {
  return createNode(maxPoolPickOperation, [x, winner], geometry)
}
