// The networks T3 to T7 in numbers: initial weights under PyTorch's names and in its layouts, and one batch. Every system
// gets the same ones, so that the losses of the first steps must agree.

/** @typedef {{ shape: readonly number[], data: Float32Array | Int32Array }} Values */
/** @typedef {Record<string, Values>} Arrays */

export const vocabulary = 65
export const tokens = 64
export const hiddenSize = 256
export const latentSize = 100
export const transformerSizes = { width: 128, heads: 4, layers: 2, batch: 16 }

const sizeOf = (/** @type {readonly number[]} */ shape) => shape.reduce((product, length) => product * length, 1)

/** Numbers from 0 to 1 that depend on the name alone, not on what was drawn before. @param {string} name */
function stream(name) {
  let state = 2166136261
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 16777619) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** @param {string} name @param {readonly number[]} shape @param {number} bound @returns {Values} */
function uniform(name, shape, bound) {
  const random = stream(name)
  const data = new Float32Array(sizeOf(shape))
  for (let i = 0; i < data.length; i++) data[i] = (2 * random() - 1) * bound
  return { shape, data }
}

/** @param {string} name @param {readonly number[]} shape @param {number} below @returns {Values} */
function integers(name, shape, below) {
  const random = stream(name)
  return { shape, data: Int32Array.from({ length: sizeOf(shape) }, () => Math.floor(random() * below)) }
}

/** @param {readonly number[]} shape @param {number} value @returns {Values} */
const constant = (shape, value) => ({ shape, data: new Float32Array(sizeOf(shape)).fill(value) })

/**
 * Weight and bias of a layer that sums over `fanIn` inputs.
 * @param {string} name
 * @param {readonly number[]} shape of the weight
 * @param {number} outputs
 * @param {number} bound
 * @returns {Arrays}
 */
const layer = (name, shape, outputs, bound) => ({
  [`${name}.weight`]: uniform(`${name}.weight`, shape, bound),
  [`${name}.bias`]: uniform(`${name}.bias`, [outputs], bound),
})

/** @param {string} name @param {number} outputs @param {number} inputs */
const dense = (name, outputs, inputs) => layer(name, [outputs, inputs], outputs, 1 / Math.sqrt(inputs))

/** @param {string} name @param {number} size @returns {Arrays} */
const norm = (name, size) => ({ [`${name}.weight`]: constant([size], 1), [`${name}.bias`]: constant([size], 0) })

/** The places of the layers in a Sequential: activations, pooling and flattening count as well. */
const pictures = () => ({
  ...layer('0', [32, 1, 3, 3], 32, 1 / 3),
  ...layer('2', [64, 32, 3, 3], 64, 1 / Math.sqrt(32 * 9)),
  ...dense('6', 128, 64 * 12 * 12),
  ...dense('8', 10, 128),
})

/** @param {number} gates rows of a recurrent weight, in hidden sizes: 1, or 4 with LSTM @returns {Arrays} */
function characters(gates) {
  const rows = gates * hiddenSize
  const bound = 1 / Math.sqrt(hiddenSize)
  const recurrent = (/** @type {string} */ name, /** @type {number[]} */ shape) => ({
    [`recurrent.${name}`]: uniform(`recurrent.${name}`, shape, bound),
  })
  return {
    'embedding.weight': uniform('embedding.weight', [vocabulary, 64], 1),
    ...recurrent('weight_ih_l0', [rows, 64]),
    ...recurrent('weight_hh_l0', [rows, hiddenSize]),
    ...recurrent('bias_ih_l0', [rows]),
    ...recurrent('bias_hh_l0', [rows]),
    ...dense('output', vocabulary, hiddenSize),
  }
}

