import { afterEach, expect, test } from 'vitest'
import {
  Adam,
  compile,
  Embedding,
  init,
  Linear,
  manualSeed,
  Sequential,
  tensor,
  threadsReady,
  type Tensor,
} from '../../src/index.ts'

afterEach(() => init())

test.each([1, 2])('a bad index is told before a compiled step has written anything, on %i threads', async (threads) => {
  await init({ threads })
  await threadsReady()
  manualSeed(1)
  const model = new Sequential(new Embedding(50, 256), new Linear(256, 256), new Linear(256, 8))
  const optimizer = new Adam(model)
  const step = compile((places: Tensor<[number], 'int32'>) => {
    const loss = model
      .forward(places as never)
      .square()
      .mean()
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  const good = tensor(
    Array.from({ length: 256 }, (_, i) => i % 50),
    { dtype: 'int32' },
  )
  const bad = tensor(
    Array.from({ length: 256 }, (_, i) => i % 51),
    { dtype: 'int32' },
  )
  step(good)
  const before = await Promise.all(model.parameters().map((parameter) => parameter.data()))
  expect(() => step(bad)).toThrow(/index 50/)
  const after = await Promise.all(model.parameters().map((parameter) => parameter.data()))
  expect(after).toEqual(before)
  // The team still works.
  const losses = [await step(good).item(), await step(good).item()]
  expect(losses[1]).toBeLessThan(losses[0]!)
})
