import { expect, test } from 'vitest'
import { Adam, init, Linear, mseLoss, randn } from '../../src/index.ts'

test('a loop outside compile that never pauses and reads no loss does not keep old values', async () => {
  await init()
  const model = new Linear(64, 64)
  const optimizer = new Adam(model)
  const [x, y] = [randn([32, 64]), randn([32, 64])]
  const step = (): void => {
    optimizer.zeroGrad()
    mseLoss(model.forward(x), y).backward()
    optimizer.step()
  }
  step()
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 3_000; i++) step()
  // Kept values would be 200 MB by now.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60e6)
})
