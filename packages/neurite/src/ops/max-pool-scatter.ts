import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { equal } from './equal.ts'
import { full } from './full.ts'
import { maxPoolPick } from './max-pool-pick.ts'
import { slice } from './slice.ts'
import { computeByPhases, tapsOfPhases } from './support/compute-by-phases.ts'
import { forEachRead } from './support/pooling-values.ts'
import type { WindowGeometry } from './support/window-geometry.ts'
import { add } from './add.ts'
import { where } from './where.ts'

export const maxPoolScatterOperation: CompositeOperation<WindowGeometry> = {
  kind: 'composite',
  name: 'maxPoolScatter',
  infer: ([y], { size }) => ({ shape: [...y!.shape.slice(0, 2), ...size], dtype: 'float32' }),
  evaluate([y, winner], { attributes, output }) {
    const planes = output.shape[0]! * output.shape[1]!
    const x = new Float64Array(elementCount(output.shape))
    forEachRead(attributes, planes, (element, tap, window) => {
      if (winner![window] === tap) x[element]! += y![window]!
    })
    return x
  },
  derivative: ({ inputs, attributes, gradient }) => [maxPoolPick(gradient, inputs[1]!, attributes), undefined],
  lower([y, winner], attributes) {
    const { size, kernel } = attributes
    const [batch, channels] = y!.shape as [number, number]
    if (elementCount([batch, channels, ...size]) === 0) return full([batch, channels, ...size], 0)
    return computeByPhases([y!, winner!], attributes, channels, ([values, winners], phases) => {
      const counts = phases.map(({ count }) => count)
      const parts = tapsOfPhases(phases).map(({ tap, offset }) => {
        const near = { start: [0, ...offset, 0], size: [batch, ...counts, channels] }
        const number = tap.reduce((place, k, axis) => place * kernel[axis]! + k, 0)
        return where(equal(slice(winners!, near), number), slice(values!, near), 0)
      })
      return parts.reduce((a, b) => add(a, b))
    })
  },
}

/**
 * The gradient of max pooling: every value goes to the element that was the largest of its window.
 *
 * @param y float32 [N, C, *P]
 * @param winner int32 [N, C, *P], from `maxPoolWinner`
 * @returns [N, C, *S]
 */
export function maxPoolScatter(y: Node, winner: Node, geometry: WindowGeometry): Node {
  return createNode(maxPoolScatterOperation, [y, winner], geometry)
}
