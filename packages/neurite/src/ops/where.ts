import { DTypeError } from '../errors.ts'
import type { MapOperation, Node } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'
import type { Operand } from './support/broadcast.ts'
import { broadcastShapes, broadcastTo, promote, toNodes } from './support/broadcast.ts'
import type { NoAttributes } from './support/define-map.ts'
import { requireEqualShapes } from './support/define-map.ts'
import { lanes } from './support/evaluate-lanes.ts'

export const whereOperation: MapOperation<NoAttributes> = {
  kind: 'map',
  name: 'where',
  scalar: 'where',
  infer(inputs) {
    const [condition, a, b] = inputs
    requireEqualShapes('where', inputs)
    if (condition!.dtype !== 'bool' || a!.dtype !== b!.dtype) {
      throw new DTypeError({
        what: `where: got a condition of dtype ${condition!.dtype} and values of ${a!.dtype} and ${b!.dtype}`,
        expected: 'a bool condition and values of one dtype',
        fix: 'compare to make the condition, for example x.greater(0)',
      })
    }
    return { shape: a!.shape, dtype: a!.dtype }
  },
  evaluate: lanes((condition, a, b) => (condition === 0 ? b : a)),
  derivative: ({ inputs: [condition], gradient }) => [
    undefined,
    where(condition!, gradient, 0),
    where(condition!, 0, gradient),
  ],
}

/**
 * `a` where the condition holds, `b` elsewhere; all three are broadcast (torch.where). Throws DTypeError for a condition
 * that is not bool and ShapeError for shapes that do not broadcast.
 */
export function where(condition: Node, a: Operand, b: Operand): Node {
  const [p, q] = promote(...toNodes(a, b))
  const shape = broadcastShapes(condition.shape, broadcastShapes(p.shape, q.shape, 'where'), 'where')
  return createNode(
    whereOperation,
    [condition, p, q].map((x) => broadcastTo(x, shape)),
    {},
  )
}
