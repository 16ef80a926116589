/** Two networks against each other, on points in the plane. */
import { beforeEach, describe, expect, test } from 'vitest'
import {
  Adam,
  BatchNorm1d,
  compile,
  type GanLoss,
  type GanOptions,
  type GanStep,
  init,
  LeakyReLU,
  Linear,
  manualSeed,
  type Module,
  noGrad,
  randn,
  Sequential,
  SGD,
  StateError,
  Tanh,
  tensor,
  type Tensor,
  trace,
  trainGan,
} from '../../src/index.ts'
import { DataLoader, TensorDataset } from '../../src/data/index.ts'
import { RandomStream } from '../../src/math/index.ts'
import { GAN_LOSSES, gradientPenalty } from '../../src/train/gan-losses.ts'

beforeEach(async () => {
  await init()
  manualSeed(1)
})

/** Points around (1, -0.5), with deviations 0.5 and 0.2. */
function cloud(count: number): TensorDataset {
  const stream = new RandomStream(8, 'cloud')
  const inputs = Array.from({ length: count }, () => [1 + 0.5 * stream.normal(), -0.5 + 0.2 * stream.normal()])
  return TensorDataset.fromArrays({ inputs, targets: inputs.map(() => [0]) })
}

const makeGenerator = () => new Sequential(new Linear(2, 2))

function players(rate = 0.01) {
  const generator = makeGenerator()
  const discriminator = new Sequential(new Linear(2, 16), new LeakyReLU({ negativeSlope: 0.2 }), new Linear(16, 1))
  const options = { learningRate: rate, betas: [0.5, 0.9] } as const
  const generatorOptimizer = new Adam(generator, options)
  const discriminatorOptimizer = new Adam(discriminator, options)
  return { generator, discriminator, generatorOptimizer, discriminatorOptimizer }
}

const weights = async (model: Module): Promise<Float32Array[]> =>
  Promise.all([...model.stateDict().values()].map((value) => value.data() as Promise<Float32Array>))

describe('learns where points lie, and how far they scatter', () => {
  test.each([
    ['nonSaturating', {}],
    ['leastSquares', {}],
    ['hinge', {}],
    ['wasserstein', { discriminatorSteps: 3, epochs: 180 }],
    ['nonSaturating', { gradientPenalty: 1 }],
  ] as [GanLoss, Partial<GanOptions>][])('%s %j', async (loss, options) => {
    const pair = players()
    const average = makeGenerator()
    const { steps, history } = await trainGan(pair, cloud(640), {
      loss,
      latentShape: [2],
      epochs: 60,
      average: { model: average, decay: 0.98 },
      ...options,
    })
    // 600 steps of the generator in each case.
    expect(steps).toBe(600)
    expect(history.length).toBe(options.epochs ?? 60)
    const points = (await noGrad(() => average.forward(randn([2000, 2]))).toArray()) as [number, number][]
    const statistics = [0, 1].map((axis) => {
      const values = points.map((point) => point[axis]!)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
      return { mean, deviation: Math.sqrt(squares / values.length) }
    })
    const [across, up] = statistics as [(typeof statistics)[0], (typeof statistics)[0]]
    expect(Math.abs(across.mean - 1)).toBeLessThan(0.2)
    expect(Math.abs(up.mean + 0.5)).toBeLessThan(0.2)
    expect(Math.abs(across.deviation - 0.5)).toBeLessThan(0.25)
    expect(Math.abs(up.deviation - 0.2)).toBeLessThan(0.2)
  })
})

test('the losses are those of their papers', async () => {
  const real = tensor([2, -1])
  const made = tensor([0.5, -3])
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
  const expected: Record<GanLoss, [number, number]> = {
    nonSaturating: [
      -(Math.log(sigmoid(2)) + Math.log(sigmoid(-1))) / 2 - (Math.log(sigmoid(-0.5)) + Math.log(sigmoid(3))) / 2,
      -(Math.log(sigmoid(0.5)) + Math.log(sigmoid(-3))) / 2,
    ],
    leastSquares: [(1 + 4) / 4 + (0.25 + 9) / 4, (0.25 + 16) / 4],
    hinge: [(0 + 2) / 2 + (1.5 + 0) / 2, 2.5 / 2],
    wasserstein: [-2.5 / 2 - 1 / 2, 2.5 / 2],
  }
  for (const [name, [discriminator, generator]] of Object.entries(expected) as [GanLoss, [number, number]][]) {
    const losses = GAN_LOSSES[name]
    expect(await losses.discriminator(real, made).item()).toBeCloseTo(discriminator, 5)
    expect(await losses.generator(made).item()).toBeCloseTo(generator, 5)
  }
})

