import { createNode, type CompositeOperation, type Node } from '../graph/node.ts'
import { contiguous } from './contiguous.ts'
import { full } from './full.ts'
import { greater } from './greater.ts'
import { isNaN } from './is-nan.ts'
import { logicalOr } from './logical-or.ts'
import { channelsToFront } from './support/channels-last.ts'
import { readByTap, readByWindows } from './support/read-windows.ts'
import { largestOfWindows } from './support/pooling-values.ts'
import { type WindowGeometry } from './support/window-geometry.ts'
import { tapsOf } from './support/window-phases.ts'
import { where } from './where.ts'

export const maxPoolWinnerOperation: CompositeOperation<WindowGeometry> = {
  kind: 'composite',
  name: 'maxPoolWinner',
  infer: ([x], { positions }) => ({ shape: [...x!.shape.slice(0, 2), ...positions], dtype: 'int32' }),
  evaluate: ([x], { inputs, attributes }) => largestOfWindows(x!, inputs[0]!.shape, attributes).taps,
  derivative: () => [undefined],
  lower([x], attributes) {
    const picture = readByWindows(x!, attributes, { value: -Infinity, once: true })
    const [first, ...others] = tapsOf(attributes.kernel).map((tap) => readByTap(picture, attributes, tap))
    let best = first!
    let winner = full(best.shape, 0, 'int32')
    for (const [i, value] of others.entries()) {
      const isBetter = logicalOr(greater(value, best), isNaN(value))
      winner = where(isBetter, i + 1, winner)
      best = where(isBetter, value, best)
    }
    return channelsToFront(contiguous(winner))
  },
}

/**
 * Which tap reads the largest element of every window, counted in row-major order; of equal elements the first.
 *
 * @param x float32 [N, C, *S]
 * @returns int32 [N, C, *P]
 */
export function maxPoolWinner(x: Node, geometry: WindowGeometry): Node {
  return createNode(maxPoolWinnerOperation, [x], geometry)
}
