import { describe, expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { programOf } from '../../src/core/code/program.ts'
import type { Edit, Run } from '../../src/core/run/spec.ts'
import { Engine } from '../../src/engine/engine.ts'
import { FramePump } from '../../src/state/frame-pump.ts'
import { printed, startSpec } from '../support.ts'

describe('the pump of pictures', () => {
  test('asks at most 30 times a second, whatever the screen does', async () => {
    let pulls = 0
    const pump = new FramePump(async () => {
      pulls++
    })
    for (let now = 0; now < 2000; now += 1000 / 144) {
      pump.tick(now)
      await Promise.resolve()
      await Promise.resolve()
      await Promise.resolve()
    }
    expect(pulls).toBeGreaterThan(45)
    expect(pulls).toBeLessThanOrEqual(61)
  })

  test('asks for none while one is on its way, and for the latest afterwards', async () => {
    const open: (() => void)[] = []
    let pulls = 0
    const pump = new FramePump(() => {
      pulls++
      return new Promise((resolve) => open.push(resolve))
    })
    pump.tick(0)
    for (let now = 40; now < 4000; now += 40) expect(pump.tick(now)).toBe(false)
    let isThere = false
    const wanted = Promise.all([pump.now(), pump.now()]).then(() => (isThere = true))
    expect(pulls).toBe(1)
    open.shift()!()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(pulls).toBe(2)
    // Who waits for the picture has it then, and not when an older one arrives.
    expect(isThere).toBe(false)
    expect(pump.tick(8000)).toBe(false)
    open.shift()!()
    await wanted
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(pulls).toBe(2)
    expect(pump.tick(8040)).toBe(true)
  })
})

test('a picture that fails does not take those after it along', async () => {
  let pulls = 0
  const pump = new FramePump(() => (++pulls === 1 ? Promise.reject(new Error('no picture')) : Promise.resolve()))
  const [first, second] = [pump.now(), pump.now()]
  await expect(first).rejects.toThrow('no picture')
  await second
  await pump.now()
  expect(pulls).toBe(3)
})

describe('the program in the Code tab prints the loss of the page', async () => {
  await build({ log: () => {} })
  const edits: Edit[] = [
    { at: 0, kind: 'set', path: '0.weight[3]', value: 0.75 },
    { at: 40, kind: 'freeze', path: '0.1', value: 1 },
    { at: 60, kind: 'off', path: '0.2', value: 1 },
    { at: 80, kind: 'freeze', path: '0.1', value: 0 },
    { at: 200, kind: 'set', path: '2.bias[0]', value: -0.5 },
  ]
  const model = { ...startSpec.model, layers: [4] }
  test.each<[string, Run]>([
    ['plain', { spec: startSpec, journal: [], head: 300 }],
    ['edits', { spec: { ...startSpec, model }, journal: edits, head: 150 }],
    [
      'batches',
      {
        spec: {
          ...startSpec,
          model: { ...model, activation: 'relu' },
          batch: 10,
          data: { kind: 'spiral', samples: 300, noise: 0.02, seed: 1 },
        },
        journal: [],
        head: 65,
      },
    ],
    [
      'circle',
      {
        spec: {
          ...startSpec,
          model: { ...model, layers: [3, 2] },
          data: { kind: 'circle', samples: 200, noise: 0.08, seed: 1 },
        },
        journal: edits.slice(0, 1),
        head: 100,
      },
    ],
  ])('%s', async (name, run) => {
    const engine = new Engine()
    await engine.open('A', run)
    const { loss } = await engine.frame('A')
    expect(printed(programOf(run), name)).toBe(loss.toFixed(6))
  })
})
