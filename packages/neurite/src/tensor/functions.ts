import type { DType, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import type { Operand } from './apply.ts'
import { operandNode } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/**
 * Tensors one after the other along an axis (torch.cat).
 *
 * @throws ArgumentError for an empty list
 * @throws ShapeError where another dimension than `axis` differs
 *
 * @example
 * ```ts
 * import { concat, tensor } from 'neurite'
 *
 * console.log(await concat([tensor([1, 2]), tensor([3])]).toText()) // → tensor([1., 2., 3.])
 * ```
 */
export function concat<D extends DType>(tensors: readonly Tensor<Shape, D>[], axis = 0): Tensor<Shape, D> {
  return joined(tensors, (nodes) => ops.concat(nodes, axis)) as Tensor<Shape, D>
}

/**
 * Tensors of equal shapes along a new axis (torch.stack).
 *
 * @throws ArgumentError for an empty list
 * @throws ShapeError where the shapes differ
 *
 * @example
 * ```ts
 * import { stack, tensor } from 'neurite'
 *
 * console.log(stack([tensor([1, 2]), tensor([3, 4])], 1).shape) // → [ 2, 2 ]
 * ```
 */
export function stack<D extends DType>(tensors: readonly Tensor<Shape, D>[], axis = 0): Tensor<Shape, D> {
  return joined(tensors, (nodes) => ops.stack(nodes, axis)) as Tensor<Shape, D>
}

/**
 * `a` where `condition` is true, `b` elsewhere, broadcast (torch.where).
 *
 * @throws DTypeError unless `condition` is bool
 *
 * @example
 * ```ts
 * import { tensor, where } from 'neurite'
 *
 * const x = tensor([-1, 2])
 * console.log(await where(x.greater(0), x, 0).toText()) // → tensor([0., 2.])
 * ```
 */
export function where(condition: Tensor<Shape, 'bool'>, a: Operand, b: Operand): Tensor {
  const inputs = [a, b].filter((value) => typeof value !== 'number')
  const nodeOf = (value: Operand): ReturnType<typeof operandNode> | number =>
    typeof value === 'number' ? value : operandNode(value)
  return condition.derive(ops.where(condition.node, nodeOf(a), nodeOf(b)), ...inputs)
}

/**
 * Rows of `weight` [classes, size] picked by int32 `indices` [...]: [..., size] (torch.nn.functional.embedding).
 *
 * @throws DTypeError unless the indices are integers
 *
 * @example
 * ```ts
 * import { embedding, tensor } from 'neurite'
 *
 * const words = tensor([[1, 1], [2, 2], [3, 3]])
 * console.log(await embedding(words, tensor([2, 0], { dtype: 'int32' })).toArray()) // → [ [ 3, 3 ], [ 1, 1 ] ]
 * ```
 */
export function embedding(weight: Tensor, indices: Tensor): Tensor<Shape, 'float32'> {
  return weight.derive(ops.embedding(operandNode(weight), indices.node), weight) as Tensor<Shape, 'float32'>
}

function joined(
  tensors: readonly Tensor[],
  build: (nodes: ReturnType<typeof operandNode>[]) => ReturnType<typeof operandNode>,
): Tensor {
  const node = build(tensors.map(operandNode))
  return tensors[0]!.derive(node, ...tensors)
}
