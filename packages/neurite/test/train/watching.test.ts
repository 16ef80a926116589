/** Early stopping, checkpoints of the best and the last epoch, gradient accumulation, callbacks. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  Adam,
  BatchNorm1d,
  crossEntropy,
  Dropout,
  type EpochRecord,
  fit,
  type FitOptions,
  init,
  Linear,
  manualSeed,
  type Module,
  mseLoss,
  type Network,
  Sequential,
  SGD,
  StepLR,
  Tanh,
  tensor,
  type TrainingEvent,
} from '../../src/index.ts'
import { DataLoader, TensorDataset } from '../../src/data/index.ts'
import { RandomStream } from '../../src/math/index.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

function bands(count: number, name = 'bands'): TensorDataset {
  const stream = new RandomStream(3, name)
  const inputs = Array.from({ length: count }, () => [stream.uniform(-1, 1), stream.uniform(-1, 1)])
  return TensorDataset.fromArrays({ inputs, labels: inputs.map(([a, b]) => Number(a! + b! > 0)) })
}

const weights = async (model: Module): Promise<Float32Array[]> =>
  Promise.all([...model.stateDict().values()].map((value) => value.data() as Promise<Float32Array>))

/** A model whose validation loss falls, then rises: the weight w grows by 1 in each epoch, the best value is 3. */
function rising(best = 3) {
  const model = new Linear(1, 1, { bias: false })
  model.loadStateDict({ weight: tensor([[0]]) })
  const data = TensorDataset.fromArrays({ inputs: [[1]], targets: [[1000]] })
  const validation = TensorDataset.fromArrays({ inputs: [[1]], targets: [[best]] })
  // The gradient of -output is -1 everywhere.
  const loss: FitOptions['loss'] = (output, target) =>
    target.shape[0] === 1 && model.training ? output.mul(-1).sum() : mseLoss(output, target)
  const options = { loss, optimizer: new SGD(model, { learningRate: 1 }), epochs: 20, validation }
  return { model, data, options }
}

describe('early stopping', () => {
  test('ends after `patience` epochs without a better one, and puts the best weights back', async () => {
    const { model, data, options } = rising()
    const reasons: string[] = []
    const result = await fit(model, data, {
      ...options,
      earlyStopping: { patience: 4 },
      onEvent: (event) => {
        if (event.type === 'stopped') reasons.push(event.reason)
      },
    })
    // Validation losses 4, 1, 0, 1, 4, 9, 16: the third epoch is the best, four more follow.
    expect(result.history.map(({ validation }) => validation!.loss)).toEqual([4, 1, 0, 1, 4, 9, 16])
    expect([result.stopped, result.best?.epoch, result.validation?.loss, reasons]).toEqual([
      true,
      3,
      0,
      ['earlyStopping'],
    ])
    expect(await model.weight.item()).toBe(3)
  })

  test('restoreBest: false keeps the last weights', async () => {
    const { model, data, options } = rising()
    await fit(model, data, { ...options, earlyStopping: { patience: 2, restoreBest: false } })
    expect(await model.weight.item()).toBe(5)
  })

  test('what is better by less than minDelta is not better', async () => {
    const { model, data, options } = rising(6)
    // 25, 16, 9, 4, 1, 0, 1, 4: 4 is better than 9 by no more than 5, 1 is; then three epochs are not.
    const { best, history } = await fit(model, data, { ...options, earlyStopping: { patience: 3, minDelta: 5 } })
    expect([best?.epoch, history.length]).toEqual([5, 8])
  })

  test('puts the best weights back when all epochs have passed, too, but not after stop()', async () => {
    const all = rising()
    const done = await fit(all.model, all.data, { ...all.options, epochs: 5, earlyStopping: { patience: 10 } })
    expect([done.stopped, await all.model.weight.item()]).toEqual([false, 3])
    const halted = rising()
    await fit(halted.model, halted.data, {
      ...halted.options,
      earlyStopping: { patience: 10 },
      onEvent: (event) => event.type !== 'epoch' || event.epoch < 5,
    })
    expect(await halted.model.weight.item()).toBe(5)
  })

  test('watches any metric, rising or falling', async () => {
    const run = async (monitor: string, mode?: 'min' | 'max'): Promise<number | undefined> => {
      const { model, data, options } = rising()
      const metrics = ['meanAbsoluteError'] as const
      const watch = mode === undefined ? { monitor } : { monitor, mode }
      const { best } = await fit(model, data, {
        ...options,
        epochs: 6,
        metrics,
        earlyStopping: { ...watch, patience: 9 },
      })
      return best?.epoch
    }
    expect(await run('validation.meanAbsoluteError')).toBe(3)
    expect(await run('validation.meanAbsoluteError', 'max')).toBe(6)
    await expect(run('validation.accuracy')).rejects.toThrow(
      /no number 'validation\.accuracy' to watch\n {2}expected: loss, meanAbsoluteError, validation\.loss, validation\.mean/,
    )
  })

  test('values that make no sense are refused', async () => {
    const run = (earlyStopping: object): Promise<unknown> => {
      const { model, data, options } = rising()
      return fit(model, data, { ...options, earlyStopping }).then()
    }
    await expect(run({ patience: 0 })).rejects.toThrow('fit: earlyStopping: patience is 0')
    await expect(run({ patiense: 3 })).rejects.toThrow("there is no option 'patiense'")
    await expect(run({ mode: 'up' })).rejects.toThrow("mode is 'up'")
    await expect(run({ minDelta: -1 })).rejects.toThrow('minDelta is -1')
  })
})

