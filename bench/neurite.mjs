// Neurite as a user has it: the built bundle, default settings but those that the cell names.
import { checkProduct, largeBatch, largeSizes, randomFloats, smallBatch } from './data.mjs'
import { networkWorkload } from './neurite-networks.mjs'

/** @typedef {import('./timer.mjs').Workload} Workload */
/** @typedef {{ mode?: 'reproducible' | 'fast', widen?: boolean, threads?: number }} Settings */

const bundle = process.env['NEURITE_BUNDLE'] ?? new URL('../packages/neurite/dist/index.js', import.meta.url).href
/** @type {typeof import('neurite')} */
const neurite = await import(bundle)
const { Adam, Linear, ReLU, SGD, Sequential, Tanh, binaryCrossEntropyWithLogits, compile, crossEntropy, tensor } =
  neurite

/** @typedef {import('neurite').Tensor} Tensor */

const lossOf = (/** @type {unknown} */ loss) => /** @type {Tensor} */ (loss).item()

/** @returns {Workload} */
function smallTraining() {
  const { inputs, labels } = smallBatch()
  const x = tensor(inputs).reshape([10, 2])
  const y = tensor(labels).reshape([10, 1])
  const model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 8), new Tanh(), new Linear(8, 1))
  const optimizer = new SGD(model, { learningRate: 0.03 })
  const step = compile((/** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
    const loss = binaryCrossEntropyWithLogits(model.forward(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return { step: () => step(x, y), loss: lossOf }
}

function largeNetwork() {
  const [pixels, first, second, classes] = /** @type {[number, number, number, number]} */ (largeSizes)
  return new Sequential(
    new Linear(pixels, first),
    new ReLU(),
    new Linear(first, second),
    new ReLU(),
    new Linear(second, classes),
  )
}

/** @returns {Workload} */
function largeTraining() {
  const { inputs, labels } = largeBatch()
  const x = tensor(inputs).reshape([128, 784])
  const y = tensor(labels)
  const model = largeNetwork()
  const optimizer = new Adam(model)
  const step = compile((/** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
    const loss = crossEntropy(model.forward(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return { step: () => step(x, y), loss: lossOf }
}

/** @returns {Workload} */
function inference() {
  const model = largeNetwork()
  model.eval()
  const x = tensor(largeBatch().inputs.slice(0, 784)).reshape([1, 784])
  const forward = compile((/** @type {Tensor} */ x) => model.forward(x))
  return { step: () => forward(x).data() }
}

/** @param {number} n @returns {Workload} */
function product(n) {
  const a = randomFloats(n * n)
  const b = randomFloats(n * n)
  const left = neurite.parameter(tensor(a).reshape([n, n]))
  const right = neurite.parameter(tensor(b).reshape([n, n]))
  const multiply = compile(() => left.matmul(right))
  return {
    step: () => multiply(),
    check: async (c) => checkProduct(a, b, await /** @type {Tensor} */ (c).data(), n),
  }
}

/** @type {Record<string, () => Workload>} */
const workloads = {
  T1: smallTraining,
  T2: largeTraining,
  'G1-512': () => product(512),
  'G1-1024': () => product(1024),
  I1: inference,
}

/**
 * @param {string} name
 * @param {Settings} settings
 * @param {{ fresh?: boolean }} how as the system itself would begin, for a first step in a fresh process
 * @returns {Promise<Workload>}
 */
export async function workload(name, settings, { fresh = false } = {}) {
  await neurite.init(settings)
  const made = workloads[name]?.() ?? networkWorkload(neurite, name, fresh)
  return { ...made, ready: neurite.threadsReady }
}
