import { describe, expect, test } from 'vitest'
import { correctionSteps, type TruthFrame } from '../../src/core/truth-frame.ts'
import { AND, XOR } from '../../src/core/truth.ts'
import { newRun } from '../../src/core/run/journal.ts'
import { growthPath } from '../../src/draw/growth.ts'
import { LAMP, chapter } from '../../src/chapters/linear-separability/chapter.ts'
import { Engine } from '../../src/engine/engine.ts'

const axes = { steps: 10, most: 4, width: 100, height: 40 }

test('a staircase that ends where the run stands', () => {
  expect(growthPath({ from: 0, until: 10, total: 2, at: [3, 7] }, axes)).toBe('M0.0 40.0H30.0V30.0H70.0V20.0H100.0')
  expect(growthPath({ from: 4, until: 5, total: 0, at: [] }, axes)).toBe('M40.0 40.0H50.0')
})

test('what is not known one by one is a slope to where it is', () => {
  expect(growthPath({ from: 0, until: 10, total: 4, at: [9] }, axes)).toBe('M0.0 40.0L90.0 10.0H90.0V0.0H100.0')
})

describe('the steps that corrected something', () => {
  test.each([
    ['a ring that goes on for ever', XOR],
    ['a table that is learned', AND],
  ])('%s: as many as were counted, each where the count grew', async (_name, table) => {
    const engine = new Engine()
    const run = newRun({ ...chapter.run, data: { ...LAMP, table } })
    await engine.open('A', run)
    let [before, seen] = [0, [] as number[]]
    for (let head = 1; head <= 90; head++) {
      await engine.goTo('A', { ...run, head })
      const frame = (await engine.frame('A')) as TruthFrame
      if (frame.corrections > before) seen = [...seen, head]
      before = frame.corrections
      expect(correctionSteps(frame, 1000)).toEqual(seen)
      expect(correctionSteps(frame, 5)).toEqual(seen.slice(-5))
    }
    expect(seen.length).toBe(before)
  })
})
