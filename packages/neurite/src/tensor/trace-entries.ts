/** What `trace` tells of a recorded pass; loaded at the first use, with the definitions of the operations. */
import { gradientRecord, type NodeGradient } from '../graph/autodiff/gradient-record.ts'
import { dump } from '../graph/dump.ts'
import { Subgraph } from '../graph/scan.ts'
import type { Node } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import { evaluateInFloat64 } from '../runtime/float64.ts'
import type { Surroundings } from '../runtime/surroundings.ts'
import { leafTensor } from './tensor-core.ts'
import type { TraceEntry } from './trace.ts'

/** The entries of the nodes in `order`. */
export function traceEntries(
  root: Node,
  order: readonly Node[],
  places: ReadonlyMap<Node, number>,
  surroundings: Surroundings,
): TraceEntry[] {
  const record = backwardRecord(root, order)
  const roots: Node[] = [root]
  for (const { gradient, contributions } of record.values()) {
    if (gradient !== undefined) roots.push(gradient)
    for (const { value } of contributions) roots.push(value)
  }
  const values = evaluateInFloat64(roots, surroundings)
  return order.map((node, index): TraceEntry => {
    const found = record.get(node)
    return {
      index,
      operation: node.operation.name,
      attributes: readable(node.attributes),
      inputs: node.inputs.map((input) => places.get(input)!),
      shape: node.shape,
      dtype: node.dtype,
      label: node.label ?? leafTensor(node)?.label,
      value: values.get(node)!,
      gradient: found?.gradient === undefined ? undefined : values.get(found.gradient)!,
      contributions: (found?.contributions ?? []).map(({ consumer, inputIndex, value }) => ({
        consumer: places.get(consumer)!,
        inputIndex,
        value: values.get(value)!,
      })),
    }
  })
}

/** Gradients of everything between the float leaves and a result of one number. */
function backwardRecord(root: Node, order: readonly Node[]): Map<Node, NodeGradient> {
  if (root.dtype !== 'float32' || elementCount(root.shape) !== 1) return new Map()
  const leaves = order.filter(({ inputs, dtype }) => inputs.length === 0 && dtype === 'float32')
  return gradientRecord(root, leaves)
}

/** The body of a loop as a listing: nodes hold functions, which no message can carry. */
function readable(attributes: unknown): unknown {
  const { body } = (attributes ?? {}) as { readonly body?: unknown }
  return body instanceof Subgraph ? { ...(attributes as object), body: dump(body.results) } : attributes
}
