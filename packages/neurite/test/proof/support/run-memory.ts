/** The program of a child process: what a kind of use takes after its first steps and at its end, in bytes, as JSON. */
import type { WasmBackend } from '../../../src/backends/wasm/backend.ts'
import { TensorDataset } from '../../../src/data/index.ts'
import {
  Adam,
  BatchNorm2d,
  binaryCrossEntropyWithLogits,
  compile,
  Conv2d,
  crossEntropy,
  Dropout,
  Embedding,
  fit,
  Flatten,
  init,
  Linear,
  LSTM,
  MaxPool2d,
  Module,
  mseLoss,
  type Network,
  rand,
  RandomStream,
  ReLU,
  Sequential,
  SGD,
  Tanh,
  tensor,
  type Tensor,
} from '../../../src/index.ts'
import { currentBackend } from '../../../src/runtime/arrival.ts'

export interface MemoryUse {
  /** Objects and typed arrays that are in use. */
  readonly live: number
  readonly resident: number
  readonly wasm: number
}
export interface MemoryGrowth {
  readonly early: MemoryUse
  readonly end: MemoryUse
}

const collect = (globalThis as { gc?: () => void }).gc!

function use(): MemoryUse {
  for (let i = 0; i < 3; i++) collect()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { live: heapUsed + arrayBuffers, resident: rss, wasm: (currentBackend() as WasmBackend).heap.bytes }
}

