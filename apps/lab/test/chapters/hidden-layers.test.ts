import { describe, expect, test } from 'vitest'
import { checks } from '../../src/chapters/hidden-layers/check.ts'
import {
  circleRight,
  circleTooFew,
  circleTooMany,
  DEAD_SEEDS,
  deadRun,
  type Solution,
} from '../../src/chapters/hidden-layers/solutions.ts'
import { text as german } from '../../src/chapters/hidden-layers/text.de.ts'
import { text as english } from '../../src/chapters/hidden-layers/text.en.ts'
import { chapter } from '../../src/chapters/hidden-layers/chapter.ts'
import type { Measured, Verdict } from '../../src/core/checks/check.ts'
import type { Run } from '../../src/core/run/spec.ts'
import { Engine } from '../../src/engine/engine.ts'
import { expectCompleteText } from '../support.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

async function measured(run: Run): Promise<Measured> {
  const engine = new Engine()
  await engine.open('A', run)
  const facts = await engine.measure('A', [])
  await engine.close('A')
  return facts
}

async function judged({ check, run, renewals, answer }: Solution): Promise<Verdict> {
  return checks.find(({ id }) => id === check)!.judge(await measured(run), { renewals, answer })
}

describe('a ring for 13 numbers', () => {
  test('three neurons pass, over 20 seeds', async () => {
    for (const seed of seeds) expect(await judged(circleRight(seed)), `seed ${seed}`).toMatchObject({ passed: true })
  })

  test('two do not reach it and four are too many, over 20 seeds', async () => {
    for (const seed of seeds) {
      expect(await judged(circleTooFew(seed)), `seed ${seed}`).toMatchObject({ passed: false, reason: 'notYet' })
      const { run, ...rest } = circleTooMany(seed)
      const short = { run: { ...run, head: 10 }, ...rest }
      expect(await judged(short), `seed ${seed}`).toMatchObject({ passed: false, reason: 'tooMany' })
    }
  })

  test('other data, easier data and too many new weights do not count', async () => {
    const right = circleRight(1)
    const facts = await measured(right.run)
    const [circle] = checks
    const judge = (data: object, renewals = 0): Verdict => {
      const spec = { ...facts.run.spec, data: { ...facts.run.spec.data, ...data } }
      return circle!.judge({ ...facts, run: { ...facts.run, spec } }, { renewals, answer: '' })
    }
    expect(judge({})).toMatchObject({ passed: true })
    expect(judge({ kind: 'xor' }).reason).toBe('otherData')
    expect(judge({ noise: 0 }).reason).toBe('easierData')
    expect(judge({}, 9).reason).toBe('tooOften')
  })
})

describe('explain a failure', () => {
  test('the dead neuron passes, the other one does not', async () => {
    for (const [seed, unit] of DEAD_SEEDS) {
      const facts = await measured(deadRun(seed))
      const judge = (answer: string): Verdict => checks[1]!.judge(facts, { renewals: 0, answer })
      expect(judge(unit), `seed ${seed}`).toMatchObject({ passed: true })
      expect(judge(unit === '0.0' ? '0.1' : '0.0'), `seed ${seed}`).toMatchObject({ passed: false, reason: 'alive' })
      expect(judge('').reason).toBe('noAnswer')
    }
  })

  test('a network that learned, and one of tanh, have no failure to explain', async () => {
    const solved = await measured({
      ...deadRun(1),
      spec: { ...deadRun(1).spec, seed: 3, model: { ...deadRun(1).spec.model, layers: [8] } },
    })
    expect(checks[1]!.judge(solved, { renewals: 0, answer: '0.0' }).reason).toBe('notFailed')
    expect(checks[1]!.judge(await measured(circleRight(1).run), { renewals: 0, answer: '0.0' }).reason).toBe('notRelu')
  })
})

test('the experiments show what the text says about them', async () => {
  const show = async (id: string): Promise<Awaited<ReturnType<Engine['frame']>>> => {
    const { change, steps } = chapter.beats
      .flatMap(({ experiments }) => experiments ?? [])
      .find((each) => each.id === id)!
    const { changedSpec } = await import('../../src/core/chapter/define-chapter.ts')
    const engine = new Engine()
    await engine.open('A', { spec: changedSpec(chapter.run, change), journal: [], head: steps ?? 0 })
    return engine.frame('A')
  }
  const right = async (id: string): Promise<number> => {
    const frame = await show(id)
    return frame.kind === 'plane' ? frame.accuracy.train : NaN
  }
  expect(await right('three')).toBe(1)
  expect(await right('fold')).toBeGreaterThan(0.98)
  expect(await right('ring')).toBeGreaterThan(0.97)
  expect((await show('dead')).findings.map(({ kind }) => kind)).toContain('deadUnits')
  expect((await show('fast')).findings.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([expect.stringMatching(/divergence|nonFinite/)]),
  )
  expect(await right('deep')).toBeGreaterThan(0.95)
  expect(await right('wide')).toBeLessThan(0.95)
})

test('both languages say everything that can be said', () => {
  expectCompleteText(chapter, english)
  expectCompleteText(chapter, german)
})
