// brain.js trains example by example with squared error: a step is one pass over as many examples as the others' batch.
import { createRequire } from 'node:module'
import { largeBatch, largeSizes, oneHot, smallBatch, smallSizes } from '../data.mjs'

const brain = createRequire(import.meta.url)('brain.js')

const rows = (values, width) =>
  Array.from({ length: values.length / width }, (_, row) => Array.from(values.slice(row * width, (row + 1) * width)))

function training(sizes, activation, { inputs, targets }, options) {
  const net = new brain.NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation })
  const data = rows(inputs, sizes[0]).map((input, index) => ({ input, output: targets[index] }))
  return {
    net,
    step: () => net.train(data, { iterations: 1, errorThresh: 1e-12, ...options }),
    loss: (result) => result.error,
  }
}

function smallTraining() {
  const { inputs, labels } = smallBatch()
  return training(smallSizes, 'tanh', { inputs, targets: rows(labels, 1) }, { learningRate: 0.03 })
}

function largeTraining({ inputs, labels }) {
  const targets = rows(oneHot(labels, 10), 10)
  return training(largeSizes, 'sigmoid', { inputs, targets }, { praxis: 'adam', learningRate: 0.001 })
}

function inference() {
  const { inputs, labels } = largeBatch()
  const one = { inputs: inputs.slice(0, 784), labels: labels.slice(0, 1) }
  const { net, step } = largeTraining(one)
  // A network has no weights before its first training.
  step()
  const x = Array.from(one.inputs)
  return { step: () => net.run(x) }
}

const workloads = { T1: smallTraining, T2: () => largeTraining(largeBatch()), I1: inference }

export function workload(name) {
  return workloads[name]()
}
