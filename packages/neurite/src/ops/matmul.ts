import { requireDType } from '../require-dtype.ts'
import { ShapeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  equalShapes,
  type ContractOperation,
  type Node,
  type Shape,
  type TensorType,
} from '../graph/node.ts'
import { expand } from './expand.ts'
import { permute } from './permute.ts'
import { reshape } from './reshape.ts'
import { broadcastShapes } from './support/broadcast.ts'

export const matmulOperation: ContractOperation<object> = {
  kind: 'contract',
  name: 'matmul',
  infer([a, b]) {
    checkFloat(a!, b!)
    const batch = a!.shape.slice(0, -2)
    const [rows, inner] = a!.shape.slice(-2)
    const [innerToo, columns] = b!.shape.slice(-2)
    const matrices = a!.shape.length >= 2 && a!.shape.length === b!.shape.length
    if (!matrices || inner !== innerToo || !equalShapes(batch, b!.shape.slice(0, -2))) {
      throw innerSizeError(a!.shape, b!.shape)
    }
    return { shape: [...batch, rows!, columns!], dtype: 'float32' }
  },
  evaluate([a, b], { inputs, output }) {
    const [rows, columns] = output.shape.slice(-2) as [number, number]
    const inner = inputs[0]!.shape.at(-1)!
    const result = new Float64Array(elementCount(output.shape))
    for (let position = 0; position < result.length; position++) {
      const column = position % columns
      const row = Math.floor(position / columns)
      const matrix = Math.floor(row / rows)
      let sum = 0
      for (let k = 0; k < inner; k++) sum += a![row * inner + k]! * b![(matrix * inner + k) * columns + column]!
      result[position] = sum
    }
    return result
  },
  derivative({ inputs: [a, b], gradient }) {
    return [contract(gradient, transposed(b!)), contract(transposed(a!), gradient)]
  },
}

/**
 * Matrix product: `torch.matmul`.
 *
 * | a | b | result |
 * |---|---|---|
 * | `[K]` | `[K]` | `[]`, the dot product |
 * | `[M, K]` | `[K, N]` | `[M, N]` |
 * | `[K]` | `[..., K, N]` | `[..., N]` |
 * | `[..., M, K]` | `[K]` | `[..., M]` |
 * | `[..., M, K]` | `[..., K, N]` | `[..., M, N]`, leading dimensions broadcast |
 *
 * @param a float32
 * @param b float32
 * @throws DTypeError when an input is not float32
 * @throws ShapeError for scalars, for different sizes K, and for leading dimensions that do not broadcast
 */
export function matmul(a: Node, b: Node): Node {
  checkFloat(a, b)
  if (a.shape.length === 0 || b.shape.length === 0) {
    throw new ShapeError({
      what: `matmul: the shapes are [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
      expected: 'at least one dimension on both sides',
      fix: 'use mul to multiply by a scalar',
    })
  }
  const left = a.shape.length === 1 ? reshape(a, [1, a.shape[0]!]) : a
  const right = b.shape.length === 1 ? reshape(b, [b.shape[0]!, 1]) : b
  if (left.shape.at(-1) !== right.shape.at(-2)) throw innerSizeError(a.shape, b.shape)
  const product = multiplyMatrices(left, right)
  const leading = product.shape.slice(0, -2)
  const rows = a.shape.length === 1 ? [] : [a.shape.at(-2)!]
  const columns = b.shape.length === 1 ? [] : [b.shape.at(-1)!]
  return reshape(product, [...leading, ...rows, ...columns])
}

function multiplyMatrices(a: Node, b: Node): Node {
  const [rows, inner] = a.shape.slice(-2) as [number, number]
  const columns = b.shape.at(-1)!
  // One matrix for all rows (a linear layer): a single tall product instead of one small product per batch entry.
  if (b.shape.length === 2 && a.shape.length > 2) {
    const leading = a.shape.slice(0, -2)
    const tall = reshape(a, [elementCount(leading) * rows, inner])
    return reshape(contract(tall, b), [...leading, rows, columns])
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), 'matmul')
  return contract(expand(a, [...batch, rows, inner]), expand(b, [...batch, inner, columns]))
}

function contract(a: Node, b: Node): Node {
  return createNode(matmulOperation, [a, b], {})
}

/** The last two axes swapped. */
function transposed(x: Node): Node {
  const last = x.shape.length - 1
  return permute(
    x,
    x.shape.map((_, axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis)),
  )
}

function checkFloat(a: TensorType, b: TensorType): void {
  for (const x of [a, b]) requireDType('matmul', x, ['float32'])
}

function innerSizeError(a: Shape, b: Shape): ShapeError {
  return new ShapeError({
    what: `matmul: shapes [${a.join(', ')}] and [${b.join(', ')}] cannot be multiplied`,
    expected: 'a last dimension of the first input that equals the second-last (or only) dimension of the second',
    fix: 'transpose one of the inputs, or change the size of the layer in between',
  })
}
