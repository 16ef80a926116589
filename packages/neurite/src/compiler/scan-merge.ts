/**
 * One loop for scans that differ only in what they give: a derivative asks the forward scan for more outputs than the model
 * does. What nobody reads is left away, and a carry of which only the last value is read keeps no stack.
 */
import type { Node } from '../graph/node.ts'
import { createNode, topologicalOrder } from '../graph/node.ts'
import { rewrite } from '../graph/rewrite.ts'
import { withInputs } from '../graph/with-inputs.ts'
import type { ScanAttributes, ScanResultAttributes } from '../graph/scan.ts'
import { scanWindow, Subgraph } from '../graph/scan.ts'

interface Group {
  readonly first: Node<ScanAttributes>
  /** Carries first, then the outputs that are read. */
  readonly results: Node[]
  readonly stacked: boolean[]
  merged: Node<ScanAttributes> | undefined
}

const isScan = (node: Node): node is Node<ScanAttributes> => node.operation.name === 'scan'
const isResult = (node: Node): node is Node<ScanResultAttributes> => node.operation.name === 'scanResult'

function keyOf({ attributes, inputs }: Node<ScanAttributes>): string {
  const { body, carries } = attributes
  const ids = (nodes: readonly Node[]): string => nodes.map(({ id }) => id).join()
  return `${ids(inputs)}|${ids(body.parameters)}|${ids(body.results.slice(0, carries))}|${attributes.reverse}`
}

export function mergeScans(roots: readonly Node[]): readonly Node[] {
  const order = topologicalOrder(roots)
  const groups = new Map<string, Group>()
  const groupOf = (scan: Node<ScanAttributes>): Group => {
    const key = keyOf(scan)
    let group = groups.get(key)
    if (group === undefined) {
      const { body, carries } = scan.attributes
      const results = body.results.slice(0, carries)
      groups.set(key, (group = { first: scan, results, stacked: results.map(() => false), merged: undefined }))
    }
    return group
  }
  /** The place of a result among those of the merged scan. */
  const placeOf = (scan: Node<ScanAttributes>, result: number): number => {
    const { body, carries } = scan.attributes
    const { results } = groupOf(scan)
    if (result < carries) return result
    const known = results.indexOf(body.results[result]!, carries)
    return known >= 0 ? known : results.push(body.results[result]!) - 1
  }
  for (const node of order) {
    if (!isResult(node)) continue
    const scan = node.inputs[0] as Node<ScanAttributes>
    const place = placeOf(scan, node.attributes.result)
    const { part } = node.attributes
    if (part === 'before' || part === 'after') groupOf(scan).stacked[place] = true
  }
  if (groups.size === 0) return roots
  return rewrite(roots, (node, inputs) => {
    if (isScan(node)) {
      const group = groupOf(node)
      const { results, stacked } = group
      const attributes = { ...node.attributes, body: new Subgraph(node.attributes.body.parameters, results), stacked }
      return (group.merged ??= createNode(node.operation, inputs, attributes))
    }
    if (!isResult(node)) return withInputs(node, inputs)
    const merged = inputs[0] as Node<ScanAttributes>
    const { result, part } = node.attributes
    const place = placeOf(node.inputs[0] as Node<ScanAttributes>, result)
    return createNode(node.operation, [merged], scanWindow(merged.attributes, place, part))
  })
}
