import { expect, test } from 'vitest'
import {
  Adam,
  ArgumentError,
  CosineAnnealingLR,
  ExponentialLR,
  LinearWarmup,
  OneCycleLR,
  parameter,
  ReduceLROnPlateau,
  type Scheduler,
  SGD,
  StepLR,
  tensor,
} from '../../src/index.ts'

const makeOptimizer = (learningRate = 1, momentum = 0): SGD =>
  new SGD([parameter(tensor([1]))], { learningRate, momentum })

function rates(schedule: Scheduler, steps: number): number[] {
  const found = [schedule.optimizer.groups[0]!.learningRate]
  for (let i = 0; i < steps; i++) {
    schedule.step()
    found.push(schedule.optimizer.groups[0]!.learningRate)
  }
  return found
}

const close = (actual: number[], expected: number[]): void => {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12)
}

test('StepLR falls every few epochs, ExponentialLR in each', () => {
  close(rates(new StepLR(makeOptimizer(), { stepSize: 2, gamma: 0.1 }), 5), [1, 1, 0.1, 0.1, 0.01, 0.01])
  close(rates(new ExponentialLR(makeOptimizer(2), { gamma: 0.5 }), 3), [2, 1, 0.5, 0.25])
})

test('CosineAnnealingLR goes down to its minimum', () => {
  const schedule = new CosineAnnealingLR(makeOptimizer(), { tMax: 4, minLearningRate: 0.2 })
  close(
    rates(schedule, 4),
    [0, 1, 2, 3, 4].map((t) => 0.2 + (0.8 * (1 + Math.cos((Math.PI * t) / 4))) / 2),
  )
})

test('LinearWarmup rises, and another schedule follows it', () => {
  const optimizer = makeOptimizer()
  const after = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 })
  close(rates(new LinearWarmup(optimizer, { steps: 2, startFactor: 0.5, after }), 4), [0.5, 0.75, 1, 0.5, 0.25])
})

test('OneCycleLR rises to the maximum and falls below the start; momentum moves the other way', () => {
  const optimizer = makeOptimizer(1, 0.9)
  const schedule = new OneCycleLR(optimizer, { maxLearningRate: 1, totalSteps: 10, annealStrategy: 'linear' })
  // Up in 3 - 1 steps, down in the 7 after.
  const down = Array.from({ length: 7 }, (_, i) => 1 + ((0.04 / 1e4 - 1) * (i + 1)) / 7)
  const momenta = [optimizer.groups[0]!.options.momentum]
  const found = [optimizer.learningRate]
  for (let i = 0; i < 9; i++) {
    schedule.step()
    found.push(optimizer.learningRate)
    momenta.push(optimizer.groups[0]!.options.momentum)
  }
  close(found, [0.04, 0.52, 1, ...down])
  close(momenta.slice(0, 3), [0.95, 0.9, 0.85])
  expect(momenta.at(-1)).toBeCloseTo(0.95, 12)
  const adam = new Adam([parameter(tensor([1]))])
  const cycled = new OneCycleLR(adam, { maxLearningRate: 1, totalSteps: 10 })
  cycled.step()
  cycled.step()
  expect(adam.groups[0]!.options.betas).toEqual([0.85, 0.999])
  expect(adam.learningRate).toBeCloseTo(1, 12)
})

test('ReduceLROnPlateau waits, falls, rests, and has a floor', () => {
  const optimizer = makeOptimizer()
  const schedule = new ReduceLROnPlateau(optimizer, { factor: 0.1, patience: 2, cooldown: 1, minLearningRate: 0.05 })
  const found = [5, 4, 4, 4, 4, 4, 4, 4, 4].map((loss) => {
    schedule.step(loss)
    return optimizer.learningRate
  })
  close(found, [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.05])
  const best = makeOptimizer()
  const rising = new ReduceLROnPlateau(best, { mode: 'max', patience: 0 })
  for (const accuracy of [0.5, 0.6, 0.7]) rising.step(accuracy)
  expect(best.learningRate).toBe(1)
  rising.step(0.7)
  expect(best.learningRate).toBeCloseTo(0.1, 12)
  expect(() => schedule.step()).toThrow('step got no metric')
})

test.each([
  ['StepLR', (optimizer: SGD) => new StepLR(optimizer, { stepSize: 2 })],
  ['OneCycleLR', (optimizer: SGD) => new OneCycleLR(optimizer, { maxLearningRate: 2, totalSteps: 20 })],
  ['LinearWarmup', (optimizer: SGD) => new LinearWarmup(optimizer, { steps: 7 })],
  ['ReduceLROnPlateau', (optimizer: SGD) => new ReduceLROnPlateau(optimizer, { patience: 1 })],
] as const)('%s continues from its stored state', (_name, make) => {
  const run = (schedule: Scheduler, from: number, to: number): void => {
    for (let i = from; i < to; i++) schedule.step(1)
  }
  const whole = makeOptimizer()
  run(make(whole), 0, 10)
  const first = makeOptimizer()
  const schedule = make(first)
  run(schedule, 0, 4)
  const state = JSON.parse(JSON.stringify(schedule.stateDict())) as ReturnType<Scheduler['stateDict']>
  const second = makeOptimizer()
  const continued = make(second)
  continued.loadStateDict(state)
  run(continued, 4, 10)
  expect(second.learningRate).toBe(whole.learningRate)
})

test.each([
  ['stepSize', () => new StepLR(makeOptimizer(), { stepSize: 0 }), 'stepSize is 0'],
  ['gamma', () => new ExponentialLR(makeOptimizer(), { gamma: -1 }), 'gamma is -1'],
  ['option', () => new StepLR(makeOptimizer(), { stepSize: 1, step: 1 } as never), "no option 'step'"],
  ['per', () => new StepLR(makeOptimizer(), { stepSize: 1, per: 'batch' as never }), "per is 'batch'"],
  [
    'momentum',
    () => new OneCycleLR(makeOptimizer(), { maxLearningRate: 1, totalSteps: 5, cycleMomentum: true }),
    'SGD without momentum',
  ],
  ['mode', () => new ReduceLROnPlateau(makeOptimizer(), { mode: 'best' as never }), "mode is 'best'"],
  [
    'state',
    () =>
      new StepLR(makeOptimizer(), { stepSize: 1 }).loadStateDict(
        new LinearWarmup(makeOptimizer(), { steps: 1 }).stateDict(),
      ),
    'the stored state is of LinearWarmup',
  ],
])('%s out of range is refused', (_name, make, message) => {
  expect(make).toThrow(ArgumentError)
  expect(make).toThrow(message)
})
