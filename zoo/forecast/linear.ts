import type { Dataset } from 'neurite/data'

/** One weight per number of a window, and at the end a constant. */
export type LinearModel = Float64Array

/** The inputs and targets of all windows, at so many at a time. */
export function* readAll(
  data: Dataset,
  atOnce = 1024,
): Generator<{ inputs: Float32Array; targets: Float32Array; count: number }> {
  const size = data.inputShape.reduce((product, length) => product * length, 1)
  for (let first = 0; first < data.length; first += atOnce) {
    const count = Math.min(atOnce, data.length - first)
    const inputs = new Float32Array(count * size)
    const targets = new Float32Array(count)
    data.read(
      Int32Array.from({ length: count }, (_, i) => first + i),
      inputs,
      targets,
    )
    yield { inputs, targets, count }
  }
}

/**
 * The linear model with the least squared error, exactly: it solves the normal equations with a Cholesky decomposition.
 * A very small part of the diagonal is added, since columns may depend on each other.
 */
export function leastSquares(data: Dataset): LinearModel {
  const size = data.inputShape.reduce((product, length) => product * length, 1) + 1
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  const row = new Float64Array(size).fill(1)
  for (const { inputs, targets, count } of readAll(data)) {
    for (let i = 0; i < count; i++) {
      row.set(inputs.subarray(i * (size - 1), (i + 1) * (size - 1)))
      for (let a = 0; a < size; a++) {
        const value = row[a]!
        if (value === 0) continue
        right[a] = right[a]! + value * targets[i]!
        for (let b = 0; b <= a; b++) matrix[a * size + b] = matrix[a * size + b]! + value * row[b]!
      }
    }
  }
  for (let a = 0; a < size; a++) matrix[a * size + a] = matrix[a * size + a]! + 1e-6 * data.length
  return solve(matrix, right, size)
}

/** Solves a symmetric system of which the lower half is given; both are overwritten. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const dot = (a: number, b: number, length: number): number => {
    let sum = 0
    for (let k = 0; k < length; k++) sum += matrix[a * size + k]! * matrix[b * size + k]!
    return sum
  }
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      matrix[a * size + b] = (matrix[a * size + b]! - dot(a, b, b)) / matrix[b * size + b]!
    }
    matrix[a * size + a] = Math.sqrt(matrix[a * size + a]! - dot(a, a, a))
  }
  for (let a = 0; a < size; a++) {
    let sum = right[a]!
    for (let k = 0; k < a; k++) sum -= matrix[a * size + k]! * right[k]!
    right[a] = sum / matrix[a * size + a]!
  }
  for (let a = size - 1; a >= 0; a--) {
    let sum = right[a]!
    for (let k = a + 1; k < size; k++) sum -= matrix[k * size + a]! * right[k]!
    right[a] = sum / matrix[a * size + a]!
  }
  return right
}

/** What a linear model says about all windows. */
export function predictLinear(model: LinearModel, data: Dataset): Float64Array {
  const size = model.length - 1
  const result = new Float64Array(data.length)
  let at = 0
  for (const { inputs, count } of readAll(data)) {
    for (let i = 0; i < count; i++) {
      let sum = model[size]!
      for (let k = 0; k < size; k++) sum += model[k]! * inputs[i * size + k]!
      result[at++] = sum
    }
  }
  return result
}
