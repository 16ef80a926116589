import { ShapeError } from '../errors.ts'
import {
  createNode,
  elementCount,
  equalShapes,
  type ContractionAttributes,
  type ContractOperation,
  type Node,
} from '../graph/node.ts'
import { matmul } from './matmul.ts'
import { permute } from './permute.ts'
import { reshape } from './reshape.ts'

export const contractionOperation: ContractOperation<ContractionAttributes> = {
  kind: 'contract',
  name: 'contraction',
  infer([a, b], { rows, depth }) {
    const split = a!.shape.length - depth
    const batch = a!.shape.slice(0, split - rows)
    const fits =
      split >= rows && equalShapes(b!.shape.slice(0, -1), [...batch, ...a!.shape.slice(split)]) && rows > 0 && depth > 0
    if (!fits) {
      throw new ShapeError({
        what: `contraction: shapes [${a!.shape.join(', ')}] and [${b!.shape.join(', ')}] with ${rows} axes of rows and ${depth} of depth`,
        expected: '[...batch, ...rows, ...depth] and [...batch, ...depth, columns]',
        fix: 'permute the inputs, or count their axes again',
      })
    }
    return { shape: [...a!.shape.slice(0, split), b!.shape.at(-1)!], dtype: 'float32' }
  },
  evaluate([a, b], { inputs, attributes: { rows, depth }, output }) {
    const split = inputs[0]!.shape.length - depth
    const inner = elementCount(inputs[0]!.shape.slice(split))
    const height = elementCount(inputs[0]!.shape.slice(split - rows, split))
    const columns = output.shape.at(-1)!
    const result = new Float64Array(elementCount(output.shape))
    for (let position = 0; position < result.length; position++) {
      const column = position % columns
      const row = Math.floor(position / columns)
      const matrix = Math.floor(row / height)
      let sum = 0
      for (let k = 0; k < inner; k++) sum += a![row * inner + k]! * b![(matrix * inner + k) * columns + column]!
      result[position] = sum
    }
    return result
  },
  derivative({ inputs: [a, b], attributes: { rows, depth }, gradient }) {
    const split = a!.shape.length - depth
    const batch = a!.shape.slice(0, split - rows)
    const height = elementCount(a!.shape.slice(split - rows, split))
    const inner = elementCount(a!.shape.slice(split))
    const columns = b!.shape.at(-1)!
    const turned = (x: Node): Node => permute(x, [...batch.keys(), batch.length + 1, batch.length])
    const tall = reshape(a!, [...batch, height, inner])
    const wide = reshape(b!, [...batch, inner, columns])
    const incoming = reshape(gradient, [...batch, height, columns])
    return [reshape(matmul(incoming, turned(wide)), a!.shape), reshape(matmul(turned(tall), incoming), b!.shape)]
  },
}

/**
 * A matrix product whose rows and whose depth are several axes each, so that no axes have to be merged first: with `windows`
 * it is a convolution.
 *
 * @param a float32 [...batch, ...rows, ...depth]
 * @param b float32 [...batch, ...depth, columns]
 * @param axes how many axes of `a` are `rows` and `depth`
 * @returns [...batch, ...rows, columns]
 * @throws ShapeError when the shapes do not fit
 */
export function contraction(a: Node, b: Node, axes: ContractionAttributes): Node {
  return createNode(contractionOperation, [a, b], { ...axes })
}
