/** The networks T3 to T7 of the benchmark, and the numbers that scripts/fixtures/make-network-fixtures.py trains them with. */
import {
  Adam,
  BatchNorm2d,
  binaryCrossEntropyWithLogits,
  compile,
  Conv2d,
  ConvTranspose2d,
  crossEntropy,
  Embedding,
  Flatten,
  LayerNorm,
  LeakyReLU,
  Linear,
  LSTM,
  MaxPool2d,
  Module,
  ModuleList,
  ones,
  parameter,
  ReLU,
  RNN,
  Sequential,
  Tanh,
  tensor,
  type Tensor,
  TransformerEncoderLayer,
  zeros,
} from '../../src/index.ts'
import { threefryInto } from '../../src/math/threefry.ts'
import { readFixture } from './operation-fixtures.ts'

export type NetworkName = 't3' | 't4' | 't5' | 't6' | 't7'

export interface LossCurve {
  readonly float64: readonly number[]
  /** How far another float32 implementation may lie from float64. */
  readonly tolerances: readonly number[]
}

export interface NetworkFixture {
  readonly steps: number
  /** Name, shape and bound; a bound of 0 leaves what the layer starts with. */
  readonly parameters: readonly (readonly [name: string, shape: readonly number[], bound: number])[]
  readonly curves: readonly LossCurve[]
}

export interface NetworkTraining {
  readonly model: Module
  /** Runs step `i` and gives its losses, those of before the update. */
  readonly step: (i: number) => readonly Tensor[]
}

const batches = 10
const vocabulary = 65

export const readNetwork = (name: NetworkName): NetworkFixture => readFixture<NetworkFixture>(`training/${name}.json`)

function firstWords(stream: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  const pair = new Uint32Array(2)
  for (let i = 0; i < count; i++) {
    threefryInto(pair, 2, stream, i, 0)
    words[i] = pair[0]!
  }
  return words
}

const symmetric = (stream: number, count: number, bound: number): Float32Array =>
  Float32Array.from(firstWords(stream, count), (word) => (2 * ((word >>> 8) / 16777216) - 1) * bound)

function pictures(): { inputs: Tensor[]; targets: Tensor[] } {
  const own = firstWords(1, 640 * 784)
  const common = firstWords(2, 10 * 784)
  const batch = (b: number): Tensor => {
    const pixels = Float32Array.from({ length: 64 * 784 }, (_, i) => {
      const example = 64 * b + Math.floor(i / 784)
      const pixel = i % 784
      return (7 * (own[example * 784 + pixel]! >>> 20) + (common[(example % 10) * 784 + pixel]! >>> 20)) / 4096 / 8
    })
    return tensor(pixels, { shape: [64, 1, 28, 28] })
  }
  const numbers = Array.from({ length: batches }, (_, b) => b)
  return {
    inputs: numbers.map(batch),
    targets: numbers.map((b) => tensor(Int32Array.from({ length: 64 }, (_, i) => (64 * b + i) % 10))),
  }
}

function text(batch: number): { inputs: Tensor[]; targets: Tensor[] } {
  const length = 64
  const words = firstWords(3, batches * batch * (length + 1))
  const part = (b: number, shift: number): Tensor => {
    const tokens = Int32Array.from({ length: batch * length }, (_, i) => {
      const row = b * batch + Math.floor(i / length)
      return words[row * (length + 1) + (i % length) + shift]! % vocabulary
    })
    return tensor(tokens, { shape: [batch, length] })
  }
  const numbers = Array.from({ length: batches }, (_, b) => b)
  return { inputs: numbers.map((b) => part(b, 0)), targets: numbers.map((b) => part(b, 1)) }
}

function load(model: Module, parameters: NetworkFixture['parameters']): void {
  const values = parameters.flatMap(([name, shape, bound], i) => {
    const count = shape.reduce((product, size) => product * size, 1)
    return bound === 0 ? [] : [[name, tensor(symmetric(16 + i, count, bound), { shape })] as const]
  })
  const { unexpected } = model.loadStateDict(Object.fromEntries(values), { strict: false })
  if (unexpected.length > 0) throw new Error(`these parameters do not exist: ${unexpected.join(', ')}`)
}

class Characters extends Module {
  embedding = new Embedding(vocabulary, 64)
  recurrent: RNN | LSTM
  output = new Linear(256, vocabulary)

