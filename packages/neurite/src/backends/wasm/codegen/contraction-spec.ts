import type { ContractStatement } from '../../../compiler/statement.ts'
import type { NestedSpec } from '../contract/index.ts'

/** The loops of a contraction, from the views of its operands. */
export function contractionSpec({ a, b, target, rows, depth }: ContractStatement): NestedSpec {
  const { shape, strides } = a.view
  const split = shape.length - depth
  const batch = split - rows
  const axes = [...shape.keys()]
  return {
    batch: axes
      .slice(0, batch)
      .map((d) => ({ size: shape[d]!, a: strides[d]!, b: b.view.strides[d]!, c: target.view.strides[d]! })),
    rows: axes.slice(batch, split).map((d) => ({ size: shape[d]!, a: strides[d]!, c: target.view.strides[d]! })),
    depth: axes.slice(split).map((d, i) => ({ size: shape[d]!, a: strides[d]!, b: b.view.strides[batch + i]! })),
    n: b.view.shape.at(-1)!,
    bColumn: b.view.strides.at(-1)!,
  }
}
