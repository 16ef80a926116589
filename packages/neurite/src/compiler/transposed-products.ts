/**
 * (A B)^T = B^T A^T, element for element the same sums. Gradients of a layer's weights arrive as transposed products;
 * computed the other way round they lie in memory as the weights do, and the update runs straight through both.
 */
import type { Node, PermuteAttributes } from '../graph/node.ts'
import { createNode, topologicalOrder } from '../graph/node.ts'
import { rewrite } from '../graph/rewrite.ts'
import { withInputs } from '../graph/with-inputs.ts'

/** What is left of a permutation that makes the rows of a product its columns, once the product is turned. */
function afterTurning(order: readonly number[]): number[] | undefined {
  const last = order.length - 1
  if (last < 1 || order[last] !== last - 1) return undefined
  return order.map((axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis))
}

export function turnTransposedProducts(roots: readonly Node[]): Node[] {
  const users = new Map<Node, number>()
  for (const root of roots) users.set(root, (users.get(root) ?? 0) + 1)
  for (const node of topologicalOrder(roots)) {
    for (const input of node.inputs) users.set(input, (users.get(input) ?? 0) + 1)
  }
  return rewrite(roots, (node, inputs) => {
    const { operation } = node
    const product = node.inputs[0]
    if (operation.kind === 'view' && operation.view === 'permute' && product?.operation.name === 'matmul') {
      const { order } = node.attributes as PermuteAttributes
      const rest = afterTurning(order)
      if (rest && users.get(product) === 1) {
        const axes = [...order.keys()]
        const swap: PermuteAttributes = { order: [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!] }
        const [a, b] = inputs[0]!.inputs as readonly [Node, Node]
        const turned = [b, a].map((factor) => createNode(operation, [factor], swap))
        const other = createNode(product.operation, turned, product.attributes)
        return rest.every((axis, i) => axis === i) ? other : createNode(operation, [other], { order: rest })
      }
    }
    return withInputs(node, inputs)
  })
}
