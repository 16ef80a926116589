import { ArgumentError, DTypeError } from '../errors.ts'
import type { ConstantAttributes, DType, Node, SourceOperation } from '../graph/node.ts'
import { createNode } from '../graph/node.ts'

const LARGEST_UINT8 = 255

function fits(value: number, dtype: DType): boolean {
  if (dtype === 'float32') return true
  if (dtype === 'int32') return (value | 0) === value
  return Number.isInteger(value) && value >= 0 && value <= (dtype === 'bool' ? 1 : LARGEST_UINT8)
}

export const constantOperation: SourceOperation<ConstantAttributes> = {
  kind: 'source',
  name: 'constant',
  infer(_inputs, { value, dtype }) {
    if (typeof value !== 'number') {
      throw new ArgumentError({
        what: `constant: got ${typeof value}`,
        expected: 'a number',
        fix: 'pass a number (1 and 0 for true and false)',
      })
    }
    if (!fits(value, dtype)) {
      throw new DTypeError({
        what: `constant: ${value} does not fit ${dtype}`,
        expected: { int32: 'a whole number from -2^31 to 2^31 - 1', uint8: '0 to 255', bool: '0 or 1', float32: '' }[
          dtype
        ],
        fix: 'choose another dtype or another value',
      })
    }
    return { shape: [], dtype }
  },
}

/** A scalar written in the program. Throws DTypeError for a value that the dtype cannot hold. */
export function constant(value: number, dtype: DType = 'float32'): Node {
  return createNode(constantOperation, [], { value, dtype })
}
