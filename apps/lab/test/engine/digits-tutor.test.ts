import { expect, test } from 'vitest'
import { DigitsTutor } from '../../src/engine/digits-tutor.ts'

test('it starts knowing nothing, learns to read, and takes a correction', async () => {
  const tutor = new DigitsTutor()
  const seven = tutor.sample(7, 3)
  const before = await tutor.guess(seven)
  expect(before.accuracy).toBeLessThan(0.3)
  expect(before.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
  const after = await tutor.learn(600, seven)
  expect(after.accuracy).toBeGreaterThan(0.8)
  // A stroke straight down the middle, taught as a 4: it comes to say so, and still reads the others.
  const drawing = new Float32Array(84 * 84)
  for (let row = 15; row < 70; row++) for (let column = 39; column < 46; column++) drawing[row * 84 + column] = 1
  const shape = tutor.prepare(drawing, 84)!
  const first = (await tutor.guess(shape)).shares[4]!
  const taught = await tutor.teach(drawing, 84, 4)
  expect(taught.shares[4]!).toBeGreaterThan(Math.max(0.5, first))
  expect(taught.accuracy).toBeGreaterThan(0.7)
  expect(tutor.prepare(new Float32Array(84 * 84), 84)).toBeUndefined()
})
