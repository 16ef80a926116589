import { requireDType } from '../require-dtype.ts'
import { createNode, type MapOperation, type Node } from '../graph/node.ts'
import type { NoAttributes } from './support/define-map.ts'

/** Random bits that a float32 in [0, 1) holds exactly; eight of 32 are dropped. */
const DROPPED_BITS = 8
const UNIT = 1 / 16777216

export const unitIntervalOperation: MapOperation<NoAttributes> = {
  kind: 'map',
  scalar: 'unitInterval',
  name: 'unitInterval',
  infer([bits]) {
    requireDType('unitInterval', bits!, ['int32'])
    return { shape: bits!.shape, dtype: 'float32' }
  },
  evaluate: ([bits]) => bits!.map((word) => (word >>> DROPPED_BITS) * UNIT),
}

/**
 * The upper 24 of 32 random bits as a float32 in [0, 1), every value exact: `(bits >>> 8) * 2^-24`.
 *
 * @param bits int32
 * @throws DTypeError when `bits` is not int32
 */
export function unitInterval(bits: Node): Node {
  return createNode(unitIntervalOperation, [bits], {})
}
