// Weights are PyTorch's, [outputs, inputs] and [outputs, inputs, height, width]; other systems want them otherwise.

/**
 * A copy with its axes in another order.
 * @param {{ shape: readonly number[], data: Float32Array }} values
 * @param {readonly number[]} order the old axis at each new place
 */
export function permuted({ shape, data }, order) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1))
  const newShape = order.map((axis) => shape[axis])
  const result = new Float32Array(data.length)
  const place = order.map(() => 0)
  for (let i = 0; i < result.length; i++) {
    result[i] = data[place.reduce((sum, position, at) => sum + position * strides[order[at]], 0)]
    for (let at = place.length - 1; at >= 0 && ++place[at] === newShape[at]; at--) place[at] = 0
  }
  return { shape: newShape, data: result }
}

/** The weight of a linear layer as [inputs, outputs]. */
export const transposed = (values) => permuted(values, [1, 0])

/** The tokens of a batch, sequence by sequence, as [tokens, batch]. */
export function timeMajor({ shape: [batch, length], data }) {
  return Int32Array.from({ length: data.length }, (_, i) => data[(i % batch) * length + Math.floor(i / batch)])
}
