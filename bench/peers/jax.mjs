// jax-js, compiled with jit on its WebAssembly device. It frees arrays by hand: `.ref` keeps one that is used again.
import { checkProduct, initialLayers, largeBatch, largeSizes, randomFloats, smallBatch, smallSizes } from '../data.mjs'
import { useIteratorHelpers, useWorkers } from './browser-likeness.mjs'
import { networkWorkload } from './jax-networks.mjs'
import { lossOf, training } from './jax-training.mjs'

/** The library, once the surroundings are as it expects them. */
async function load(threads) {
  useIteratorHelpers()
  if (threads > 1) useWorkers(threads)
  const jax = await import('@jax-js/jax')
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  return jax
}

function networks({ numpy: np }) {
  const array = (data, shape) => np.array(data).reshape(shape)
  const network = (sizes) =>
    initialLayers(sizes).map(({ inputs, outputs, weight, bias }) => ({
      weight: array(weight, [inputs, outputs]),
      bias: np.array(bias),
    }))
  const forward = (layers, x, activation) =>
    layers.reduce((hidden, { weight, bias }, index) => {
      const sum = np.matmul(hidden, weight).add(bias)
      return index < layers.length - 1 ? activation(sum) : sum
    }, x)
  return { array, network, forward }
}

function smallTraining(jax) {
  const { numpy: np, nn, tree, jit, valueAndGrad, blockUntilReady } = jax
  const { array, network, forward } = networks(jax)
  const { inputs, labels } = smallBatch()
  const x = array(inputs, [10, 2])
  const y = array(labels, [10, 1])
  const lossAndGradient = valueAndGrad((layers, x, y) => {
    const logits = forward(layers, x, np.tanh)
    return nn.softplus(logits.ref).sub(logits.mul(y)).mean()
  })
  const update = jit((layers, x, y) => {
    const [loss, gradient] = lossAndGradient(tree.ref(layers), x, y)
    return [loss, tree.map((value, slope) => value.sub(slope.mul(0.03)), layers, gradient)]
  })
  let layers = network(smallSizes)
  let loss
  const step = async () => {
    loss?.dispose()
    ;[loss, layers] = update(layers, x.ref, y.ref)
    await blockUntilReady(layers)
    return loss
  }
  return { step, loss: lossOf }
}

function largeTraining(jax) {
  const { numpy: np, nn } = jax
  const { array, network, forward } = networks(jax)
  const { inputs, labels } = largeBatch()
  const x = array(inputs, [128, 784])
  const y = np.array(labels)
  const loss = (layers, x, y) =>
    nn
      .logSoftmax(forward(layers, x, nn.relu), -1)
      .mul(nn.oneHot(y, 10))
      .sum()
      .mul(-1 / 128)
  return training(jax, network(largeSizes), loss, x, y)
}

function inference(jax) {
  const { nn, tree, jit } = jax
  const { array, network, forward } = networks(jax)
  const layers = network(largeSizes)
  const x = array(largeBatch().inputs.slice(0, 784), [1, 784])
  const run = jit((layers, x) => forward(layers, x, nn.relu))
  return { step: () => run(tree.ref(layers), x.ref).data() }
}

function product(jax, n) {
  const { array } = networks(jax)
  const a = randomFloats(n * n)
  const b = randomFloats(n * n)
  const left = array(a, [n, n])
  const right = array(b, [n, n])
  const multiply = jax.jit((left, right) => jax.numpy.matmul(left, right))
  let result
  const step = async () => {
    result?.dispose()
    result = multiply(left.ref, right.ref)
    await result.blockUntilReady()
    return result
  }
  return { step, check: async (c) => checkProduct(a, b, await c.ref.data(), n) }
}

const workloads = {
  T1: smallTraining,
  T2: largeTraining,
  'G1-512': (jax) => product(jax, 512),
  'G1-1024': (jax) => product(jax, 1024),
  I1: inference,
}

/** @param {{ threads: number }} settings */
export async function workload(name, { threads = 1 }) {
  const jax = await load(threads)
  return workloads[name]?.(jax) ?? networkWorkload(jax, name)
}
