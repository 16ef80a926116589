// The same numbers for every system, from a small generator of its own: no system's random functions are involved.

let state = 12345

/** A number from 0 to 1. */
export function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 4294967296
}

/** @param {number} count @param {number} scale numbers from -scale to scale */
export const randomFloats = (count, scale = 1) => Float32Array.from({ length: count }, () => (2 * random() - 1) * scale)

/** @param {number} count @param {number} below whole numbers from 0 to below - 1 */
export const randomIntegers = (count, below) => Int32Array.from({ length: count }, () => Math.floor(random() * below))

/** @param {Int32Array} labels @param {number} classes */
export function oneHot(labels, classes) {
  const rows = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => (rows[row * classes + label] = 1))
  return rows
}

export const smallSizes = [2, 8, 8, 1]
export const largeSizes = [784, 512, 256, 10]

/** Inputs and labels of T1: ten points in the plane. */
export const smallBatch = () => ({
  inputs: randomFloats(20),
  labels: Float32Array.from(randomIntegers(10, 2)),
})

/** Inputs and labels of T2: 128 pictures of 784 pixels in ten classes. */
export const largeBatch = () => ({
  inputs: randomFloats(128 * 784).map(Math.abs),
  labels: randomIntegers(128, 10),
})

/**
 * Initial weights, [inputs, outputs] per layer, uniform within 1 / sqrt(inputs).
 * @param {readonly number[]} sizes
 */
export const initialLayers = (sizes) =>
  sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer] ?? 0
    const scale = 1 / Math.sqrt(inputs)
    return { inputs, outputs, weight: randomFloats(inputs * outputs, scale), bias: randomFloats(outputs, scale) }
  })

/**
 * Throws unless `c` is the product of `a` and `b`, all square: a system that computes something else is not measured.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @param {ArrayLike<number>} c
 * @param {number} n
 */
export function checkProduct(a, b, c, n) {
  if (c.length !== n * n) throw new Error(`the product has ${c.length} elements instead of ${n * n}`)
  for (const [row, column] of /** @type {[number, number][]} */ ([
    [0, 0],
    [n >> 1, 3],
    [n - 1, n - 1],
  ])) {
    let sum = 0
    for (let k = 0; k < n; k++) sum += (a[row * n + k] ?? 0) * (b[k * n + column] ?? 0)
    const got = c[row * n + column] ?? NaN
    if (!(Math.abs(got - sum) < 1e-3)) throw new Error(`the product at [${row}, ${column}] is ${got} instead of ${sum}`)
  }
}
