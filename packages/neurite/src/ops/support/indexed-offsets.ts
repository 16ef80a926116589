import { IndexOutOfRangeError } from '../../errors.ts'
import type { ReferenceValues, Shape } from '../../graph/node.ts'
import { forEachStrided, rowMajorStrides } from './strided.ts'

/** For every element of the index the offset of the element of `shape` that it names. */
export function indexedOffsets(
  name: string,
  shape: Shape,
  indexShape: Shape,
  index: ReferenceValues,
  axis: number,
): Float64Array {
  const strides = rowMajorStrides(shape)
  const stride = strides[axis]!
  const length = shape[axis]!
  const offsets = new Float64Array(index.length)
  forEachStrided(indexShape, strides.with(axis, 0), 0, (position, offset) => {
    const at = index[position]!
    if (!(at >= 0 && at < length)) {
      throw new IndexOutOfRangeError({
        what: `${name}: the index holds ${at} for axis ${axis}`,
        expected: `numbers from 0 to ${length - 1}`,
        fix: 'check how the index was made; negative positions are not wrapped here',
      })
    }
    offsets[position] = offset + at * stride
  })
  return offsets
}
