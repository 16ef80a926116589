import type { KernelOperation, Node } from '../graph/node.ts'
import { createNode, elementCount } from '../graph/node.ts'
import type { ScanAttributes, ScanGradientAttributes, ScanPart, ScanResultAttributes } from '../graph/scan.ts'
import { scanWindow } from '../graph/scan.ts'
import { add } from './add.ts'

export const scanResultOperation: KernelOperation<ScanResultAttributes> = {
  kind: 'kernel',
  kernel: 'scanResult',
  name: 'scanResult',
  infer: (_inputs, { shape }) => ({ shape, dtype: 'float32' }),
  evaluate: ([all], { attributes: { offset, shape } }) => all!.slice(offset, offset + elementCount(shape)),
  derivative: ({ inputs, attributes, gradient }) => [
    createNode(scanGradientOperation, [gradient], { elements: elementCount(inputs[0]!.shape), parts: [attributes] }),
  ],
}

/** Gradients of several windows on one scan, kept apart until the derivative of the scan takes them. */
export const scanGradientOperation: KernelOperation<ScanGradientAttributes> = {
  kind: 'kernel',
  kernel: 'scanGradient',
  name: 'scanGradient',
  infer: (_inputs, { elements }) => ({ shape: [elements], dtype: 'float32' }),
  evaluate(inputs, { attributes: { elements, parts } }) {
    const all = new Float64Array(elements)
    for (const [i, { offset }] of parts.entries()) {
      const values = inputs[i]!
      for (let at = 0; at < values.length; at++) all[offset + at]! += values[at]!
    }
    return all
  },
}

/** One result of a scan, or what a carry was at every step. */
export function scanResult(scan: Node<ScanAttributes>, result: number, part: ScanPart): Node {
  return createNode(scanResultOperation, [scan], scanWindow(scan.attributes, result, part))
}

/** The gradients of both; a window that both have gets the sum. */
export function joinScanGradients(a: Node<ScanGradientAttributes>, b: Node<ScanGradientAttributes>): Node {
  const parts = [...a.attributes.parts]
  const inputs = [...a.inputs]
  for (const [i, part] of b.attributes.parts.entries()) {
    const same = parts.findIndex(({ result, part: name }) => result === part.result && name === part.part)
    if (same >= 0) inputs[same] = add(inputs[same]!, b.inputs[i]!)
    else {
      parts.push(part)
      inputs.push(b.inputs[i]!)
    }
  }
  return createNode(scanGradientOperation, inputs, { elements: a.attributes.elements, parts })
}
