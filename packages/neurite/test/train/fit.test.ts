import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  Adam,
  ArgumentError,
  crossEntropy,
  DataError,
  Dropout,
  Embedding,
  evaluate,
  exportState,
  fit,
  type FitOptions,
  Flatten,
  importState,
  IndexOutOfRangeError,
  init,
  Linear,
  LinearWarmup,
  manualSeed,
  Module,
  mseLoss,
  type Network,
  ReduceLROnPlateau,
  Sequential,
  SGD,
  StateError,
  Tanh,
  type Tensor,
  type TrainingEvent,
} from '../../src/index.ts'
import { DataLoader, TensorDataset } from '../../src/data/index.ts'
import { RandomStream } from '../../src/math/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

const xor = TensorDataset.fromArrays({
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  labels: [0, 1, 1, 0],
})

/** Two bands of points on both sides of a line. */
function bands(count: number): TensorDataset {
  const stream = new RandomStream(3, 'bands')
  const inputs = Array.from({ length: count }, () => [stream.uniform(-1, 1), stream.uniform(-1, 1)])
  return TensorDataset.fromArrays({ inputs, labels: inputs.map(([a, b]) => Number(a! + b! > 0)) })
}

function makeNetwork(): Network {
  return new Sequential(new Linear(2, 8), new Tanh(), new Dropout(0.25), new Linear(8, 2))
}

async function weights(model: Module): Promise<Float32Array[]> {
  return Promise.all(model.parameters().map((parameter) => parameter.data() as Promise<Float32Array>))
}

test('XOR is learned, and the events tell how', async () => {
  const model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2))
  const events: TrainingEvent[] = []
  const { history, stopped, steps } = await fit(model, xor, {
    loss: crossEntropy,
    optimizer: new Adam(model, { learningRate: 0.1 }),
    epochs: 40,
    batchSize: 3,
    validation: xor,
    onEvent: (event) => {
      events.push(event)
    },
  })
  expect([history.length, stopped, steps]).toEqual([40, false, 80])
  expect(history.at(-1)!.accuracy).toBe(1)
  expect(history.at(-1)!.validation!.accuracy).toBe(1)
  expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss / 2)
  expect(events.slice(0, 5).map(({ type }) => type)).toEqual(['start', 'step', 'step', 'validation', 'epoch'])
  expect(events.at(-1)!.type).toBe('end')
  expect(events[0]).toMatchObject({ epochs: 40, stepsPerEpoch: 2, examples: 4, batchSize: 3, parameters: 42, step: 0 })
  const last = events.filter((event) => event.type === 'step').at(-1)!
  expect(last).toMatchObject({
    epoch: 40,
    step: 80,
    stepInEpoch: 2,
    stepsPerEpoch: 2,
    learningRate: 0.1,
    secondsLeft: 0,
  })
  expect(last.examplesPerSecond).toBeGreaterThan(0)
  const { loss, accuracy } = await evaluate(model, xor, { loss: crossEntropy })
  expect(accuracy).toBe(1)
  expect(loss).toBeCloseTo(history.at(-1)!.validation!.loss, 6)
})

test('the epoch loss is the mean over examples, whatever the batches', async () => {
  const model = new Linear(1, 1, { bias: false })
  model.loadStateDict({ weight: { dtype: 'float32', shape: [1, 1], data: new Float32Array([1]) } })
  const data = TensorDataset.fromArrays({ inputs: [[1], [2], [3]], targets: [[1], [3], [5]] })
  const optimizer = new SGD(model, { learningRate: 0 })
  const { history } = await fit(model, data, { loss: mseLoss, optimizer, batchSize: 2 })
  // Errors 0, 1 and 2.
  expect(history[0]!.loss).toBeCloseTo(5 / 3, 6)
})

