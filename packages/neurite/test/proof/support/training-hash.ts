/** Trains for 1,000 steps and hashes all weights: one function for Node and browsers. */
import type { WasmBackend } from '../../../src/backends/wasm/backend.ts'
import { sha256 } from '../../../src/data/sha256.ts'
import {
  Adam,
  binaryCrossEntropyWithLogits,
  clipGradNorm,
  compile,
  crossEntropy,
  Dropout,
  Embedding,
  GELU,
  init,
  type InitOptions,
  Linear,
  manualSeed,
  Module,
  RandomStream,
  ReLU,
  Sequential,
  SGD,
  Tanh,
  tensor,
  type Tensor,
  threadsReady,
} from '../../../src/index.ts'
import { currentBackend } from '../../../src/runtime/arrival.ts'

export interface TrainingHash {
  readonly sha256: string
  /** Threads that the steps ran on. */
  readonly threads: number
  readonly widened: boolean
}

export type NetworkName = 'small' | 'large'

export interface TrainingRequest {
  readonly network: NetworkName
  readonly options: InitOptions
}

const steps = 1000
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
  const { model, step, data } = network === 'small' ? small() : large()
  await threadsReady()
  const backend = currentBackend() as WasmBackend
  const threads = watchThreads(backend)
  let loss: Tensor | undefined
  for (let i = 0; i < steps; i++) loss = step(...data[i % batches]!)
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
