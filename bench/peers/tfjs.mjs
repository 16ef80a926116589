// TensorFlow.js with its core operations and optimisers. Its WebAssembly threads do not exist in Node.
import * as namespace from '@tensorflow/tfjs'
import {
  checkProduct,
  initialLayers,
  largeBatch,
  largeSizes,
  oneHot,
  randomFloats,
  smallBatch,
  smallSizes,
} from '../data.mjs'
import { networkWorkload } from './tfjs-networks.mjs'

const tf = namespace.default ?? namespace

function network(sizes, activation) {
  const layers = initialLayers(sizes).map(({ inputs, outputs, weight, bias }) => ({
    weight: tf.variable(tf.tensor2d(weight, [inputs, outputs])),
    bias: tf.variable(tf.tensor1d(bias)),
  }))
  return (x) =>
    layers.reduce((hidden, { weight, bias }, index) => {
      const sum = hidden.matMul(weight).add(bias)
      return index < layers.length - 1 ? activation(sum) : sum
    }, x)
}

function training(optimizer, lossOf) {
  let loss
  return {
    step() {
      loss?.dispose()
      loss = optimizer.minimize(lossOf, true)
      return loss
    },
    loss: (result) => result.dataSync()[0],
  }
}

function smallTraining() {
  const { inputs, labels } = smallBatch()
  const x = tf.tensor2d(inputs, [10, 2])
  const y = tf.tensor2d(labels, [10, 1])
  const forward = network(smallSizes, (sum) => sum.tanh())
  return training(tf.train.sgd(0.03), () => tf.losses.sigmoidCrossEntropy(y, forward(x)))
}

function largeTraining() {
  const { inputs, labels } = largeBatch()
  const x = tf.tensor2d(inputs, [128, 784])
  const y = tf.tensor2d(oneHot(labels, 10), [128, 10])
  const forward = network(largeSizes, (sum) => sum.relu())
  return training(tf.train.adam(1e-3), () => tf.losses.softmaxCrossEntropy(y, forward(x)))
}

function inference() {
  const forward = network(largeSizes, (sum) => sum.relu())
  const x = tf.tensor2d(largeBatch().inputs.slice(0, 784), [1, 784])
  return { step: () => tf.tidy(() => forward(x).dataSync()) }
}

function product(n) {
  const a = randomFloats(n * n)
  const b = randomFloats(n * n)
  const left = tf.tensor2d(a, [n, n])
  const right = tf.tensor2d(b, [n, n])
  let result
  return {
    step() {
      result?.dispose()
      result = left.matMul(right)
      return result
    },
    check: (c) => checkProduct(a, b, c.dataSync(), n),
  }
}

const workloads = {
  T1: smallTraining,
  T2: largeTraining,
  'G1-512': () => product(512),
  'G1-1024': () => product(1024),
  I1: inference,
}

/** @param {{ backend: 'cpu' | 'wasm' }} settings */
export async function workload(name, { backend }) {
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm')
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} did not start`)
  await tf.ready()
  return workloads[name]?.() ?? networkWorkload(tf, name, backend, training)
}