describe('stopping', () => {
  const start = (options: Partial<FitOptions> = {}) => {
    const model = makeNetwork()
    return fit(model, bands(64), {
      loss: crossEntropy,
      optimizer: new Adam(model),
      epochs: 50,
      batchSize: 8,
      ...options,
    })
  }

  test('by a callback that returns false, at once', async () => {
    const { stopped, steps } = await start({ onEvent: (event) => event.type !== 'step' || event.step < 3 })
    expect([stopped, steps]).toEqual([true, 3])
  })

  test('by a promise of false', async () => {
    const { steps } = await start({ onEvent: async (event) => event.type !== 'step' || event.step < 2 })
    expect(steps).toBe(2)
  })

  test('by an abort signal', async () => {
    const controller = new AbortController()
    const reasons: string[] = []
    const result = await start({
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'step' && event.step === 4) controller.abort()
        if (event.type === 'stopped') reasons.push(event.reason)
      },
    })
    expect([result.steps, result.stopped, reasons]).toEqual([4, true, ['signal']])
  })

  test('by stop(), from a loop over the events', async () => {
    const training = start()
    let heard = 0
    for await (const event of training) {
      heard++
      if (event.type === 'step') training.stop()
    }
    const { stopped, steps } = await training
    expect(stopped).toBe(true)
    expect(steps).toBeLessThan(400)
    expect(heard).toBeGreaterThan(2)
  })

  test('the event loop gets its turn every 16 ms', async () => {
    /** Its turns in 80 steps, of so many milliseconds each by a clock of our own. */
    const turnsOf = async (milliseconds: number): Promise<number> => {
      let now = 1000
      let turns = 0
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
      let next = setImmediate(function turn() {
        turns++
        next = setImmediate(turn)
      })
      try {
        await start({ epochs: 10, onEvent: (event) => void (event.type === 'step' && (now += milliseconds)) })
      } finally {
        clearImmediate(next)
        clock.mockRestore()
      }
      return turns
    }
    await start({ epochs: 1 })
    const others = await turnsOf(0)
    const turns = (await turnsOf(8)) - others
    expect(turns).toBeGreaterThan(35)
    expect(turns).toBeLessThan(50)
  })
})

describe('exact resume', () => {
  const options = { loss: crossEntropy, epochs: 4, batchSize: 10, validation: bands(20) }
  const parts = () => {
    manualSeed(7)
    const model = makeNetwork()
    const optimizer = new Adam(model, { learningRate: 0.05 })
    const schedule = new LinearWarmup(optimizer, { steps: 13, startFactor: 0.1 })
    return { model, optimizer, schedule }
  }

  // Steps 3 and 4 are the middle and the end of the first epoch of 35 examples in batches of 10.
  test.each([1, 3, 4, 9])('after %i steps: the same bits as without a stop', async (steps) => {
    const { model: whole, ...wholeParts } = parts()
    const { history } = await fit(whole, bands(35), { ...options, ...wholeParts })

    const { model: first, ...firstParts } = parts()
    const half = await fit(first, bands(35), {
      ...options,
      ...firstParts,
      onEvent: (event) => event.type !== 'step' || event.step < steps,
    })
    const checkpoint = await half.checkpoint()

    const { model: second, ...secondParts } = parts()
    // The random state comes from the checkpoint, not from here.
    manualSeed(98)
    const rest = await fit(second, bands(35), { ...options, ...secondParts, seed: 7, resumeFrom: checkpoint })
    expect(rest.steps).toBe(16)
    expect(await weights(second)).toEqual(await weights(whole))
    const numbers = (records: typeof history) =>
      records.map(({ loss, accuracy, validation }) => [loss, accuracy, validation])
    expect(numbers(rest.history)).toEqual(numbers(history))
  })

  test('a checkpoint made in a callback is one between steps', async () => {
    const { model, ...rest } = parts()
    const bytes: Promise<Uint8Array>[] = []
    const training = fit(model, bands(35), {
      ...options,
      ...rest,
      onEvent: (event) => {
        if (event.type === 'epoch' && event.epoch === 2) bytes.push(training.checkpoint())
      },
    })
    await training
    const { model: again, ...others } = parts()
    const result = await fit(again, bands(35), { ...options, ...others, resumeFrom: await bytes[0]! })
    expect(result.history.length).toBe(4)
    expect(await weights(again)).toEqual(await weights(model))
  })

  test('other data, or no checkpoint, is refused before anything changes', async () => {
    const { model, ...rest } = parts()
    const checkpoint = await (await fit(model, bands(35), { ...options, ...rest, epochs: 1 })).checkpoint()
    const before = await weights(model)
    await expect(fit(model, bands(36), { ...options, ...rest, resumeFrom: checkpoint })).rejects.toThrow(
      'made with examples 35, now it is 36',
    )
    const plain = await exportState(model)
    await expect(fit(model, bands(35), { ...options, ...rest, resumeFrom: plain })).rejects.toThrow(StateError)
    expect(await weights(model)).toEqual(before)
  })
})