describe('the gradient penalty', () => {
  const [real, made] = [
    tensor([
      [0.5, 1],
      [-1, 2],
      [0.25, 0],
    ]),
    tensor([
      [1, -1],
      [0, 0.5],
      [2, 1],
    ]),
  ]
  const mix = tensor([[0.25], [0.5], [1]])

  test('of a linear critic is (|w| - 1)^2, wherever it is measured', async () => {
    const w = tensor([[3], [4]])
    const value = gradientPenalty((x) => x.matmul(w), real, made, mix)
    expect(await value.item()).toBeCloseTo(16, 5)
  })

  test('of a critic that does not look at its input is 1', async () => {
    const constant = tensor([1], { requiresGrad: true })
    expect(await gradientPenalty(() => constant.mul(3), real, made, mix).item()).toBe(1)
  })

  test('has second derivatives that agree with central differences in float64', async () => {
    const critic = new Sequential(new Linear(2, 5), new Tanh(), new Linear(5, 4), new Tanh(), new Linear(4, 1))
    // Multiples of 1/64, to which steps of 2^-10 can be added exactly.
    for (const [name, value] of critic.stateDict()) {
      const data = Float32Array.from(await value.data(), (x) => Math.round(64 * x) / 64)
      critic.loadStateDict({ [name]: { dtype: 'float32', shape: value.shape, data } }, { strict: false })
    }
    const run = () => trace(() => gradientPenalty((x) => critic.forward(x), real, made, mix))
    const pass = await run()
    let compared = 0
    for (const [name, parameter] of critic.namedParameters()) {
      const start = await parameter.data()
      const gradient = pass.of(parameter)?.gradient
      for (const element of start.keys()) {
        const at = async (steps: number): Promise<number> => {
          const data = Float32Array.from(start)
          data[element]! += steps / 1024
          critic.loadStateDict({ [name]: { dtype: 'float32', shape: parameter.shape, data } }, { strict: false })
          return (await run()).output.value[0]!
        }
        const numeric = ((8 * ((await at(1)) - (await at(-1))) - ((await at(2)) - (await at(-2)))) / 12) * 1024
        await at(0)
        const analytic = gradient?.[element] ?? 0
        expect(Math.abs(analytic - numeric), `${name}[${element}]`).toBeLessThan(1e-7 + 1e-5 * Math.abs(numeric))
        compared += Number(Math.abs(numeric) > 1e-4)
      }
    }
    expect(compared).toBeGreaterThan(20)
  })

  test('inside compile gives the same gradients as outside', async () => {
    const critic = new Sequential(new Linear(2, 5), new Tanh(), new Linear(5, 1))
    const loss = (): Tensor => gradientPenalty((x) => critic.forward(x), real, made, mix)
    const eager = loss()
    eager.backward()
    const gradients: (ArrayLike<number> | undefined)[] = []
    for (const parameter of critic.parameters()) gradients.push(await parameter.grad?.data())
    critic.zeroGrad()
    const step = compile(
      () => {
        const value = loss()
        value.backward()
        return value
      },
      { keepGradients: true },
    )
    expect(await step().item()).toBeCloseTo(await eager.item(), 6)
    for (const [i, parameter] of critic.parameters().entries()) {
      const found = await parameter.grad?.data()
      for (const [k, value] of Array.from(gradients[i] ?? []).entries()) expect(found![k]).toBeCloseTo(value, 5)
    }
  })
})

test('each step moves one player: k steps of the discriminator for one of the generator', async () => {
  const pair = players()
  const told: GanStep[] = []
  const before = await weights(pair.generator)
  // Ten batches in an epoch: nine make three steps; the tenth counts for the next epoch.
  const options = { latentShape: [2], discriminatorSteps: 3, epochs: 2 }
  const { steps } = await trainGan(pair, cloud(640), { ...options, onStep: (step) => void told.push(step) })
  expect(steps).toBe(6)
  expect(told.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 4],
    [2, 5],
    [2, 6],
  ])
  expect(await weights(pair.generator)).not.toEqual(before)
  const counts = (optimizer: Adam): number[] => optimizer.stateDict().groups[0]!.parameters.map((own) => own.steps)
  expect(counts(pair.generatorOptimizer)).toEqual([6, 6])
  expect(counts(pair.discriminatorOptimizer)).toEqual([20, 20, 20, 20])
})