describe('checkpoints', () => {
  test('the last after each epoch, the best after each better one', async () => {
    const { model, data, options } = rising()
    const [last, best]: [(number | undefined)[], number[]] = [[], []]
    await fit(model, data, {
      ...options,
      epochs: 5,
      checkpoints: {
        last: (_bytes, record) => last.push(record?.epoch),
        best: async (_bytes, record) => {
          await Promise.resolve()
          best.push(record!.epoch)
        },
      },
    })
    expect([last, best]).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3],
    ])
  })

  test('a training that is stopped in the middle of an epoch hands out a last one, which goes on exactly', async () => {
    const make = () => {
      manualSeed(4)
      const model = new Sequential(new Linear(2, 8), new Tanh(), new Dropout(0.25), new Linear(8, 2))
      return { model, options: { loss: crossEntropy, optimizer: new Adam(model), epochs: 3, batchSize: 5 } }
    }
    const whole = make()
    await fit(whole.model, bands(22), whole.options)
    const half = make()
    let bytes: Uint8Array | undefined
    const checkpoints = { last: (given: Uint8Array) => void (bytes = given) }
    await fit(half.model, bands(22), {
      ...half.options,
      checkpoints,
      callbacks: [(event) => event.type !== 'step' || event.step < 7],
    })
    const rest = make()
    await fit(rest.model, bands(22), { ...rest.options, resumeFrom: bytes! })
    expect(await weights(rest.model)).toEqual(await weights(whole.model))
  })
})

describe('exact resume', () => {
  const make = (model: Network) => ({
    loss: crossEntropy,
    optimizer: new Adam(model, { learningRate: 0.3 }),
    epochs: 30,
    batchSize: 4,
    seed: 9,
    validation: bands(40, 'others'),
    metrics: ['accuracy', 'f1', 'rocAuc'] as const,
    earlyStopping: { patience: 3 },
    accumulate: 3,
  })
  const network = (): Network => {
    manualSeed(5)
    return new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Tanh(), new Dropout(0.5), new Linear(8, 2))
  }
  const numbers = (history: readonly EpochRecord[]): unknown =>
    history.map(({ loss, metrics, validation }) => [loss, metrics, validation])

  // Batches of 4 from 30 examples: eight batches, three steps in each epoch.
  test.each([1, 2, 3, 5, 10])(
    'after %i steps, with early stopping, accumulation and gathered metrics',
    async (steps) => {
      const whole = network()
      const full = await fit(whole, bands(30), make(whole))
      expect(full.steps).toBe(3 * full.history.length)
      const first = network()
      const part = await fit(first, bands(30), {
        ...make(first),
        onEvent: (event) => event.type !== 'step' || event.step < steps,
      })
      expect(part.steps).toBe(steps)
      // Before the next network sets the seed: a checkpoint holds the random state of its moment.
      const resumeFrom = await part.checkpoint()
      const second = network()
      const rest = await fit(second, bands(30), { ...make(second), resumeFrom })
      expect(numbers(rest.history)).toEqual(numbers(full.history))
      expect(await weights(second)).toEqual(await weights(whole))
      expect(rest.best?.epoch).toBe(full.best?.epoch)
    },
  )

  test('a training that ended by itself goes on from its end when it gets more patience', async () => {
    const whole = network()
    const patient = { earlyStopping: { patience: 8 } }
    const full = await fit(whole, bands(30), { ...make(whole), ...patient })
    const first = network()
    const part = await fit(first, bands(30), make(first))
    expect(part.history.length).toBeLessThan(full.history.length)
    const resumeFrom = await part.checkpoint()
    const second = network()
    const rest = await fit(second, bands(30), { ...make(second), ...patient, resumeFrom })
    expect(numbers(rest.history)).toEqual(numbers(full.history))
    expect(await weights(second)).toEqual(await weights(whole))
    // With the patience it had, there is nothing left to do.
    const third = network()
    expect((await fit(third, bands(30), { ...make(third), resumeFrom })).history.length).toBe(part.history.length)
    expect(await weights(third)).toEqual(await weights(first))
  })

  test('another accumulation is refused', async () => {
    const model = network()
    const part = await fit(model, bands(30), { ...make(model), epochs: 1 })
    const resumeFrom = await part.checkpoint()
    await expect(fit(model, bands(30), { ...make(model), accumulate: 2, resumeFrom })).rejects.toThrow(
      'made with accumulate 3, now it is 2',
    )
  })
})

