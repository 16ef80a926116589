/** Networks with convolutions, recurrence, attention and two players, against PyTorch's losses of every step. */
import { afterEach, describe, expect, test } from 'vitest'
import { init } from '../../src/index.ts'
import { networkTraining, type NetworkName, readNetwork } from '../support/networks.ts'

afterEach(() => init({}))

async function differences(name: NetworkName, steps: number): Promise<string[]> {
  const fixture = readNetwork(name)
  const { step } = networkTraining(name, fixture)
  const wrong: string[] = []
  for (let i = 0; i < steps; i++) {
    const losses = step(i)
    expect(losses.length).toBe(fixture.curves.length)
    for (const [c, { float64, tolerances }] of fixture.curves.entries()) {
      const loss = await losses[c]!.item()
      if (Math.abs(loss - float64[i]!) <= tolerances[i]!) continue
      wrong.push(`step ${i}, loss ${c}: ${loss} instead of ${float64[i]!} +- ${tolerances[i]!}`)
    }
  }
  return wrong
}

describe('follows PyTorch', () => {
  test.each<NetworkName>(['t3', 't4', 't5', 't6', 't7'])(
    '%s for 100 steps on wasm',
    async (name) => {
      // Threads change no bit (determinism.test.ts); other tests run beside this one.
      await init({ threads: 1 })
      expect(await differences(name, 100)).toEqual([])
    },
    240_000,
  )

  // In float64 and plain loops a step takes seconds.
  test.each<NetworkName>(['t4', 't7'])(
    '%s for 1 step on reference',
    async (name) => {
      await init({ device: 'reference' })
      expect(await differences(name, 1)).toEqual([])
    },
    240_000,
  )
})