/** After several collections, with turns of the event loop between them for finalisation callbacks. */
async function measure(): Promise<MemoryUse> {
  const uses: MemoryUse[] = []
  for (let i = 0; i < 8; i++) {
    uses.push(use())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { ...uses.at(-1)!, resident: Math.min(...uses.map(({ resident }) => resident)) }
}

/** Calls `step` so many times, letting the event loop run now and then, and measures after the first of them. */
async function course(steps: number, early: number, step: (i: number) => void): Promise<MemoryGrowth> {
  let first: MemoryUse | undefined
  for (let i = 0; i < steps; i++) {
    if (i === early) first = await measure()
    step(i)
    if (i % 250 === 0) await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return { early: first!, end: await measure() }
}

const points = (count: number): [Tensor<[number, 2], 'float32'>, Tensor] => {
  const stream = new RandomStream(3, 'points')
  const inputs = Float32Array.from({ length: 2 * count }, () => stream.uniform(-1, 1))
  const targets = Float32Array.from({ length: count }, (_, i) => (inputs[2 * i]! > inputs[2 * i + 1]! ? 1 : 0))
  return [tensor(inputs, { shape: [count, 2] }), tensor(targets, { shape: [count, 1] })]
}

const network = () =>
  new Sequential(new Linear(2, 8), new Tanh(), new Dropout(0.1), new Linear(8, 8), new Tanh(), new Linear(8, 1))

/** New tensors in every step, as from a data loader; each loss is kept for a while. */
function compiled(steps: number, early: number): Promise<MemoryGrowth> {
  const model = network()
  const optimizer = new SGD(model, { learningRate: 0.03 })
  const step = compile((inputs: Tensor<[number, 2], 'float32'>, targets: Tensor) => {
    const loss = binaryCrossEntropyWithLogits(model.forward(inputs), targets)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  const losses: Tensor[] = []
  return course(steps, early, (i) => {
    losses[i % 100] = step(...points(10))
  })
}

/** One step of a classifier on inputs of a kind. */
function classifying(model: Network & Module): (inputs: Tensor, labels: Tensor) => Tensor {
  const optimizer = new Adam(model)
  return compile((inputs: Tensor, labels: Tensor) => {
    const loss = crossEntropy(model.forward(inputs), labels)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
}

const labelsOf = (count: number): Tensor => tensor(Int32Array.from({ length: count }, (_, i) => i % 3))

/** New pictures in every step, and now and then the shorter last batch. */
function convolutional(steps: number, early: number): Promise<MemoryGrowth> {
  const model = new Sequential(
    new Conv2d(1, 6, 3, { padding: 1 }),
    new BatchNorm2d(6),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(6, 8, 3),
    new ReLU(),
    new Flatten(),
    new Linear(72, 3),
  )
  const step = classifying(model)
  const pixels = Float32Array.from({ length: 8 * 100 }, (_, i) => (i % 7) / 7)
  return course(steps, early, (i) => {
    const count = i % 50 === 49 ? 5 : 8
    step(tensor(pixels.subarray(0, 100 * count), { shape: [count, 1, 10, 10] }), labelsOf(count))
  })
}

class Reader extends Module {
  readonly embedding = new Embedding(9, 6)
  readonly lstm = new LSTM(6, 12, { batchFirst: true })
  readonly head = new Linear(12, 3)

  forward(words: Tensor): Tensor {
    const [outputs] = this.lstm.forward(this.embedding.forward(words))
    return this.head.forward(outputs.at(null, -1) as Tensor<[number, 12], 'float32'>)
  }
}

/** Sequences of two lengths. */
function recurrent(steps: number, early: number): Promise<MemoryGrowth> {
  const step = classifying(new Reader())
  return course(steps, early, (i) => {
    const length = i % 50 === 49 ? 7 : 10
    const words = Int32Array.from({ length: 4 * length }, (_, at) => (at * i) % 9)
    step(tensor(words, { shape: [4, length] }), labelsOf(4))
  })
}

/** Epochs of 99 whole batches and a shorter one, each followed by a validation. */
async function fitted(epochs: number, early: number): Promise<MemoryGrowth> {
  const [inputs, targets] = points(995)
  const data = new TensorDataset({
    inputs: { data: await inputs.data(), shape: [2] },
    targets: { data: await targets.data(), shape: [1] },
  })
  const model = network()
  const uses: MemoryUse[] = []
  await fit(model, data, {
    loss: mseLoss,
    optimizer: new Adam(model),
    batchSize: 10,
    epochs,
    validation: data,
    onEvent: (event) => {
      if (event.type === 'epoch' && (event.epoch === early || event.epoch === epochs)) uses.push(use())
    },
  })
  return { early: uses[0]!, end: uses[1]! }
}

/** Outside `compile`, where nobody reads the loss. */
function eager(): Promise<MemoryGrowth> {
  const model = network()
  const optimizer = new Adam(model)
  const [inputs, targets] = points(10)
  return course(3000, 1000, () => {
    const loss = binaryCrossEntropyWithLogits(model.forward(inputs), targets)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
  })
}

/** Lazy tensors that are computed and dropped, of sizes that vary. */
function lazy(): Promise<MemoryGrowth> {
  const sizes = [10, 100, 1000]
  return course(6000, 2000, (i) => {
    void rand([sizes[i % 3]!, 10])
      .mul(i)
      .softmax(1)
      .data()
  })
}

/** Models that are trained for some steps and dropped: nobody calls free(). */
function dropped(): Promise<MemoryGrowth> {
  const inputs = rand([32, 64])
  const targets = tensor(Int32Array.from({ length: 32 }, (_, i) => i % 10))
  return course(80, 40, () => {
    const model = new Sequential(new Linear(64, 512), new Tanh(), new Linear(512, 10))
    const optimizer = new Adam(model)
    const step = compile((x: Tensor<[32, 64], 'float32'>, y: Tensor) => {
      const loss = crossEntropy(model.forward(x), y)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
      return loss
    })
    for (let i = 0; i < 3; i++) step(inputs, targets)
  })
}

/** The same without a turn of the event loop, in which the engine cannot tell what was dropped: free() says it. */
async function freed(): Promise<MemoryGrowth> {
  const inputs = rand([8, 512])
  const sweep = (models: number): void => {
    for (let i = 0; i < models; i++) {
      const model = new Sequential(new Linear(512, 512), new Linear(512, 1))
      const optimizer = new Adam(model)
      const step = compile((x: Tensor<[8, 512], 'float32'>) => {
        const loss = model.forward(x).square().mean()
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      })
      step(inputs)
      step.free()
      optimizer.free()
      model.free()
    }
  }
  sweep(10)
  const early = await measure()
  sweep(50)
  return { early, end: await measure() }
}

/**
 * Once for nothing, since V8's optimised code would count as growth; then until the resident set stays as it is, at most six
 * times: V8's own heap comes and goes by megabytes, while a leak would show every time.
 */
async function settled(run: (steps: number, early: number) => Promise<MemoryGrowth>, unit = 1): Promise<MemoryGrowth> {
  await run(3000 / unit, 1000 / unit)
  const rate = ({ early, end }: MemoryGrowth): number => end.resident / early.resident
  let least: MemoryGrowth | undefined
  for (let i = 0; i < 6 && (least === undefined || rate(least) > 1.005); i++) {
    const growth = await run(10_000 / unit, 1000 / unit)
    if (least === undefined || rate(growth) < rate(least)) least = growth
  }
  return least!
}

const courses = {
  compiled: () => settled(compiled),
  fitted: () => settled(fitted, 100),
  convolutional: () => settled(convolutional, 5),
  recurrent: () => settled(recurrent, 5),
  eager,
  lazy,
  dropped,
  freed,
}
export type Course = keyof typeof courses

await init({ threads: 1 })
console.log(JSON.stringify(await courses[process.argv[2] as Course]()))