  constructor(kind: typeof RNN | typeof LSTM) {
    super()
    this.recurrent = new kind(64, 256, { batchFirst: true })
  }

  forward(tokens: Tensor): Tensor {
    const [states] = this.recurrent.forward(this.embedding.forward(tokens))
    return this.output.forward(states)
  }
}

class LanguageModel extends Module {
  embedding = new Embedding(vocabulary, 128)
  position = parameter(zeros([64, 128]))
  layers = new ModuleList(
    [0, 1].map(
      () => new TransformerEncoderLayer(128, 4, { dimFeedforward: 512, dropout: 0, batchFirst: true, normFirst: true }),
    ),
  )
  norm = new LayerNorm(128)
  output = new Linear(128, vocabulary)

  forward(tokens: Tensor): Tensor {
    let hidden: Tensor = this.embedding.forward(tokens).add(this.position)
    for (const layer of this.layers) hidden = layer.forward(hidden, { isCausal: true })
    return this.output.forward(this.norm.forward(hidden))
  }
}

class ToPictures extends Module {
  forward(x: Tensor): Tensor {
    return x.reshape([-1, 128, 7, 7])
  }
}

const halving = { stride: 2, padding: 1 } as const

class Adversaries extends Module {
  generator = new Sequential(
    new Linear(100, 6272),
    new ToPictures(),
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
    new Linear(6272, 1),
  )

  forward(noise: Tensor): Tensor {
    return this.discriminator.forward(this.generator.forward(noise))
  }
}

interface Forward extends Module {
  forward(x: Tensor): Tensor
}

function classify(
  model: Forward,
  { parameters }: NetworkFixture,
  data: { readonly inputs: readonly Tensor[]; readonly targets: readonly Tensor[] },
): NetworkTraining {
  load(model, parameters)
  const optimizer = new Adam(model)
  const move = compile((inputs: Tensor, targets: Tensor) => {
    const outputs = model.forward(inputs)
    const loss = crossEntropy(outputs.reshape([-1, outputs.shape.at(-1)!]), targets.flatten())
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return { model, step: (i) => [move(data.inputs[i % batches]!, data.targets[i % batches]!)] }
}

function adversarial({ parameters }: NetworkFixture): NetworkTraining {
  const model = new Adversaries()
  load(model, parameters)
  const options = { learningRate: 2e-4, betas: [0.5, 0.999] } as const
  const { generator, discriminator } = model
  const ofDiscriminator = new Adam(discriminator, options)
  const ofGenerator = new Adam(generator, options)
  const [real, made] = [ones([64, 1]), zeros([64, 1])]
  const judge = (x: Tensor, answer: Tensor): Tensor =>
    binaryCrossEntropyWithLogits(discriminator.forward(x as never), answer)
  const make = (noise: Tensor): Tensor => generator.forward(noise)
  const judging = compile((inputs: Tensor, noise: Tensor) => {
    const loss = judge(inputs, real).add(judge(make(noise).detach(), made))
    ofDiscriminator.zeroGrad()
    loss.backward()
    ofDiscriminator.step()
    return loss
  })
  const making = compile((noise: Tensor) => {
    const loss = judge(make(noise), real)
    ofGenerator.zeroGrad()
    loss.backward()
    ofGenerator.step()
    return loss
  })
  const { inputs } = pictures()
  const all = symmetric(4, 20 * 6400, 1.75)
  const noise = Array.from({ length: 20 }, (_, i) => tensor(all.slice(i * 6400, (i + 1) * 6400), { shape: [64, 100] }))
  return {
    model,
    step: (i) => [judging(inputs[i % batches]!, noise[(2 * i) % 20]!), making(noise[(2 * i + 1) % 20]!)],
  }
}

/** The network with its first weights, its optimiser and its batches. */
export function networkTraining(name: NetworkName, fixture = readNetwork(name)): NetworkTraining {
  switch (name) {
    case 't3': {
      const model = new Sequential(
        new Conv2d(1, 32, 3),
        new ReLU(),
        new Conv2d(32, 64, 3),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(9216, 128),
        new ReLU(),
        new Linear(128, 10),
      )
      return classify(model, fixture, pictures())
    }
    case 't4':
      return classify(new Characters(RNN), fixture, text(32))
    case 't5':
      return classify(new Characters(LSTM), fixture, text(32))
    case 't6':
      return adversarial(fixture)
    case 't7':
      return classify(new LanguageModel(), fixture, text(16))
  }
}
