import { expect, test } from 'vitest'
import {
  Adam,
  AdamW,
  compile,
  CosineAnnealingLR,
  ExponentialLR,
  init,
  LinearWarmup,
  OneCycleLR,
  type Optimizer,
  parameter,
  ReduceLROnPlateau,
  RMSprop,
  type Scheduler,
  SGD,
  StepLR,
  tensor,
  type Tensor,
} from '../../src/index.ts'
import { mismatch } from '../support/closeness.ts'
import { readFixture } from '../support/operation-fixtures.ts'

interface OptimizerCase {
  readonly optimizer: string
  readonly options: Readonly<Record<string, unknown>>
  readonly start: readonly number[]
  readonly gradients: readonly (readonly number[])[]
  readonly values: readonly (readonly number[])[]
}

interface ScheduleCase {
  readonly schedule: string
  readonly learningRate: number
  readonly options: Readonly<Record<string, unknown>>
  readonly rates: readonly number[]
  readonly metrics?: readonly number[]
}

// PyTorch's names as they are here, where it is more than the spelling.
const NAMES: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  min_lr: 'minLearningRate',
  max_lr: 'maxLearningRate',
  eta_min: 'minLearningRate',
  T_max: 'tMax',
  total_iters: 'steps',
}

function renamed(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [NAMES[name] ?? camel(name), value]))
}

const OPTIMIZERS = { SGD, Adam, AdamW, RMSprop }
const describeCase = (name: string, options: object): string => `${name} ${JSON.stringify(options)}`

const optimizerCases = readFixture<OptimizerCase[]>('training/optimisers.json')
test.each(optimizerCases.map((each) => [describeCase(each.optimizer, each.options), each] as const))(
  '%s',
  async (_name, { optimizer, options, start, gradients, values }) => {
    await init()
    const w = parameter(tensor([...start]))
    const make = OPTIMIZERS[optimizer as keyof typeof OPTIMIZERS] as unknown as new (
      parameters: Tensor[],
      options: object,
    ) => Optimizer
    const made = new make([w], renamed(options))
    const step = compile((gradient: Tensor) => {
      made.zeroGrad()
      w.mul(gradient).sum().backward()
      made.step()
    })
    for (const [i, gradient] of gradients.entries()) {
      step(tensor([...gradient]))
      const found = mismatch(`step ${i + 1}`, await w.data(), values[i]!, { relative: 2e-6, absolute: 2e-6 })
      expect(found).toBe('')
    }
    expect(gradients.length).toBeGreaterThan(5)
  },
)

const SCHEDULES = {
  StepLR,
  ExponentialLR,
  CosineAnnealingLR,
  OneCycleLR,
  ReduceLROnPlateau,
  LinearLR: LinearWarmup,
}

const scheduleCases = readFixture<ScheduleCase[]>('training/schedules.json')
test.each(scheduleCases.map((each) => [describeCase(each.schedule, each.options), each] as const))(
  '%s',
  (_name, { schedule, learningRate, options, rates, metrics }) => {
    const optimizer = new SGD([parameter(tensor([0]))], { learningRate })
    const make = SCHEDULES[schedule as keyof typeof SCHEDULES] as unknown as new (
      optimizer: SGD,
      options: object,
    ) => Scheduler
    const defaults = schedule === 'LinearLR' ? { steps: 5 } : {}
    const made = new make(optimizer, { ...defaults, ...renamed(options) })
    const found = rates.map((_, i) => {
      const rate = optimizer.learningRate
      made.step(metrics?.[i])
      return rate
    })
    expect(mismatch('rates', found, rates, { relative: 1e-9, absolute: 1e-15 })).toBe('')
  },
)

test('every optimiser and schedule has cases', () => {
  expect(new Set(optimizerCases.map(({ optimizer }) => optimizer))).toEqual(new Set(Object.keys(OPTIMIZERS)))
  expect(new Set(scheduleCases.map(({ schedule }) => schedule))).toEqual(new Set(Object.keys(SCHEDULES)))
})