/** Generator and discriminator; uniform with a standard deviation of 0.02. @returns {Arrays} */
function adversaries() {
  const bound = 0.02 * Math.sqrt(3)
  return {
    ...layer('generator.0', [7 * 7 * 128, latentSize], 7 * 7 * 128, bound),
    ...norm('generator.2', 128),
    ...layer('generator.4', [128, 64, 4, 4], 64, bound),
    ...norm('generator.5', 64),
    ...layer('generator.7', [64, 1, 4, 4], 1, bound),
    ...layer('discriminator.0', [64, 1, 4, 4], 64, bound),
    ...layer('discriminator.2', [128, 64, 4, 4], 128, bound),
    ...layer('discriminator.5', [1, 7 * 7 * 128], 1, bound),
  }
}

/** @returns {Arrays} */
function languageModel() {
  const { width, layers } = transformerSizes
  const block = (/** @type {string} */ name) => ({
    [`${name}.self_attn.in_proj_weight`]: uniform(`${name}.in_proj`, [3 * width, width], 1 / Math.sqrt(width)),
    [`${name}.self_attn.in_proj_bias`]: constant([3 * width], 0),
    ...dense(`${name}.self_attn.out_proj`, width, width),
    ...dense(`${name}.linear1`, 4 * width, width),
    ...dense(`${name}.linear2`, width, 4 * width),
    ...norm(`${name}.norm1`, width),
    ...norm(`${name}.norm2`, width),
  })
  return {
    'embedding.weight': uniform('embedding.weight', [vocabulary, width], 1),
    position: uniform('position', [tokens, width], 0.02),
    ...Array.from({ length: layers }, (_, index) => block(`layers.${index}`)).reduce((all, one) => ({
      ...all,
      ...one,
    })),
    ...norm('norm', width),
    ...dense('output', vocabulary, width),
  }
}

/** @param {number} count @returns {Arrays} pictures with values from 0 to 1, and their classes */
const pictureBatch = (count) => {
  const { shape, data } = uniform('pictures', [count, 1, 28, 28], 1)
  return { inputs: { shape, data: data.map(Math.abs) }, labels: integers('labels', [count], 10) }
}

/** @param {number} count @returns {Arrays} token sequences, and what follows each token */
const textBatch = (count) => ({
  inputs: integers('inputs', [count, tokens], vocabulary),
  labels: integers('labels', [count, tokens], vocabulary),
})

/** @returns {Arrays} pictures as they are, and latent vectors of variance 1 for each of the two steps */
const adversaryBatch = () => ({
  pictures: uniform('pictures', [64, 1, 28, 28], 1),
  noise: uniform('noise', [64, latentSize], Math.sqrt(3)),
  moreNoise: uniform('more noise', [64, latentSize], Math.sqrt(3)),
})

/** @type {Record<string, { parameters: () => Arrays, batch: () => Arrays }>} */
const networks = {
  T3: { parameters: pictures, batch: () => pictureBatch(64) },
  T4: { parameters: () => characters(1), batch: () => textBatch(32) },
  T5: { parameters: () => characters(4), batch: () => textBatch(32) },
  T6: { parameters: adversaries, batch: adversaryBatch },
  T7: { parameters: languageModel, batch: () => textBatch(transformerSizes.batch) },
  I2: { parameters: pictures, batch: () => pictureBatch(1) },
  I3: { parameters: () => characters(4), batch: () => textBatch(1) },
  I4: { parameters: pictures, batch: () => pictureBatch(128) },
}

export const networkNames = Object.keys(networks)

/** @param {string} workload */
function known(workload) {
  const network = networks[workload]
  if (!network) throw new Error(`no network is known for the workload ${workload}`)
  return network
}

/** @param {string} workload */
export const parametersOf = (workload) => known(workload).parameters()

/** @param {string} workload */
export const batchOf = (workload) => known(workload).batch()

/** @param {string} workload */
export const networkOf = (workload) => ({ parameters: parametersOf(workload), batch: batchOf(workload) })

/** @param {ArrayLike<number>} outputs @returns {number} a number that systems with the same outputs agree on */
export function fingerprint(outputs) {
  let sum = 0
  for (let i = 0; i < outputs.length; i++) sum += Math.abs((outputs[i] ?? NaN) + (i % 7)) / outputs.length
  return sum
}
