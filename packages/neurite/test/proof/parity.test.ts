/** Training with modules, losses and optimisers as users write it, against PyTorch's losses of every step. */
import { afterEach, describe, expect, test } from 'vitest'
import {
  Adam,
  binaryCrossEntropyWithLogits,
  compile,
  crossEntropy,
  type Device,
  init,
  Linear,
  type Module,
  type Optimizer,
  ReLU,
  Sequential,
  SGD,
  Tanh,
  tensor,
  type Tensor,
} from '../../src/index.ts'
import { makeT2Data, readT1, readT2, type TrainingFixture } from '../support/training-fixtures.ts'

afterEach(() => init({}))

interface Run {
  readonly fixture: TrainingFixture
  readonly model: Module
  readonly optimizer: Pick<Optimizer, 'zeroGrad' | 'step'>
  readonly loss: (output: Tensor, targets: Tensor) => Tensor
  readonly batches: readonly (readonly [inputs: Tensor, targets: Tensor])[]
}

/** Weights as PyTorch stores them, [out, in]; `linears` are the places of the linear layers in the chain. */
function load(
  model: Module,
  linears: readonly number[],
  weights: readonly Float32Array[],
  biases: readonly Float32Array[],
): void {
  const entries = linears.flatMap((place, i) => {
    const [bias, weight] = [biases[i]!, weights[i]!]
    return [
      [`${place}.weight`, tensor(weight, { shape: [bias.length, weight.length / bias.length] })],
      [`${place}.bias`, tensor(bias)],
    ] as const
  })
  model.loadStateDict(Object.fromEntries(entries))
}

function t1(): Run {
  const fixture = readT1()
  const model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 8), new Tanh(), new Linear(8, 1))
  const weights = fixture.weights.map((rows) => Float32Array.from(rows.flat()))
  load(
    model,
    [0, 2, 4],
    weights,
    fixture.biases.map((values) => Float32Array.from(values)),
  )
  return {
    fixture,
    model,
    optimizer: new SGD(model, { learningRate: fixture.learningRate }),
    loss: (output, targets) => binaryCrossEntropyWithLogits(output, targets),
    batches: fixture.batches.map(({ inputs, targets }) => [
      tensor(inputs as number[][]),
      tensor(targets as number[][]),
    ]),
  }
}

function t2(): Run {
  const fixture = readT2()
  const { weights, batches } = makeT2Data(fixture)
  const model = new Sequential(new Linear(784, 512), new ReLU(), new Linear(512, 256), new ReLU(), new Linear(256, 10))
  load(
    model,
    [0, 2, 4],
    weights,
    fixture.sizes.slice(1).map((size) => new Float32Array(size)),
  )
  return {
    fixture,
    model,
    optimizer: new Adam(model),
    loss: (output, targets) => crossEntropy(output, targets),
    batches: batches.map(({ inputs, targets }) => [tensor(inputs, { shape: [128, 784] }), tensor(targets)]),
  }
}

/** Trains and gives the loss of each step before its update. */
async function train(
  { model, optimizer, loss, batches }: Run,
  steps: number,
  way: 'compiled' | 'eager',
): Promise<number[]> {
  const move = (inputs: Tensor, targets: Tensor): Tensor => {
    const value = loss(model.forward(inputs as never) as Tensor, targets)
    optimizer.zeroGrad()
    value.backward()
    optimizer.step()
    return value
  }
  const step = way === 'compiled' ? compile(move) : move
  const losses: number[] = []
  for (let i = 0; i < steps; i++) losses.push(await step(...batches[i % batches.length]!).item())
  return losses
}

function expectLosses(losses: readonly number[], { float64, tolerances }: TrainingFixture): void {
  const wrong = losses.flatMap((loss, step) =>
    Math.abs(loss - float64[step]!) <= tolerances[step]! ? [] : [`step ${step}: ${loss} instead of ${float64[step]!}`],
  )
  expect(wrong).toEqual([])
}

function expectNear(values: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(values.length).toBe(expected.length)
  expect(Math.max(...expected.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThanOrEqual(tolerance)
}

describe('follows PyTorch', () => {
  test.each<[Device, 'compiled' | 'eager']>([
    ['wasm', 'compiled'],
    ['wasm', 'eager'],
    ['reference', 'compiled'],
  ])('T1 for 100 steps on %s, %s', async (device, way) => {
    await init({ device })
    const run = t1()
    const losses = await train(run, run.fixture.steps, way)
    expect(losses.length).toBe(100)
    expectLosses(losses, run.fixture)
    const { end, endTolerance } = readT1()
    const parameters = run.model.parameters()
    expect(parameters.length).toBe(end.length)
    for (const [i, parameter] of parameters.entries()) expectNear(await parameter.data(), end[i]!, endTolerance)
  })

  test('T2 for 100 steps on wasm', async () => {
    const run = t2()
    const losses = await train(run, run.fixture.steps, 'compiled')
    expect(losses.length).toBe(100)
    expectLosses(losses, run.fixture)
    const { endBias, endTolerance } = readT2()
    expectNear(await run.model.parameters().at(-1)!.data(), endBias, endTolerance)
  })

  // In float64 and plain loops a step takes a second.
  test('T2 for 3 steps on reference', async () => {
    await init({ device: 'reference' })
    const run = t2()
    expectLosses(await train(run, 3, 'compiled'), run.fixture)
  })
})