describe('gradient accumulation', () => {
  const make = () => {
    manualSeed(2)
    const model = new Sequential(new Linear(2, 6), new Tanh(), new Linear(6, 2))
    return { model, optimizer: new SGD(model, { learningRate: 0.5, momentum: 0.9 }) }
  }
  const close = async (a: Module, b: Module): Promise<void> => {
    const [left, right] = [await weights(a), await weights(b)]
    for (const [i, values] of left.entries()) {
      for (const [k, value] of values.entries()) expect(value).toBeCloseTo(right[i]![k]!, 5)
    }
  }

  test.each([{}, { clip: { norm: 0.05 } }, { clip: { value: 0.01 } }, { guard: false }] as Partial<FitOptions>[])(
    'small batches do what one large batch does, uneven ones at the end included: %j',
    async (options) => {
      // 22 examples: batches of 4, 4, 4 | 4, 4, 2 beside 12 | 10.
      const [large, small] = [make(), make()]
      const common = { loss: crossEntropy, epochs: 3, shuffle: false, ...options }
      const whole = await fit(large.model, bands(22), { ...common, optimizer: large.optimizer, batchSize: 12 })
      const optimizer = small.optimizer
      const parts = await fit(small.model, bands(22), { ...common, optimizer, batchSize: 4, accumulate: 3 })
      await close(small.model, large.model)
      expect(parts.steps).toBe(whole.steps)
      for (const [i, { loss, accuracy }] of parts.history.entries()) {
        expect(loss).toBeCloseTo(whole.history[i]!.loss, 5)
        expect(accuracy).toBeCloseTo(whole.history[i]!.accuracy!, 6)
      }
    },
  )

  test('events and schedules count steps of the optimiser', async () => {
    const { model, optimizer } = make()
    const events: TrainingEvent[] = []
    const schedule = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 })
    await fit(model, new DataLoader(bands(22), { batchSize: 4 }), {
      loss: crossEntropy,
      optimizer,
      schedule,
      epochs: 2,
      accumulate: 3,
      onEvent: (event) => void events.push(event),
    })
    const steps = events.filter((event) => event.type === 'step')
    expect(steps.map(({ step, stepInEpoch, stepsPerEpoch }) => [step, stepInEpoch, stepsPerEpoch])).toEqual([
      [1, 1, 2],
      [2, 2, 2],
      [3, 1, 2],
      [4, 2, 2],
    ])
  })

  test('a bad batch in the middle of a step leaves model and optimiser as they were', async () => {
    const { model, optimizer } = make()
    const inputs = { data: new Float32Array([1, 2, 3, 4, NaN, 5]), shape: [2] }
    const data = new TensorDataset({ inputs, targets: { data: new Int32Array([0, 1, 0]), shape: [] }, check: false })
    await fit(model, bands(4), { loss: crossEntropy, optimizer })
    const before = await weights(model)
    const run = fit(model, data, { loss: crossEntropy, optimizer, batchSize: 2, accumulate: 4, shuffle: false })
    await expect(run).rejects.toThrow('the inputs of example 2 hold NaN')
    expect(await weights(model)).toEqual(before)
    const [group] = optimizer.stateDict().groups
    expect(group!.parameters.map(({ steps }) => steps)).toEqual([1, 1, 1, 1])
  })
})

test('a step that is withheld leaves running statistics alone as well', async () => {
  const model = new Sequential(new BatchNorm1d(2), new Linear(2, 2))
  const optimizer = new SGD(model)
  await fit(model, bands(8), { loss: crossEntropy, optimizer })
  const before = await weights(model)
  const inputs = { data: new Float32Array([1, 2, NaN, 4]), shape: [2] }
  const data = new TensorDataset({ inputs, targets: { data: new Int32Array([0, 1]), shape: [] }, check: false })
  await expect(fit(model, data, { loss: crossEntropy, optimizer })).rejects.toThrow('hold NaN')
  expect(await weights(model)).toEqual(before)
})

test('all callbacks hear all events and the training itself; each may stop it', async () => {
  const { model, data, options } = rising()
  const heard: string[] = []
  const checkpoints: Promise<Uint8Array>[] = []
  const { steps } = await fit(model, data, {
    ...options,
    onEvent: ({ type }) => void heard.push(type),
    callbacks: [
      ({ type }, training) => {
        if (type === 'epoch') checkpoints.push(training.checkpoint())
      },
      async (event) => event.type !== 'epoch' || event.epoch < 2,
      ({ type }) => void heard.push(type),
    ],
  })
  expect(steps).toBe(2)
  expect((await Promise.all(checkpoints)).length).toBe(2)
  expect(heard.filter((type) => type === 'epoch').length).toBe(4)
})
