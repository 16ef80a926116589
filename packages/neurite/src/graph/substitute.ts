import type { Node } from './node.ts'
import { withInputs } from './with-inputs.ts'

/** The roots with some nodes replaced; what lies behind a replaced node is not looked at. */
export function substitute(roots: readonly Node[], replaced: ReadonlyMap<Node, Node>): Node[] {
  const done = new Map(replaced)
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!
    const open = done.has(node) ? [] : node.inputs.filter((input) => !done.has(input))
    if (open.length > 0) {
      for (const input of open) stack.push(input)
      continue
    }
    stack.pop()
    if (!done.has(node)) {
      const inputs = node.inputs.map((input) => done.get(input)!)
      done.set(node, withInputs(node, inputs))
    }
  }
  return roots.map((root) => done.get(root)!)
}
