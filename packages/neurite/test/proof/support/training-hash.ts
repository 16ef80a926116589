/** Trains for some steps and hashes all weights: one function for Node and browsers. */
import type { WasmBackend } from '../../../src/backends/wasm/backend.ts'
import { sha256 } from '../../../src/data/sha256.ts'
import {
  Adam,
  BatchNorm2d,
  binaryCrossEntropyWithLogits,
  clipGradNorm,
  compile,
  Conv2d,
  ConvTranspose2d,
  crossEntropy,
  Dropout,
  Embedding,
  Flatten,
  GELU,
  init,
  type InitOptions,
  Linear,
  LSTM,
  manualSeed,
  MaxPool2d,
  Module,
  RandomStream,
  ReLU,
  Sequential,
  SGD,
  Tanh,
  tensor,
  type Tensor,
  threadsReady,
  TransformerEncoderLayer,
} from '../../../src/index.ts'
import { currentBackend } from '../../../src/runtime/arrival.ts'

export interface TrainingHash {
  readonly sha256: string
  /** Threads that the steps ran on. */
  readonly threads: number
  readonly widened: boolean
}

export type NetworkName = 'small' | 'large' | 'pictures' | 'sequences'

export interface TrainingRequest {
  readonly network: NetworkName
  readonly options: InitOptions
}

const steps: Record<NetworkName, number> = { small: 1000, large: 1000, pictures: 200, sequences: 200 }
const batches = 8

interface Training {
  readonly model: Module
  readonly step: (inputs: Tensor, targets: Tensor) => Tensor
  readonly data: readonly (readonly [inputs: Tensor, targets: Tensor])[]
}

/** 2-8-8-1: too small to share among threads. */
function small(): Training {
  const model = new Sequential(
    new Linear(2, 8),
    new Tanh(),
    new Dropout(0.1),
    new Linear(8, 8),
    new Tanh(),
    new Linear(8, 1),
  )
  const optimizer = new SGD(model, { learningRate: 0.03, momentum: 0.9 })
  const step = compile((inputs: Tensor, targets: Tensor) => {
    const loss = binaryCrossEntropyWithLogits(model.forward(inputs as Tensor<[10, 2]>), targets)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  const stream = new RandomStream(7, 'points')
  const data = Array.from({ length: batches }, () => {
    const inputs = Float32Array.from({ length: 20 }, () => stream.uniform(-1, 1))
    const targets = Float32Array.from({ length: 10 }, (_, i) => (inputs[2 * i]! * inputs[2 * i + 1]! > 0 ? 1 : 0))
    return [tensor(inputs, { shape: [10, 2] }), tensor(targets, { shape: [10, 1] })] as const
  })
  return { model, step, data }
}

/** Products, row and column reductions, gather, scatter-add, random masks and several functions, shared among threads. */
class Large extends Module {
  table = new Embedding(50, 64)
  body = new Sequential(
    new Linear(256, 128),
    new GELU(),
    new Dropout(0.2),
    new Linear(128, 64),
    new ReLU(),
    new Dropout(0.5),
    new Linear(64, 10),
  )

  forward(words: Tensor): Tensor {
    return this.body.forward(this.table.forward(words).reshape([64, 256]))
  }
}

function large(): Training {
  const model = new Large()
  const optimizer = new Adam(model)
  const step = compile((words: Tensor, targets: Tensor) => {
    const loss = crossEntropy(model.forward(words), targets, { labelSmoothing: 0.1 })
    optimizer.zeroGrad()
    loss.backward()
    clipGradNorm(model, 1)
    optimizer.step()
    return loss
  })
  const stream = new RandomStream(7, 'words')
  const data = Array.from({ length: batches }, () => {
    const words = Int32Array.from({ length: 64 * 4 }, () => stream.integer(50))
    const targets = Int32Array.from({ length: 64 }, (_, i) => words[4 * i]! % 10)
    return [tensor(words, { shape: [64, 4] }), tensor(targets)] as const
  })
  return { model, step, data }
}

/** Convolutions with padding, stride and transposed, running statistics, pooling. */
function pictures(): Training {
  const model = new Sequential(
    new Conv2d(3, 16, 3, { padding: 1 }),
    new BatchNorm2d(16),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(16, 32, 3, { stride: 2 }),
    new GELU(),
    new ConvTranspose2d(32, 8, 4, { stride: 2, padding: 1 }),
    new Flatten(),
    new Linear(288, 10),
  )
  const stream = new RandomStream(7, 'pictures')
  const data = Array.from({ length: batches }, () => {
    const pixels = Float32Array.from({ length: 16 * 3 * 256 }, () => stream.uniform(-1, 1))
    const targets = Int32Array.from({ length: 16 }, (_, i) => (pixels[768 * i]! > 0 ? 1 : 0))
    return [tensor(pixels, { shape: [16, 3, 16, 16] }), tensor(targets)] as const
  })
  return classifying(model, data)
}

/** A loop over time and attention. */
class Sequences extends Module {
  table = new Embedding(30, 32)
  recurrent = new LSTM(32, 48, { batchFirst: true, bidirectional: true })
  attention = new TransformerEncoderLayer(96, 4, { dimFeedforward: 64, dropout: 0.1, batchFirst: true })
  head = new Linear(96, 10)

  forward(words: Tensor): Tensor {
    const [states] = this.recurrent.forward(this.table.forward(words))
    return this.head.forward(this.attention.forward(states).mean(1))
  }
}

function sequences(): Training {
  const stream = new RandomStream(7, 'sequences')
  const data = Array.from({ length: batches }, () => {
    const words = Int32Array.from({ length: 16 * 12 }, () => stream.integer(30))
    const targets = Int32Array.from({ length: 16 }, (_, i) => words[12 * i]! % 10)
    return [tensor(words, { shape: [16, 12] }), tensor(targets)] as const
  })
  return classifying(new Sequences(), data)
}

interface Classifier extends Module {
  forward(x: Tensor): Tensor
}

function classifying(model: Classifier, data: Training['data']): Training {
  const optimizer = new Adam(model)
  const step = compile((inputs: Tensor, targets: Tensor) => {
    const loss = crossEntropy(model.forward(inputs), targets)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return { model, step, data }
}

const networks: Record<NetworkName, () => Training> = { small, large, pictures, sequences }

/** Whether the backend shares the programs that run from now on among threads. */
function watchThreads({ team }: WasmBackend): () => number {
  let most = 1
  const run = team.run.bind(team)
  team.run = (step, program, region, parallel) => {
    if (parallel) most = Math.max(most, team.threads)
    run(step, program, region, parallel)
  }
  return () => most
}

export async function trainAndHash({ network, options }: TrainingRequest): Promise<TrainingHash> {
  await init(options)
  manualSeed(11)
  const { model, step, data } = networks[network]()
  await threadsReady()
  const backend = currentBackend() as WasmBackend
  const threads = watchThreads(backend)
  let loss: Tensor | undefined
  for (let i = 0; i < steps[network]; i++) loss = step(...data[i % batches]!)
  if (!Number.isFinite(await loss!.item())) throw new Error('the loss is not finite: the hash would prove nothing')
  const weights = await Promise.all(model.parameters().map((parameter) => parameter.data()))
  const bytes = new Uint8Array(weights.reduce((sum, values) => sum + values.byteLength, 0))
  let end = 0
  for (const values of weights) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), end)
    end += values.byteLength
  }
  return { sha256: await sha256(bytes), threads: threads(), widened: backend.widened }
}