test('the average follows weights, and has the running statistics of the generator', async () => {
  const make = () => new Sequential(new Linear(2, 2), new BatchNorm1d(2))
  const [generator, model] = [make(), make()]
  const { discriminator, discriminatorOptimizer } = players()
  const generatorOptimizer = new SGD(generator, { learningRate: 0.1 })
  const start = (await weights(generator))[0]!.slice()
  const pair = { generator, discriminator, generatorOptimizer, discriminatorOptimizer }
  await trainGan(pair, cloud(64), { latentShape: [2], average: { model, decay: 0.75 } })
  const [end] = await weights(generator)
  const [mean] = await weights(model)
  for (const [i, value] of mean!.entries()) expect(value).toBeCloseTo(0.75 * start[i]! + 0.25 * end![i]!, 6)
  expect(await weights(model).then((all) => all.slice(4))).toEqual((await weights(generator)).slice(4))
})

test('the same seed gives the same bits', async () => {
  const run = async (): Promise<Float32Array[]> => {
    manualSeed(3)
    const pair = players()
    await trainGan(pair, cloud(256), { latentShape: [2], loss: 'wasserstein', epochs: 3 })
    return weights(pair.generator)
  }
  expect(await run()).toEqual(await run())
})

test('stops when it is asked to', async () => {
  const options = { latentShape: [2], epochs: 5 }
  const first = await trainGan(players(), cloud(640), { ...options, onStep: ({ step }) => step < 4 })
  expect([first.steps, first.stopped]).toEqual([4, true])
  const later = await trainGan(players(), cloud(640), { ...options, onStep: async ({ step }) => step < 3 })
  expect(later.steps).toBe(3)
  const controller = new AbortController()
  const onStep = ({ step }: GanStep): void => {
    if (step === 2) controller.abort()
  }
  expect((await trainGan(players(), cloud(640), { ...options, onStep, signal: controller.signal })).steps).toBe(2)
})

test('what makes no sense is refused', async () => {
  const pair = players()
  const data = cloud(128)
  const run = (options: object, own: object = {}): Promise<unknown> =>
    trainGan({ ...pair, ...own }, data, { latentShape: [2], ...options })
  await expect(run({ loss: 'minimax' })).rejects.toThrow("the loss is 'minimax'")
  await expect(run({ latentShape: 2 })).rejects.toThrow('latentShape is 2')
  await expect(run({ discriminatorSteps: 0 })).rejects.toThrow('discriminatorSteps is 0')
  await expect(run({ step: 3 })).rejects.toThrow("there is no option 'step'")
  await expect(run({ average: { model: new Linear(2, 3) } })).rejects.toThrow('the loaded names are not those')
  await expect(run({ average: { model: makeGenerator(), decay: 2 } })).rejects.toThrow('average.decay is 2')
  await expect(run({}, { generator: undefined })).rejects.toThrow('the generator is undefined')
  const swapped = { generatorOptimizer: pair.discriminatorOptimizer }
  await expect(run({}, swapped)).rejects.toThrow('an optimiser moves the other player')
  const pairs = { discriminator: new Linear(2, 2) }
  const own = { ...pairs, discriminatorOptimizer: new SGD(pairs.discriminator) }
  await expect(run({}, own)).rejects.toThrow('expected: one number for each of 64 examples')
  const wide = new Linear(2, 3)
  await expect(run({}, { generator: wide, generatorOptimizer: new SGD(wide) })).rejects.toThrow(
    'the generator makes [3]',
  )
  const loader = trainGan(pair, new DataLoader(data), { latentShape: [2], batchSize: 3 })
  await expect(loader).rejects.toThrow('together with a DataLoader')
})

test('a loss that is not finite ends the training before anything moves', async () => {
  const inputs = { data: new Float32Array([1, 2, NaN, 4]), shape: [2] }
  const targets = { data: new Int32Array([0, 1]), shape: [] }
  const data = new TensorDataset({ inputs, targets, check: false })
  const pair = players()
  const before = [await weights(pair.generator), await weights(pair.discriminator)]
  await expect(trainGan(pair, data, { latentShape: [2], batchSize: 2 })).rejects.toThrow(StateError)
  expect([await weights(pair.generator), await weights(pair.discriminator)]).toEqual(before)
  expect(pair.discriminatorOptimizer.stateDict().groups[0]!.parameters.map(({ steps }) => steps)).toEqual([0, 0, 0, 0])
})
