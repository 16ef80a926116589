import { expect, test } from 'vitest'
import { evaluationCounts } from '../../src/runtime/evaluate-graph.ts'
import { MAXIMUM_PROGRAMS } from '../../src/runtime/limits.ts'
import { assignState, evaluateNow, init, parameter, tensor, type Tensor, zeros } from '../../src/index.ts'

const compiledBy = async (fn: () => Promise<unknown>): Promise<number> => {
  const before = evaluationCounts.compiled
  await fn()
  return evaluationCounts.compiled - before
}

test('graphs of one structure share a program', async () => {
  const compute = async (a: number[], b: number[]): Promise<unknown> => tensor(a).mul(tensor(b)).sum().item()
  expect(await compiledBy(() => compute([1, 2], [3, 4]))).toBe(1)
  expect(await compiledBy(() => compute([5, 6], [7, 8]))).toBe(0)
  expect(await compiledBy(() => compute([5, 6, 1], [7, 8, 1]))).toBe(1)
})

test('which inputs are the same tensor belongs to the structure', async () => {
  const x = tensor([1, 2])
  expect(await x.sub(x).add(x).toArray()).toEqual([1, 2])
  expect(
    await x
      .sub(tensor([5, 5]))
      .add(x)
      .toArray(),
  ).toEqual([-3, -1])
})

test('constants belong to the structure, until there are many', async () => {
  const x = tensor([1, 2, 3])
  const compiled = await compiledBy(async () => {
    for (let i = 0; i < 30; i++) expect(await x.mul(i + 0.5).toArray()).toEqual([i + 0.5, 2 * i + 1, 3 * i + 1.5])
  })
  expect(compiled).toBeLessThan(7)
  expect(await x.mul(-0).data()).toEqual(new Float32Array([-0, -0, -0]))
})

test('axes, infinities and -0 are told apart', async () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ])
  expect(await x.sum(0).toArray()).toEqual([4, 6])
  expect(await x.sum(1).toArray()).toEqual([3, 7])
  expect(await x.clamp({ min: 2 }).toArray()).toEqual([
    [2, 2],
    [3, 4],
  ])
  expect(await x.clamp({ max: 2 }).toArray()).toEqual([
    [1, 2],
    [2, 2],
  ])
  expect(
    await tensor([1])
      .div(tensor([1]).mul(0))
      .toArray(),
  ).toEqual([Infinity])
  expect(
    await tensor([1])
      .div(tensor([1]).mul(-0))
      .toArray(),
  ).toEqual([-Infinity])
})

test('computed values are used again, not computed again', async () => {
  const x = tensor([1, 2]).mul(tensor([3, 4]))
  await x.data()
  expect(x.recorded).toBeUndefined()
  const y = x.add(x)
  expect(await y.toArray()).toEqual([6, 16])
})

test('an endless chain is computed piece by piece, with one program', async () => {
  const compiled = await compiledBy(async () => {
    let x: Tensor = zeros([1])
    for (let i = 0; i < 3000; i++) x = x.add(tensor([1]))
    expect(await x.item()).toBe(3000)
  })
  expect(compiled).toBeLessThanOrEqual(2)
})

test('gradients flow through a long chain', async () => {
  const x = tensor([1], { requiresGrad: true })
  let y: Tensor = x
  for (let i = 0; i < 600; i++) y = y.add(tensor([1]))
  y.sum().backward()
  expect(await x.grad!.item()).toBe(1)
})

test('a training loop without compile uses the same programs again', async () => {
  const w = parameter(zeros([2]))
  const step = (): void => {
    const loss = tensor([1, 2]).mul(w).sub(3).square().sum()
    w.grad = undefined
    loss.backward()
    assignState(w, w.sub(w.grad!.mul(0.1)))
  }
  await compiledBy(async () => {
    step()
    step()
  })
  const compiled = await compiledBy(async () => {
    for (let i = 0; i < 20; i++) step()
  })
  expect(compiled).toBe(0)
})

test('several tensors are computed in one program', async () => {
  const a = tensor([1, 2]).exp()
  const b = a.sum(0)
  const compiled = await compiledBy(async () => evaluateNow([a, b]))
  expect(compiled).toBe(1)
  expect(await compiledBy(async () => [await a.data(), await b.data()])).toBe(0)
})

test('at most 64 programs are kept', async () => {
  for (let n = 1; n <= MAXIMUM_PROGRAMS + 6; n++) await zeros([n]).add(1).data()
  expect(evaluationCounts.kept).toBe(MAXIMUM_PROGRAMS)
})

test('options of init are checked', () => {
  expect(() => init({ device: 'gpu' as 'wasm' })).toThrow(/device is 'gpu'/)
  expect(() => init({ mode: 'exact' as 'fast' })).toThrow(/mode is 'exact'/)
  expect(() => init({ widen: 1 as unknown as boolean })).toThrow(/widen is 1/)
  expect(() => init({ threads: 0 })).toThrow(/threads is 0/)
  expect(() => init({ thread: 1 } as object)).toThrow(/no option .thread./)
})

test('devices agree', async () => {
  const compute = (): Promise<Float32Array> =>
    tensor([
      [1, -2],
      [3, 0.5],
    ])
      .matmul(
        tensor([
          [0.25, 1],
          [2, -1],
        ]),
      )
      .tanh()
      .softmax(1)
      .data()
  await init({ device: 'reference' })
  const expected = await compute()
  await init({})
  const found = await compute()
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5)
})

test('a tensor is no number', () => {
  expect(() => Number(tensor([1]))).toThrow(/used as a number[\s\S]*x\.mul/)
})
