// T3 to T7 and I2 to I4 in Neurite, as a user writes them.
import {
  batchOf,
  fingerprint,
  hiddenSize,
  latentSize,
  parametersOf,
  tokens,
  transformerSizes,
  vocabulary,
} from './networks.mjs'

/** @typedef {import('./timer.mjs').Workload} Workload */
/** @typedef {import('neurite').Tensor} Tensor */
/** @typedef {typeof import('neurite')} Neurite */
/** @typedef {import('neurite').Network} Network */

const lossOf = (/** @type {unknown} */ loss) => /** @type {Tensor} */ (loss).item()

/** @param {Neurite} neurite @param {string} workload @returns {Record<string, Tensor>} */
function batchTensors({ tensor }, workload) {
  return Object.fromEntries(
    Object.entries(batchOf(workload)).map(([name, { shape, data }]) => [name, tensor(data).reshape(shape)]),
  )
}

/** @param {Neurite} neurite @param {import('neurite').Module} model @param {string} workload */
function loadWeights({ tensor }, model, workload) {
  const values = Object.entries(parametersOf(workload)).map(([name, { shape, data }]) => [
    name,
    tensor(data).reshape(shape),
  ])
  // Running statistics begin as they are.
  const { missing, unexpected } = model.loadStateDict(Object.fromEntries(values), { strict: false })
  const lost = [...unexpected, ...missing.filter((name) => !/running|batches/.test(name))]
  if (lost.length > 0) throw new Error(`these weights do not fit: ${lost.join(', ')}`)
}

/** @param {Neurite} neurite */
function pictures({ Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential }) {
  return new Sequential(
    new Conv2d(1, 32, 3),
    new ReLU(),
    new Conv2d(32, 64, 3),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(64 * 12 * 12, 128),
    new ReLU(),
    new Linear(128, 10),
  )
}

/** @param {Neurite} neurite @param {'RNN' | 'LSTM'} kind */
function characters(neurite, kind) {
  const { Embedding, Linear, Module } = neurite
  class Characters extends Module {
    embedding = new Embedding(vocabulary, 64)
    recurrent = new neurite[kind](64, hiddenSize, { batchFirst: true })
    output = new Linear(hiddenSize, vocabulary)

    forward(/** @type {Tensor} */ x) {
      const [states] = this.recurrent.forward(this.embedding.forward(x))
      return this.output.forward(states)
    }
  }
  return new Characters()
}

/** @param {Neurite} neurite */
function languageModel({ Embedding, LayerNorm, Linear, Module, TransformerEncoderLayer, parameter, zeros }) {
  const { width, heads, layers } = transformerSizes
  const options = { dimFeedforward: 4 * width, dropout: 0, batchFirst: true, normFirst: true }
  class LanguageModel extends Module {
    embedding = new Embedding(vocabulary, width)
    position = parameter(zeros([tokens, width]))
    layers = Array.from({ length: layers }, () => new TransformerEncoderLayer(width, heads, options))
    norm = new LayerNorm(width)
    output = new Linear(width, vocabulary)

    forward(/** @type {Tensor} */ x) {
      /** @type {Tensor} */
      let hidden = this.embedding.forward(x).add(this.position)
      for (const layer of this.layers) hidden = layer.forward(hidden, { isCausal: true })
      return this.output.forward(this.norm.forward(hidden))
    }
  }
  return new LanguageModel()
}

/** @param {Neurite} neurite */
function adversaries(neurite) {
  const { BatchNorm2d, Conv2d, ConvTranspose2d, Flatten, LeakyReLU, Linear, Module, ReLU, Sequential, Tanh } = neurite
  class Unflatten extends Module {
    forward(/** @type {Tensor} */ x) {
      return x.reshape([-1, 128, 7, 7])
    }
  }
  const halving = { stride: 2, padding: 1 }
  class Adversaries extends Module {
    forward(/** @type {Tensor} */ noise) {
      return this.discriminator.forward(this.generator.forward(noise))
    }

    generator = new Sequential(
      new Linear(latentSize, 7 * 7 * 128),
      new Unflatten(),
      new BatchNorm2d(128),
      new ReLU(),
      new ConvTranspose2d(128, 64, 4, halving),
      new BatchNorm2d(64),
      new ReLU(),
      new ConvTranspose2d(64, 1, 4, halving),
      new Tanh(),
    )
    discriminator = new Sequential(
      new Conv2d(1, 64, 4, halving),
      new LeakyReLU({ negativeSlope: 0.2 }),
      new Conv2d(64, 128, 4, halving),
      new LeakyReLU({ negativeSlope: 0.2 }),
      new Flatten(),
      new Linear(7 * 7 * 128, 1),
    )
  }
  return new Adversaries()
}

