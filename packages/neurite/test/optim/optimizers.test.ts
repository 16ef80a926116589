import { beforeEach, describe, expect, test } from 'vitest'
import {
  Adam,
  AdamW,
  ArgumentError,
  compile,
  init,
  Linear,
  type Optimizer,
  parameter,
  RMSprop,
  SGD,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'

beforeEach(() => init())

/** Moves one number with the gradients `g[0], g[1], ...` and gives its values after each step. */
async function course(make: (w: Tensor) => Optimizer<never>, start: number, gradients: number[], compiled: boolean) {
  const w = parameter(tensor([start]))
  const optimizer = make(w)
  const move = (g: Tensor): void => {
    optimizer.zeroGrad()
    w.mul(g).sum().backward()
    optimizer.step()
  }
  const step = compiled ? compile(move) : move
  const values: number[] = []
  for (const g of gradients) {
    step(tensor([g]))
    values.push((await w.data())[0]!)
  }
  return values
}

const closeTo = (actual: number[], expected: number[]): void => {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5)
}

describe.each([
  ['wasm', 'compiled'],
  ['wasm', 'eager'],
  ['reference', 'compiled'],
] as const)('on %s, %s', (device, way) => {
  const compiled = way === 'compiled'
  beforeEach(() => init({ device }))

  test('SGD: p - rate g', async () => {
    closeTo(await course((w) => new SGD([w], { learningRate: 0.5 }) as never, 1, [2, -1], compiled), [0, 0.5])
  })

  test('SGD with weight decay: g + 0.1 p', async () => {
    // 1 - 0.5 (2 + 0.1) = -0.05; -0.05 - 0.5 (-1 - 0.005) = 0.4525
    const values = await course(
      (w) => new SGD([w], { learningRate: 0.5, weightDecay: 0.1 }) as never,
      1,
      [2, -1],
      compiled,
    )
    closeTo(values, [-0.05, 0.4525])
  })

  test('SGD with momentum and dampening: the first gradient enters whole', async () => {
    // v = 2; p = 1 - 2 = -1. v = 0.5 * 2 + 0.75 * 4 = 4; p = -5. v = 2 + 0 = 2; p = -7.
    const values = await course(
      (w) => new SGD([w], { learningRate: 1, momentum: 0.5, dampening: 0.25 }) as never,
      1,
      [2, 4, 0],
      compiled,
    )
    closeTo(values, [-1, -5, -7])
  })

  test('SGD with Nesterov: g + m v', async () => {
    // v = 2; p = 1 - (2 + 1) = -2. v = 1 + 4 = 5; p = -2 - (4 + 2.5) = -8.5.
    const values = await course(
      (w) => new SGD([w], { learningRate: 1, momentum: 0.5, nesterov: true }) as never,
      1,
      [2, 4],
      compiled,
    )
    closeTo(values, [-2, -8.5])
  })

  test('Adam: bias corrections make the first step the learning rate', async () => {
    const reference = (gradients: number[], eps: number): number[] => {
      let [p, m, v] = [1, 0, 0]
      return gradients.map((g, i) => {
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        p -= ((0.1 / (1 - 0.9 ** (i + 1))) * m) / (Math.sqrt(v) / Math.sqrt(1 - 0.999 ** (i + 1)) + eps)
        return p
      })
    }
    const gradients = [3, -1, 0, 2]
    const values = await course((w) => new Adam([w], { learningRate: 0.1 }) as never, 1, gradients, compiled)
    expect(values[0]).toBeCloseTo(0.9, 6)
    closeTo(values, reference(gradients, 1e-8))
    // A large eps shows that it stands outside the root.
    const large = await course((w) => new Adam([w], { learningRate: 0.1, eps: 3 }) as never, 1, gradients, compiled)
    expect(large[0]).toBeCloseTo(0.95, 6)
    closeTo(large, reference(gradients, 3))
  })

  test('Adam adds weight decay to the gradient, AdamW shrinks the parameter', async () => {
    // With gradient 0 Adam sees 0.5 p and moves by the learning rate.
    closeTo(
      await course((w) => new Adam([w], { learningRate: 0.1, weightDecay: 0.5 }) as never, 1, [0], compiled),
      [0.9],
    )
    closeTo(
      await course((w) => new AdamW([w], { learningRate: 0.1, weightDecay: 0.5 }) as never, 1, [0, 0], compiled),
      [0.95, 0.9025],
    )
  })

  test('Adam with amsgrad keeps the largest mean square', async () => {
    const make = (w: Tensor) => new Adam([w], { learningRate: 0.1, betas: [0, 0.5], amsgrad: true }) as never
    // v: 8, 4.5, 2.75; largest 8. Steps: 0.1 g / sqrt(8 / (1 - 0.5^t)).
    const expected = [1 - 0.4 / Math.sqrt(16)]
    expected.push(expected[0]! - 0.1 / Math.sqrt(8 / 0.75))
    expected.push(expected[1]! - 0.1 / Math.sqrt(8 / 0.875))
    closeTo(await course(make, 1, [4, 1, 1], compiled), expected)
  })

  test('RMSprop, plain, centered and with momentum', async () => {
    const plain = await course(
      (w) => new RMSprop([w], { learningRate: 0.1, alpha: 0.75 }) as never,
      1,
      [2, 0],
      compiled,
    )
    closeTo(plain, [0.8, 0.8])
    // v = 1, mean = 0.5: deviation sqrt(0.75).
    const options = { learningRate: 0.1, alpha: 0.75, centered: true }
    closeTo(await course((w) => new RMSprop([w], options) as never, 1, [2], compiled), [1 - 0.2 / Math.sqrt(0.75)])
    const momentum = { learningRate: 0.1, alpha: 0.75, momentum: 0.5 }
    // change 2, then 1 + 0.
    closeTo(await course((w) => new RMSprop([w], momentum) as never, 1, [2, 0], compiled), [0.8, 0.7])
  })
})

