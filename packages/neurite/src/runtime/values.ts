import type { DataAttributes, DType, HostArray, Node } from '../graph/node.ts'

const table = new WeakMap<Node, HostArray>()

/** The values of a node, where they are known: it holds data, or it was evaluated before. */
export function knownValues(node: Node): HostArray | undefined {
  if (node.operation.name === 'data') return (node as Node<DataAttributes>).attributes.data
  return table.get(node)
}

/** Keeps the values of a node beside it; graphs that use the node start from them. */
export function keepValues(node: Node, values: HostArray): void {
  table.set(node, values)
}

/** An array of zeros that can hold values of a dtype. */
export function hostArray(dtype: DType, length: number): HostArray {
  if (dtype === 'float32') return new Float32Array(length)
  return dtype === 'int32' ? new Int32Array(length) : new Uint8Array(length)
}