/** @param {Neurite} neurite @returns {Workload} one step of the discriminator, then one of the generator */
function adversaryTraining(neurite) {
  const { Adam, binaryCrossEntropyWithLogits, compile, ones, zeros } = neurite
  const model = adversaries(neurite)
  loadWeights(neurite, model, 'T6')
  const { generator, discriminator } = model
  const options = { learningRate: 2e-4, betas: /** @type {const} */ ([0.5, 0.999]) }
  const discriminatorOptimizer = new Adam(discriminator, options)
  const generatorOptimizer = new Adam(generator, options)
  const real = ones([64, 1])
  const made = zeros([64, 1])
  const judge = (/** @type {Tensor} */ x) => /** @type {Network} */ (discriminator).forward(x)
  const make = (/** @type {Tensor} */ x) => /** @type {Network} */ (generator).forward(x)
  const step = compile(
    (/** @type {Tensor} */ pictures, /** @type {Tensor} */ noise, /** @type {Tensor} */ moreNoise) => {
      const fake = make(noise).detach()
      const loss = binaryCrossEntropyWithLogits(judge(pictures), real).add(
        binaryCrossEntropyWithLogits(judge(fake), made),
      )
      discriminatorOptimizer.zeroGrad()
      loss.backward()
      discriminatorOptimizer.step()
      const deceived = binaryCrossEntropyWithLogits(judge(make(moreNoise)), real)
      generatorOptimizer.zeroGrad()
      deceived.backward()
      generatorOptimizer.step()
      return loss
    },
  )
  const { pictures, noise, moreNoise } = batchTensors(neurite, 'T6')
  return {
    step: () =>
      step(/** @type {Tensor} */ (pictures), /** @type {Tensor} */ (noise), /** @type {Tensor} */ (moreNoise)),
    loss: lossOf,
    agree: lossOf,
  }
}

/** @param {Neurite} neurite @param {string} workload @returns {Network} */
function modelOf(neurite, workload) {
  const makers = {
    T3: () => pictures(neurite),
    T4: () => characters(neurite, 'RNN'),
    T5: () => characters(neurite, 'LSTM'),
    T7: () => languageModel(neurite),
    I2: () => pictures(neurite),
    I3: () => characters(neurite, 'LSTM'),
    I4: () => pictures(neurite),
  }
  const model = /** @type {Record<string, () => Network>} */ (makers)[workload]?.()
  if (!model) throw new Error(`no workload ${workload}`)
  return model
}

/** @param {Neurite} neurite @param {string} workload @param {boolean} fresh @returns {Workload} */
function training(neurite, workload, fresh) {
  const { Adam, compile, crossEntropy } = neurite
  const model = modelOf(neurite, workload)
  if (!fresh) loadWeights(neurite, model, workload)
  const optimizer = new Adam(model)
  const step = compile((/** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
    const outputs = model.forward(x)
    const loss = crossEntropy(outputs.reshape([-1, outputs.shape.at(-1) ?? 1]), y.flatten())
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  const { inputs, labels } = /** @type {{ inputs: Tensor, labels: Tensor }} */ (batchTensors(neurite, workload))
  return { step: () => step(inputs, labels), loss: lossOf, agree: lossOf }
}

/** @param {Neurite} neurite @param {string} workload @returns {Workload} */
function inference(neurite, workload) {
  const model = modelOf(neurite, workload)
  loadWeights(neurite, model, workload)
  model.eval()
  const { inputs } = /** @type {{ inputs: Tensor }} */ (batchTensors(neurite, workload))
  const forward = neurite.compile((/** @type {Tensor} */ x) => model.forward(x))
  return {
    step: () => forward(inputs).data(),
    agree: (outputs) => fingerprint(/** @type {ArrayLike<number>} */ (outputs)),
  }
}

/**
 * @param {Neurite} neurite
 * @param {string} workload
 * @param {boolean} fresh whether the initial weights are Neurite's own: making the agreed ones is no part of a first step
 * @returns {Workload}
 */
export function networkWorkload(neurite, workload, fresh) {
  if (workload === 'T6') return adversaryTraining(neurite)
  return workload.startsWith('T') ? training(neurite, workload, fresh) : inference(neurite, workload)
}