describe('numbers that are not finite', () => {
  const untouched = async (model: Network, data: TensorDataset, options: Partial<FitOptions> = {}) => {
    const before = await weights(model)
    const optimizer = new Adam(model, { learningRate: 0.1 })
    const failure = await fit(model, data, { loss: crossEntropy, optimizer, batchSize: 2, ...options }).then(
      () => undefined,
      (error: unknown) => error as Error,
    )
    expect(await weights(model)).toEqual(before)
    expect(optimizer.stateDict().groups[0]!.parameters.every(({ steps }) => steps === 0)).toBe(true)
    return failure
  }

  test('a NaN in the data names the example', async () => {
    const inputs = { data: new Float32Array([1, 2, NaN, 3]), shape: [2] }
    const data = new TensorDataset({ inputs, targets: { data: new Int32Array([0, 1]), shape: [] }, check: false })
    const failure = await untouched(new Linear(2, 2), data)
    expect(failure).toBeInstanceOf(DataError)
    expect(failure!.message).toMatch(/the inputs of example 1 hold NaN\n {2}expected: .+\n {2}fix: .+/)
  })

  test('a label without a class names the example', async () => {
    const data = TensorDataset.fromArrays({
      inputs: [
        [1, 2],
        [3, 4],
      ],
      labels: [0, 2],
    })
    const failure = await untouched(new Linear(2, 2), data)
    expect(failure).toBeInstanceOf(IndexOutOfRangeError)
    expect(failure!.message).toMatch(/example 1 has the label 2 .+\n {2}expected: a class number from 0 to 1/)
  })

  test('the operation that made the first NaN is named, with its layer', async () => {
    class Root extends Module {
      forward(x: Tensor): Tensor {
        return x.sub(10).sqrt()
      }
    }
    const data = TensorDataset.fromArrays({ inputs: [[1], [2]], targets: [[1], [2]] })
    const model = new Sequential(new Linear(1, 1), new Root())
    const failure = await untouched(model, data, { loss: mseLoss })
    expect(failure).toBeInstanceOf(StateError)
    expect(failure!.message).toContain(
      'the loss in step 1 of epoch 1 is NaN; the first NaN was made by sqrt in 1 (Root)',
    )
    expect(failure!.message).toContain('the update was withheld')
  })

  test('a gradient that is not finite counts as well', async () => {
    class Root extends Module {
      forward(x: Tensor): Tensor {
        return x.mul(0).abs().sqrt()
      }
    }
    const data = TensorDataset.fromArrays({ inputs: [[1], [2]], targets: [[1], [2]] })
    const failure = await untouched(new Sequential(new Linear(1, 1), new Root()), data, { loss: mseLoss })
    expect(failure!.message).toMatch(/the gradient in step 1 of epoch 1 has length NaN; .+sqrt|mul|abs/)
  })

  test('guard: false lets them through', async () => {
    const inputs = { data: new Float32Array([NaN, 3]), shape: [1] }
    const data = new TensorDataset({ inputs, targets: { data: new Int32Array([0, 1]), shape: [] }, check: false })
    const model = new Linear(1, 2)
    await fit(model, data, { loss: crossEntropy, optimizer: new SGD(model), guard: false })
    expect((await weights(model))[0]).toEqual(new Float32Array([NaN, NaN]))
  })
})

test('a number outside the table of an Embedding is refused', async () => {
  const data = new TensorDataset({
    inputs: { data: new Int32Array([0, 1, 2, 5]), shape: [2] },
    targets: { data: new Int32Array([0, 1]), shape: [] },
  })
  const model = new Sequential(new Embedding(5, 3), new Flatten(), new Linear(6, 2))
  const training = fit(model, data, { loss: crossEntropy, optimizer: new SGD(model), shuffle: false })
  await expect(training).rejects.toThrow('example 1 holds the number 5')
})

test('clipping limits the step', async () => {
  const data = TensorDataset.fromArrays({ inputs: [[3], [3]], targets: [[100], [100]] })
  const run = async (options: Partial<FitOptions>): Promise<number[]> => {
    const model = new Linear(1, 1)
    model.loadStateDict({
      weight: { dtype: 'float32', shape: [1, 1], data: new Float32Array(1) },
      bias: { dtype: 'float32', shape: [1], data: new Float32Array(1) },
    })
    await fit(model, data, { loss: mseLoss, optimizer: new SGD(model, { learningRate: 1 }), ...options })
    return (await weights(model)).map(([value]) => value!)
  }
  // The gradient is (-600, -200).
  const [w, b] = await run({ clip: { norm: 10 } })
  expect(w).toBeCloseTo((10 * 3) / Math.sqrt(10), 4)
  expect(b).toBeCloseTo(10 / Math.sqrt(10), 4)
  expect(await run({ clip: { value: 5 } })).toEqual([5, 5])
})

