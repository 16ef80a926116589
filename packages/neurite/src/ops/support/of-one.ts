import type { CompositeOperation, Node } from '../../graph/node.ts'

/** The lowered form of a composite with one input. */
export function ofOne<A>(lower: (x: Node, attributes: A) => Node): CompositeOperation<A>['lower'] {
  return ([x], attributes) => lower(x!, attributes)
}
