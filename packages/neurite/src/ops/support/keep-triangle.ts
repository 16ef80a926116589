import type { Node } from '../../graph/node.ts'
import { expand } from '../expand.ts'
import { full } from '../full.ts'
import { iota } from '../iota.ts'
import { sub } from '../sub.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { where } from '../where.ts'

/** `tril` and `triu` by primitives; `isKept` gets the distance to the main diagonal. */
export function keepTriangle(x: Node, isKept: (distance: Node) => Node): Node {
  const [rows, columns] = x.shape.slice(-2) as [number, number]
  const distance = sub(iota(columns), unsqueeze(iota(rows), 1))
  return where(expand(isKept(distance), x.shape), x, full(x.shape, 0, x.dtype))
}
