import { type Contribution, gradientsOnPath, pathNodes } from '../autodiff.ts'
import type { Node } from '../node.ts'

export interface NodeGradient {
  /** Derivative of the output with respect to the node; undefined where nothing flows back to it. */
  readonly gradient: Node | undefined
  readonly contributions: readonly Contribution[]
}

/**
 * The gradient of every node on a path from `wanted` to `output`, and what it is made of, in the order in which the
 * gradients are found (`output` first). Throws like `gradients`.
 */
export function gradientRecord(
  output: Node,
  wanted: readonly Node[],
  options: { readonly seed?: Node | undefined } = {},
): Map<Node, NodeGradient> {
  const contributions = new Map<Node, Contribution[]>()
  const onContribution = (input: Node, contribution: Contribution): void => {
    const list = contributions.get(input)
    if (list === undefined) contributions.set(input, [contribution])
    else list.push(contribution)
  }
  const targets = new Set(wanted)
  const found = gradientsOnPath(output, targets, { ...options, onContribution })
  const path = pathNodes([output], targets).toReversed()
  return new Map(
    path.map((node) => [node, { gradient: found.get(node), contributions: contributions.get(node) ?? [] }]),
  )
}