test('a changed learning rate needs no other program', async () => {
  const w = parameter(tensor([0]))
  const optimizer = new SGD([w], { learningRate: 1 })
  const step = compile(() => {
    optimizer.zeroGrad()
    w.sum().backward()
    optimizer.step()
  })
  step()
  optimizer.learningRate = 0.25
  step()
  expect(await w.item()).toBe(-1.25)
  expect(step.programCount).toBe(1)
  // Another formula is another program.
  optimizer.groups[0]!.set({ weightDecay: 1 })
  step()
  expect(step.programCount).toBe(2)
  expect(await w.item()).toBeCloseTo(-1.25 - 0.25 * (1 - 1.25))
})

test('groups have options of their own', async () => {
  const [a, b] = [parameter(tensor([0])), parameter(tensor([0]))]
  const optimizer = new SGD([{ parameters: [a], learningRate: 1 }, { parameters: [b] }], { learningRate: 0.5 })
  a.add(b).sum().backward()
  optimizer.step()
  expect([await a.item(), await b.item()]).toEqual([-1, -0.5])
})

test('frozen parameters and those without gradient stay', async () => {
  const layer = new Linear(2, 1)
  const before = await layer.weight.data()
  layer.weight.requiresGrad = false
  const optimizer = new Adam(layer, { learningRate: 0.1 })
  const step = compile(() => {
    optimizer.zeroGrad()
    layer
      .forward(zeros([1, 2]))
      .sum()
      .backward()
    optimizer.step()
  })
  step()
  expect(await layer.weight.data()).toEqual(before)
  layer.weight.requiresGrad = true
  step()
  // A gradient of 0 moves nothing in Adam, but the parameter takes part again.
  expect(optimizer.stateDict().groups[0]!.parameters.map(({ steps }) => steps)).toEqual([1, 2])
})

test('a guarded step that is withheld changes nothing', async () => {
  const w = parameter(tensor([1]))
  const optimizer = new Adam([w])
  w.square().sum().backward()
  optimizer.step({ onlyIf: tensor([false]).reshape([]) })
  optimizer.takeBack()
  expect(await w.item()).toBe(1)
  expect(optimizer.stateDict().groups[0]!.parameters).toEqual([{ steps: 0, products: [] }])
  optimizer.step({ onlyIf: tensor([true]).reshape([]) })
  expect(await w.item()).toBeCloseTo(0.999, 6)
})

test.each([
  ['SGD', (w: Tensor) => new SGD([w], { learningRate: 0.1, momentum: 0.9 })],
  ['Adam', (w: Tensor) => new Adam([w], { learningRate: 0.1 })],
  ['AdamW', (w: Tensor) => new AdamW([w], { learningRate: 0.1, amsgrad: true })],
  ['RMSprop', (w: Tensor) => new RMSprop([w], { learningRate: 0.1, momentum: 0.5, centered: true })],
] as const)('%s continues from its stored state as if never stopped', async (_name, make) => {
  const gradients = tensor([0.3, -0.7, 1.1])
  const run = (w: Tensor, optimizer: Optimizer<never>, steps: number): void => {
    for (let i = 0; i < steps; i++) {
      optimizer.zeroGrad()
      w.square().mul(gradients).sum().backward()
      optimizer.step()
    }
  }
  const whole = parameter(tensor([1, 2, 3]))
  run(whole, make(whole) as never, 6)

  const first = parameter(tensor([1, 2, 3]))
  const optimizer = make(first)
  run(first, optimizer as never, 3)
  const state = optimizer.stateDict()
  const second = parameter(first.detach())
  run(first, optimizer as never, 1)
  const continued = make(second)
  continued.loadStateDict(state)
  run(second, continued as never, 3)
  expect(await second.data()).toEqual(await whole.data())
})

describe('what makes no sense is refused', () => {
  const w = parameter(tensor([1]))
  test.each([
    ['negative learning rate', () => new SGD([w], { learningRate: -1 }), 'learningRate is -1'],
    ['NaN', () => new Adam([w], { learningRate: NaN }), 'learningRate is NaN'],
    ['beta of 1', () => new Adam([w], { betas: [1, 0.999] }), 'betas[0] is 1'],
    ['negative weight decay', () => new AdamW([w], { weightDecay: -0.1 }), 'weightDecay is -0.1'],
    ['Nesterov without momentum', () => new SGD([w], { nesterov: true }), 'nesterov with momentum 0'],
    ['unknown option', () => new SGD([w], { lr: 0.1 } as never), "there is no option 'lr'"],
    ['no parameters', () => new SGD([]), 'nothing that has parameters'],
    ['twice', () => new SGD([{ parameters: [w] }, { parameters: [w] }]), 'in two groups'],
    ['no parameter', () => new SGD([zeros([2])]), 'a tensor that is no parameter'],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(ArgumentError)
    expect(make).toThrow(message)
    expect(make).toThrow(/expected: .+\n {2}fix: .+/)
  })

  test('also when it is changed later, and then nothing changes', () => {
    const optimizer = new SGD([w], { learningRate: 0.5 })
    expect(() => (optimizer.learningRate = -1)).toThrow('learningRate is -1')
    expect(optimizer.learningRate).toBe(0.5)
    expect(() => new Adam([w]).loadStateDict(optimizer.stateDict())).toThrow('another method is loaded, SGD')
  })
})
