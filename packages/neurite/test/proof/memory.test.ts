/** Long runs take no more memory than short ones. */
import { expect, test } from 'vitest'
import { runChild } from './support/child.ts'
import type { Course, MemoryGrowth } from './support/run-memory.ts'

/**
 * V8's own heap comes and goes by megabytes: its young generation grows for minutes, parallel collectors leave pieces
 * behind, and notes on functions are made when they have been called some times. At a fixed size, with one collector and
 * with the notes made at once, what grows is ours.
 */
const flags = [
  '--expose-gc',
  '--min-semi-space-size=2',
  '--max-semi-space-size=2',
  '--single-threaded-gc',
  '--no-lazy-feedback-allocation',
]

async function growth(course: Course): Promise<{ live: number; resident: number; wasm: number }> {
  const { early, end } = JSON.parse(await runChild('run-memory.ts', { flags, arguments: [course] })) as MemoryGrowth
  return {
    live: end.live - early.live,
    resident: end.resident / early.resident - 1,
    wasm: end.wasm / early.wasm - 1,
  }
}

test.each([
  ['10,000 calls of a compiled step: less than 1 per cent in the last 9,000', 'compiled'],
  ['10,000 steps of fit with validation: less than 1 per cent in the last 9,000', 'fitted'],
  ['2,000 steps of a convolutional network: less than 1 per cent in the last 1,800', 'convolutional'],
  ['2,000 steps of a recurrent network: less than 1 per cent in the last 1,800', 'recurrent'],
] as const)('%s', async (_, course) => {
  const { live, resident, wasm } = await growth(course)
  expect(resident).toBeLessThan(0.01)
  // What is in use: 20 bytes in each step would show.
  expect(live).toBeLessThan(200_000)
  expect(wasm).toBe(0)
})

// These leave more to the garbage collector, whose resident heap settles only later: what is in use counts. A kilobyte in
// each step, or one model, would be more.
test.each([
  ['3,000 steps outside compile', 'eager'],
  ['6,000 lazy tensors of several sizes', 'lazy'],
  ['80 models that are trained and dropped', 'dropped'],
  ['50 models in a loop that never pauses, with free()', 'freed'],
] as const)('%s', async (_, course) => {
  const { live, wasm } = await growth(course)
  expect(live).toBeLessThan(1_500_000)
  expect(wasm).toBe(0)
})