test('a schedule per epoch sees the loss', async () => {
  const model = makeNetwork()
  const optimizer = new SGD(model, { learningRate: 1e-9 })
  const schedule = new ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5, threshold: 0.1, minLearningRate: 0 })
  optimizer.learningRate = 1
  model.requiresGrad(true)
  const rates: number[] = []
  await fit(model, xor, {
    loss: crossEntropy,
    optimizer,
    schedule,
    epochs: 6,
    validation: xor,
    onEvent: (event) => {
      if (event.type === 'epoch') rates.push(event.learningRate)
    },
  })
  expect(rates[0]).toBe(1)
  expect(rates.at(-1)!).toBeLessThan(1)
})

test('a model and its optimiser survive as bytes, exactly', async () => {
  const model = makeNetwork()
  const optimizer = new Adam(model, { learningRate: 0.01 })
  await fit(model, xor, { loss: crossEntropy, optimizer, epochs: 3 })
  const bytes = await exportState(model, optimizer)
  const [other] = [makeNetwork()]
  const restored = new Adam(other)
  await importState(bytes, other, restored)
  expect(await weights(other)).toEqual(await weights(model))
  expect(restored.learningRate).toBe(0.01)
  const more = { loss: crossEntropy, epochs: 2, shuffle: false, seed: 1 }
  manualSeed(5)
  await fit(model, xor, { ...more, optimizer })
  manualSeed(5)
  await fit(other, xor, { ...more, optimizer: restored })
  expect(await weights(other)).toEqual(await weights(model))
  await expect(importState(await exportState(model), other, restored)).rejects.toThrow('no state of an optimiser')
})

test('a stored state is that of the moment of the call, whatever happens while it is written', async () => {
  const model = makeNetwork()
  const before = await weights(model)
  const bytes = exportState(model)
  model.loadStateDict(new Map([...model.stateDict()].map(([name, tensor]) => [name, tensor.mul(2)])))
  const other = makeNetwork()
  await importState(await bytes, other)
  expect(await weights(other)).toEqual(before)
})

test('a checkpoint asked for at once is one of the start, not of the end', async () => {
  const model = makeNetwork()
  const before = await weights(model)
  const training = fit(model, xor, { loss: crossEntropy, optimizer: new Adam(model), epochs: 2 })
  const bytes = await training.checkpoint()
  await training
  const other = makeNetwork()
  await importState(bytes, other)
  expect(await weights(other)).toEqual(before)
})

describe('what makes no sense is refused', () => {
  const model = new Linear(2, 2)
  const optimizer = new SGD(model)
  const loss = crossEntropy
  test.each([
    ['unknown option', () => fit(model, xor, { loss, optimizer, epoch: 2 } as never), "there is no option 'epoch'"],
    ['epochs', () => fit(model, xor, { loss, optimizer, epochs: 0 }), 'epochs is 0'],
    ['batchSize', () => fit(model, xor, { loss, optimizer, batchSize: 0 }), 'fit: batchSize is 0'],
    ['model', () => fit({} as never, xor, { loss, optimizer }), 'fit: the model is'],
    ['data', () => fit(model, [] as never, { loss, optimizer }), 'fit: the data are'],
    ['loss', () => fit(model, xor, { loss: 'mse' as never, optimizer }), 'fit: the loss is mse'],
    ['optimizer', () => fit(model, xor, { loss, optimizer: undefined as never }), 'fit: the optimizer is undefined'],
    ['other model', () => fit(new Linear(2, 2), xor, { loss, optimizer }), 'the optimizer holds no parameter'],
    ['clip', () => fit(model, xor, { loss, optimizer, clip: { norm: -1 } }), 'clip is {"norm":-1}'],
    [
      'loader and batchSize',
      () => fit(model, new DataLoader(xor), { loss, optimizer, batchSize: 2 }),
      'together with a DataLoader',
    ],
  ])('%s', (_name, run, message) => {
    expect(run).toThrow(ArgumentError)
    expect(run).toThrow(message)
  })
})
