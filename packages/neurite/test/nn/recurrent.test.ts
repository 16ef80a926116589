/** RNN, LSTM and GRU against PyTorch's numbers, their cells against the layers, options and errors. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compile,
  evaluateNow,
  GRU,
  GRUCell,
  init,
  LSTM,
  LSTMCell,
  manualSeed,
  Module,
  rand,
  RNN,
  RNNCell,
  SGD,
  stack,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'
import { mismatch } from '../support/closeness.ts'

interface Stored {
  readonly shape: number[]
  readonly values: number[]
}
interface RecurrentCase {
  readonly layer: 'RNN' | 'LSTM' | 'GRU'
  readonly options: Readonly<Record<string, unknown>>
  readonly inputSize: number
  readonly hiddenSize: number
  readonly lengths: number[] | null
  readonly parameters: Readonly<Record<string, Stored>>
  readonly x: Stored
  readonly state: Stored[]
  readonly outputs: Stored[]
  readonly gradients: {
    readonly parameters: Readonly<Record<string, Stored>>
    readonly x: Stored
    readonly state: Stored[]
  }
}

const file = new URL('../fixtures/recurrent/recurrent.json', import.meta.url)
const cases = JSON.parse(readFileSync(file, 'utf8')) as RecurrentCase[]

const TOLERANCE = { relative: 1e-5, absolute: 2e-6 }
const layers = { RNN, LSTM, GRU }
const put = ({ shape, values }: Stored, requiresGrad = false): Tensor =>
  tensor(values, { requiresGrad }).reshape(shape).detach()
const leaf = (stored: Stored): Tensor => {
  const made = put(stored)
  made.requiresGrad = true
  return made
}

type Call = (x: Tensor, state: unknown, call: object) => [Tensor, Tensor | Tensor[]]

function weighted(results: readonly Tensor[]): Tensor {
  return results
    .map((result): Tensor => {
      const weights = Array.from({ length: result.size }, (_, i) => (((7 * i + 3) % 11) - 5) / 4)
      return result.reshape([-1]).mul(tensor(weights)).sum()
    })
    .reduce((a, b) => a.add(b))
}

function runCase(item: RecurrentCase): { name: string; actual: Tensor; expected: Stored }[] {
  const layer = new layers[item.layer](item.inputSize, item.hiddenSize, item.options)
  layer.loadStateDict(Object.fromEntries(Object.entries(item.parameters).map(([name, value]) => [name, put(value)])))
  expect([...layer.namedParameters().keys()]).toEqual(Object.keys(item.parameters))
  const x = leaf(item.x)
  const state = item.state.map(leaf)
  const given = state.length === 0 ? undefined : item.layer === 'LSTM' ? state : state[0]
  const [output, final] = (layer as unknown as { forward: Call }).forward(
    x,
    given,
    item.lengths ? { lengths: item.lengths } : {},
  )
  const results = [output, ...(Array.isArray(final) ? final : [final])]
  weighted(results).backward()
  const parameters = layer.namedParameters()
  return [
    ...results.map((actual, i) => ({ name: `result ${i}`, actual, expected: item.outputs[i]! })),
    { name: 'gradient of x', actual: x.grad!, expected: item.gradients.x },
    ...state.map((part, i) => ({
      name: `gradient of state ${i}`,
      actual: part.grad!,
      expected: item.gradients.state[i]!,
    })),
    ...Object.entries(item.gradients.parameters).map(([name, expected]) => ({
      name: `gradient of ${name}`,
      actual: parameters.get(name)!.grad!,
      expected,
    })),
  ]
}

for (const backend of ['wasm', 'reference'] as const) {
  describe(`the numbers of PyTorch (${backend})`, () => {
    beforeAll(async () => {
      await init({ device: backend })
    })
    for (const item of cases) {
      const more = `${JSON.stringify(item.options)}${item.lengths ? `, lengths ${item.lengths.join()}` : ''}`
      test(`${item.layer} of ${item.inputSize} to ${item.hiddenSize} ${more}`, async () => {
        const found = runCase(item)
        evaluateNow(found.map(({ actual }) => actual))
        for (const { name, actual, expected } of found) {
          expect(actual.shape, name).toEqual(expected.shape)
          expect(mismatch(name, await actual.data(), Float64Array.from(expected.values), TOLERANCE)).toBe('')
        }
      })
    }
  })
}

describe('on wasm', () => {
  beforeAll(async () => {
    await init({ device: 'wasm' })
    manualSeed(3)
  })

  test('a cell, step by step, gives what the layer gives', async () => {
    const x = rand([4, 2, 3])
    for (const [Layer, Cell] of [
      [RNN, RNNCell],
      [GRU, GRUCell],
    ] as const) {
      const layer = new Layer(3, 5)
      const cell = new Cell(3, 5)
      cell.loadStateDict(new Map([...layer.stateDict()].map(([name, value]) => [name.replace('_l0', ''), value])))
      const steps: Tensor[] = []
      for (let t = 0; t < 4; t++) steps.push(cell.forward(x.at(t), steps[t - 1]))
      expect(mismatch('steps', await stack(steps).data(), await layer.forward(x)[0].data(), TOLERANCE)).toBe('')
    }
    const layer = new LSTM(3, 5)
    const cell = new LSTMCell(3, 5)
    cell.loadStateDict(new Map([...layer.stateDict()].map(([name, value]) => [name.replace('_l0', ''), value])))
    let state: [Tensor, Tensor] | undefined
    for (let t = 0; t < 4; t++) state = cell.forward(x.at(t), state)
    const [, [, c]] = layer.forward(x)
    expect(mismatch('c', await state![1].data(), await c.at(0).data(), TOLERANCE)).toBe('')
  })

  test('one sequence without a batch', async () => {
    const layer = new GRU(3, 5, { bidirectional: true })
    const x = rand([4, 3])
    const [outputs, state] = layer.forward(x)
    expect([outputs.shape, state.shape]).toEqual([
      [4, 10],
      [2, 5],
    ])
    const [batched] = layer.forward(x.unsqueeze(1))
    expect(mismatch('outputs', await outputs.data(), await batched.data(), TOLERANCE)).toBe('')
  })

  test('the forget gate starts where forgetBias says', async () => {
    const layer = new LSTM(2, 3, { forgetBias: 4, bidirectional: true })
    const parameters = layer.namedParameters()
    for (const suffix of ['l0', 'l0_reverse']) {
      const own = await parameters.get(`bias_ih_${suffix}`)!.data()
      const other = await parameters.get(`bias_hh_${suffix}`)!.data()
      expect([...own.slice(3, 6), ...other.slice(3, 6)]).toEqual([4, 4, 4, 0, 0, 0])
      expect(own[0]).not.toBe(4)
    }
  })

  test('dropout acts between layers in training only', async () => {
    const layer = new LSTM(3, 5, { numLayers: 2, dropout: 0.5 })
    const x = rand([4, 2, 3])
    const first = await layer.forward(x)[0].data()
    expect(await layer.forward(x)[0].data()).not.toEqual(first)
    layer.eval()
    expect(await layer.forward(x)[0].data()).toEqual(await layer.forward(x)[0].data())
  })

  test('lengths are run-time numbers: one program for all', async () => {
    const layer = new GRU(3, 5)
    const step = compile((x: Tensor, lengths: Tensor) => layer.forward(x, undefined, { lengths })[0])
    const x = rand([6, 2, 3])
    for (const lengths of [
      [6, 2],
      [1, 3],
      [4, 4],
    ]) {
      const found = await step(x, tensor(lengths, { dtype: 'int32' })).data()
      const wanted = await layer.forward(x, undefined, { lengths })[0].data()
      expect(mismatch('outputs', found, wanted, TOLERANCE)).toBe('')
    }
    expect(step.programCount).toBe(1)
  })

  test('a network learns to give back the first bit', async () => {
    class Memory extends Module {
      rnn = new LSTM(1, 8, { batchFirst: true })
      forward(x: Tensor): Tensor {
        return this.rnn.forward(x)[0].at([], -1, 0)
      }
    }
    manualSeed(1)
    const network = new Memory()
    const optimizer = new SGD(network, { learningRate: 0.5 })
    const step = compile((x: Tensor, y: Tensor) => {
      const loss = network.forward(x).sub(y).square().mean() as Tensor
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
      return loss
    })
    const x = rand([16, 5, 1]).greater(0.5).to('float32')
    const y = x.at([], 0, 0).mul(0.5)
    const first = await step(x, y).item()
    for (let i = 0; i < 200; i++) step(x, y)
    expect(await step(x, y).item()).toBeLessThan(0.2 * first)
  })

  test('errors teach', () => {
    expect(() => new LSTM(0, 5)).toThrow('inputSize is 0')
    expect(() => new GRU(2, 5, { layers: 2 } as object)).toThrow("no option 'layers'")
    const layer = new RNN(3, 5)
    expect(() => layer.forward(zeros([0, 2, 3]))).toThrow('the sequence has 0 steps')
    expect(() => layer.forward(zeros([4, 2, 2]))).toThrow('got a tensor of shape [4, 2, 2]')
    expect(() => layer.forward(zeros([4, 2, 3]), zeros([1, 3, 5]))).toThrow('the initial state has shape [1, 3, 5]')
    expect(() => layer.forward(zeros([4, 2, 3]), undefined, { lengths: [4, 5] })).toThrow('a sequence has length 5')
    expect(() => layer.forward(zeros([4, 2, 3]), undefined, { lengths: tensor([4, 2]) })).toThrow('lengths are float32')
    expect(() => new RNNCell(3, 5).forward(zeros([2, 4]))).toThrow('got a tensor of shape [2, 4]')
  })
})
