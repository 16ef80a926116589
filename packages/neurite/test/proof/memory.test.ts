/** Long runs take no more memory than short ones. */
import { expect, test } from 'vitest'
import { runChild } from './support/child.ts'
import type { Course, MemoryGrowth } from './support/run-memory.ts'

/**
 * The young generation of V8's heap grows by itself for minutes, by megabytes; at a fixed size what remains is ours.
 * Without `--expose-gc` nobody could ask for a collection.
 */
const flags = ['--expose-gc', '--min-semi-space-size=2', '--max-semi-space-size=2']

async function growth(course: Course): Promise<{ resident: number; wasm: number }> {
  const { early, end } = JSON.parse(await runChild('run-memory.ts', { flags, arguments: [course] })) as MemoryGrowth
  return { resident: end.resident / early.resident - 1, wasm: end.wasm / early.wasm - 1 }
}

test.each([
  ['10,000 calls of a compiled step: less than 1 per cent in the last 9,000', 'compiled'],
  ['10,000 steps of fit with validation: less than 1 per cent in the last 9,000', 'fitted'],
] as const)('%s', async (_, course) => {
  const { resident, wasm } = await growth(course)
  expect(resident).toBeLessThan(0.01)
  expect(wasm).toBe(0)
})

// These leave more to the garbage collector, whose heap settles only later: a few per cent are not a leak, but a
// kilobyte in each step would be more.
test.each([
  ['3,000 steps outside compile', 'eager'],
  ['6,000 lazy tensors of several sizes', 'lazy'],
  ['80 models that are trained and dropped', 'dropped'],
  ['50 models in a loop that never pauses, with free()', 'freed'],
] as const)('%s', async (_, course) => {
  const { resident, wasm } = await growth(course)
  expect(resident).toBeLessThan(0.06)
  expect(wasm).toBe(0)
})
