import { describe, expect, test } from 'vitest'
import {
  assignState,
  findAnomaly,
  hostScalar,
  manualSeed,
  parameter,
  rand,
  randomState,
  scalarTensor,
  tensor,
  trace,
} from '../../src/index.ts'

describe('trace', () => {
  test('tells the neuron of the text books, step by step, in float64', async () => {
    const w = parameter(tensor([0.5, 0.75]))
    w.label = 'weights'
    const x = tensor([0.5, 0.25])
    const pass = await trace(() => w.mul(x).sum().sub(0.25).sigmoid())
    const product = pass.entries.find((entry) => entry.operation === 'mul')!
    expect([...product.value]).toEqual([0.25, 0.1875])
    expect(product.inputs.map((index) => pass.entries[index]!.label)).toEqual(['weights', undefined])
    const output = 1 / (1 + Math.exp(-0.1875))
    expect(pass.output.value[0]).toBeCloseTo(output, 14)
    expect([...pass.output.gradient!]).toEqual([1])
    const slope = output * (1 - output)
    expect(pass.of(w)!.gradient![0]).toBeCloseTo(0.5 * slope, 14)
    expect(pass.of(x)!.gradient![1]).toBeCloseTo(0.75 * slope, 14)
  })

  test('contributions add up to the gradient', async () => {
    const a = tensor([2, 3], { requiresGrad: true })
    const pass = await trace(() => a.square().add(a.mul(5)).sum())
    const { contributions, gradient } = pass.of(a)!
    expect(contributions.length).toBeGreaterThanOrEqual(2)
    const total = contributions.reduce((sum, { value }) => sum.map((x, i) => x + value[i]!), new Float64Array(2))
    expect([...total]).toEqual([9, 11])
    expect([...gradient!]).toEqual([9, 11])
    for (const { consumer, inputIndex } of contributions) {
      expect(pass.entries[consumer]!.inputs[inputIndex]).toBe(pass.of(a)!.index)
    }
  })

  test('changes nothing: no assignment, no gradient, no draw', async () => {
    manualSeed(3)
    const w = parameter(tensor([1]))
    const before = randomState()
    const run = async (): Promise<number> => {
      const pass = await trace(() => {
        const loss = w.mul(rand([1])).sum()
        loss.backward()
        assignState(w, w.sub(w.grad!))
        return loss
      })
      return pass.output.value[0]!
    }
    const first = await run()
    expect(await run()).toBe(first)
    expect(await w.item()).toBe(1)
    expect(w.grad).toBeUndefined()
    expect(randomState()).toEqual(before)
    expect(await rand([1]).item()).toBeCloseTo(first, 6)
  })

  test('needs a tensor, and no reading inside', async () => {
    await expect(trace(() => 1 as never)).rejects.toThrow(/returned number/)
    await expect(trace((async () => tensor([1])) as never)).rejects.toThrow(/a promise/)
    const reading = trace(() => {
      const x = tensor([1])
      void x.item()
      return x
    })
    await expect(reading).rejects.toThrow(/read inside/)
  })

  test('tells of the moment of the call, also where training goes on meanwhile', async () => {
    const w = parameter(tensor([2]))
    const rate = hostScalar(3)
    const pending = trace(() => w.mul(scalarTensor(rate)).sum())
    assignState(w, tensor([5]))
    rate.value = 7
    expect((await pending).output.value[0]).toBe(6)
    expect(await w.item()).toBe(5)
  })
})

describe('findAnomaly', () => {
  test('names the operation that made the first NaN', async () => {
    const found = findAnomaly(await trace(() => tensor([1, -1]).sqrt().mul(2).sum()))
    expect([found?.entry.operation, found?.where, found?.kind]).toEqual(['sqrt', 'value', 'NaN'])
  })

  test('sees what float32 cannot hold', async () => {
    const found = findAnomaly(await trace(() => tensor([100]).exp().log().sum()))
    expect([found?.entry.operation, found?.kind]).toEqual(['exp', 'infinity'])
  })

  test('sees gradients', async () => {
    const x = tensor([0], { requiresGrad: true })
    const found = findAnomaly(await trace(() => x.sqrt().sum()))
    expect([found?.entry.index, found?.where, found?.kind]).toEqual([0, 'gradient', 'infinity'])
  })

  test('is content with finite numbers', async () => {
    expect(findAnomaly(await trace(() => tensor([1]).exp().sum()))).toBeUndefined()
  })
})
