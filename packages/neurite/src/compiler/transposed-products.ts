/**
 * (A B)^T = B^T A^T, element for element the same sums. Gradients of a layer's weights arrive as transposed products;
 * computed the other way round they lie in memory as the weights do, and the update runs straight through both.
 */
import type { Node, PermuteAttributes } from '../graph/node.ts'
import { createNode, topologicalOrder } from '../graph/node.ts'
import { rewrite } from '../graph/rewrite.ts'
import { withInputs } from '../graph/with-inputs.ts'

function swapsLastTwo(order: readonly number[]): boolean {
  const last = order.length - 1
  return (
    last >= 1 &&
    order[last] === last - 1 &&
    order[last - 1] === last &&
    order.slice(0, -2).every((axis, i) => axis === i)
  )
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
      if (swapsLastTwo(order) && users.get(product) === 1) {
        const [a, b] = inputs[0]!.inputs as readonly [Node, Node]
        const turned = [b, a].map((factor) => createNode(operation, [factor], node.attributes))
        return createNode(product.operation, turned, product.attributes)
      }
    }
    return withInputs(node, inputs)
  })
}
