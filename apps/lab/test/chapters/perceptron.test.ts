import { describe, expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { chapter, CLOUDS, CONVICTION, flipped, SIX } from '../../src/chapters/perceptron/chapter.ts'
import { checks, ENOUGH_UPDATES, MOST_POINTS } from '../../src/chapters/perceptron/check.ts'
import { pair, placedRun, SAME_PLACE } from '../../src/chapters/perceptron/solutions.ts'
import { text as german } from '../../src/chapters/perceptron/text.de.ts'
import { text as english } from '../../src/chapters/perceptron/text.en.ts'
import { changedSpec } from '../../src/core/chapter/define-chapter.ts'
import type { Measured, Verdict } from '../../src/core/checks/check.ts'
import { programOf } from '../../src/core/code/program.ts'
import type { PerceptronFrame } from '../../src/core/protocol.ts'
import { fromStart, newRun, withEdits } from '../../src/core/run/journal.ts'
import type { Edit, OrderName, Run } from '../../src/core/run/spec.ts'
import { Engine } from '../../src/engine/engine.ts'
import { updatesOf } from '../../src/engine/perceptron-check.ts'
import { perceptronPoints, presentPoints } from '../../src/engine/perceptron-data.ts'
import { PerceptronUnit } from '../../src/engine/perceptron-unit.ts'
import { expectCompleteText, printed } from '../support.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

async function opened(run: Run): Promise<PerceptronFrame> {
  const engine = new Engine()
  await engine.open('A', run)
  const frame = (await engine.frame('A')) as PerceptronFrame
  await engine.close('A')
  return frame
}

async function told(run: Run): Promise<Verdict> {
  const engine = new Engine()
  await engine.open('A', run)
  const measured: Measured = await engine.measure('A', ['updates'])
  await engine.close('A')
  return checks[0]!.judge(measured, { renewals: 0, answer: '' })
}

const point = (path: string, value: number): Edit => ({ at: 0, kind: 'point', path, value })

describe('hard, but not impossible', () => {
  test('a close pair passes; the six points as they are and one place for both do not, over 20 seeds', async () => {
    for (const seed of seeds) {
      const right = await told(placedRun(seed, pair(0.15)))
      expect(right, `seed ${seed}`).toMatchObject({ passed: true, reason: 'solved', values: { points: 2 } })
      expect(Number(right.values['least'])).toBeGreaterThan(ENOUGH_UPDATES)
      expect(await told(placedRun(seed, [])), `seed ${seed}`).toMatchObject({ passed: false, reason: 'tooFew' })
      expect(await told(placedRun(seed, SAME_PLACE)), `seed ${seed}`).toMatchObject({ passed: false, reason: 'never' })
    }
  })

  test('nothing, too much, and a gap that is too narrow to wait for', async () => {
    const nothing = [0, 1, 2, 3, 4, 5].map((id) => point(`off[${id}]`, 1))
    expect((await told(placedRun(1, nothing))).reason).toBe('noPoints')
    expect((await told(placedRun(1, nothing.slice(1)))).reason).toBe('tooFew')
    expect((await told(newRun(chapter.run))).reason).toBe('tooMany')
    expect((await told(placedRun(1, pair(0.001)))).reason).toBe('tooLong')
  })

  test('what is hard in one order only is luck', () => {
    const values = { points: 5, separable: 1, updates: 25, least: 12, most: 30 }
    const measured = { values } as unknown as Measured
    expect(checks[0]!.judge(measured, { renewals: 0, answer: '' }).reason).toBe('byLuck')
    const enough = { values: { ...values, least: 21, points: MOST_POINTS } } as unknown as Measured
    expect(checks[0]!.judge(enough, { renewals: 0, answer: '' }).reason).toBe('solved')
  })

  test('the checker counts what the run itself does, whatever the weights are now', async () => {
    for (const order of ['listed', 'shuffled', 'classes'] as const) {
      const run: Run = { ...placedRun(7, pair(0.2)), head: 400 }
      const spec = { ...run.spec, seed: 0, order }
      const frame = await opened({ ...run, spec })
      expect(frame.isDone).toBe(true)
      const verdict = await told({ ...run, spec, journal: [...run.journal, ...CONVICTION], head: 3 })
      expect(verdict.values['updates']).toBe(frame.updates)
    }
  })
})

describe('the text tells what is measured', () => {
  const show = async (id: string): Promise<PerceptronFrame> => {
    const found = chapter.beats
      .flatMap(({ experiments }) => experiments ?? [])
      .find((experiment) => experiment.id === id)!
    return opened({
      spec: changedSpec(chapter.run, found.change),
      journal: found.edits ?? [],
      head: found.steps ?? 0,
    })
  }

  test('the forty points: 8 corrections, the last with example 123, of 72 that are allowed', async () => {
    const begin = await opened(newRun(chapter.run))
    expect(begin).toMatchObject({ right: 0, loss: 1, weights: [0, 0, 0] })
    const frame = await show('middle')
    expect(frame).toMatchObject({ updates: 8, isDone: true, bound: { most: 72 } })
    expect(frame.mistakes.at(-1)!.step).toBe(123)
  })

  test('the wide gap 4 of 18, the narrow one 57 of 1,238; six points 2', async () => {
    expect(await show('wide')).toMatchObject({ updates: 4, isDone: true, bound: { most: 18 } })
    expect(await show('narrow')).toMatchObject({ updates: 57, isDone: true, bound: { most: 1238 } })
    expect(await opened({ ...newRun({ ...chapter.run, data: SIX }), head: 100 })).toMatchObject({
      updates: 2,
      isDone: true,
    })
  })

  test('a liar: 44 corrections in 400 examples and no end; a conviction: 15 of 76', async () => {
    const lied = await show('flip')
    expect(lied).toMatchObject({ updates: 44, bound: undefined, isDone: false })
    const [x, y] = lied.points.inputs
    expect([lied.points.labels[0], y! > 0.8, Math.abs(x!) < 0.3]).toEqual([0, true, true])
    const long = { ...newRun(chapter.run), journal: CONVICTION, head: 400 }
    expect(await opened(long)).toMatchObject({ updates: 15, isDone: true, bound: { most: 76 } })
  })

  test('50 data sets: medians 4, 10 and 23, at most 7, 41 and 141; 50 shuffles: 2 to 12', async () => {
    const unit = new PerceptronUnit([0, 0, 0])
    const count = (data: Partial<typeof CLOUDS>, seed: number, order: OrderName): Promise<number> => {
      const points = presentPoints(perceptronPoints({ ...CLOUDS, ...data }))
      return updatesOf(unit, points, { ...chapter.run, seed, order })
    }
    const found: (readonly [number, number])[] = []
    for (const margin of [0.3, 0.1, 0.025]) {
      const counts: number[] = []
      for (let seed = 1; seed <= 50; seed++) counts.push(await count({ margin, seed }, 0, 'listed'))
      counts.sort((a, b) => a - b)
      found.push([(counts[24]! + counts[25]!) / 2, counts[49]!])
    }
    expect(found).toEqual([
      [4, 7],
      [10, 41],
      [23, 141],
    ])
    const shuffles: number[] = []
    for (let seed = 0; seed < 50; seed++) shuffles.push(await count({}, seed, 'shuffled'))
    expect([Math.min(...shuffles), Math.max(...shuffles)]).toEqual([2, 12])
    unit.free()
  })

  test('both languages say everything that can be said', () => {
    expectCompleteText(chapter, english)
    expectCompleteText(chapter, german)
  })
})

test('Reset keeps the points where they were placed, and nothing else', () => {
  const set: Edit = { at: 9, kind: 'set', path: '0.bias[0]', value: 3 }
  const run = withEdits({ ...newRun(chapter.run), head: 9 }, [{ ...flipped(2, 1), at: 9 }, set])
  expect(fromStart(run, true)).toEqual({ spec: chapter.run, journal: [flipped(2, 1)], head: 0 })
  expect(fromStart(run, false)).toEqual(newRun(chapter.run))
})

test('numbers too large for float32 are told, points too far out are not taken', async () => {
  const run = newRun(chapter.run)
  const broken = await opened({ ...run, journal: [{ at: 0, kind: 'set', path: '0.bias[0]', value: 1e39 }], head: 3 })
  expect(broken.findings.map(({ kind }) => kind)).toEqual(['nonFinite'])
  const far = await opened({ ...run, journal: [point('input[0]', 1e39), point('input[0]', -1001)] })
  expect(far.points).toEqual((await opened(run)).points)
  expect(far.findings).toEqual([])
})

test('20 runs that learn, each looked at 5 times, give the doctor nothing to say', async () => {
  for (const seed of seeds) {
    const engine = new Engine()
    const run = newRun({ ...chapter.run, seed, data: { ...CLOUDS, seed } })
    await engine.open('A', run)
    for (const head of [0, 1, 10, 60, 200]) {
      await engine.goTo('A', { ...run, head })
      expect((await engine.frame('A')).findings).toEqual([])
    }
    await engine.close('A')
  }
})

const placed: Edit[] = [
  flipped(4, 1),
  point('input[80]', 0.3),
  point('input[81]', 0.1),
  point('label[40]', 1),
  point('banana[0]', 1),
  point('label[99]', 1),
  point('input[0]', 1e39),
  { at: 30, kind: 'point', path: 'off[4]', value: 1 },
  { at: 30, kind: 'point', path: 'input[12]', value: -0.25 },
  { at: 30, kind: 'set', path: '0.weight[1]', value: -1.5 },
  { at: 55, kind: 'point', path: 'off[4]', value: 0 },
]

test.each<[string, Run]>([
  ['plain', { ...newRun(chapter.run), head: 40 }],
  ['shuffled', { ...newRun({ ...chapter.run, seed: 5, order: 'shuffled' }), journal: placed, head: 61 }],
  ['classes', { ...newRun({ ...chapter.run, seed: 2, order: 'classes' }), journal: placed, head: 47 }],
  ['pair', { ...placedRun(3, pair(0.1)), head: 17 }],
  ['table', { ...newRun({ ...chapter.run, data: { ...CLOUDS, kind: 'table', table: 6, samples: 4 } }), head: 11 }],
  [
    'nothing',
    {
      ...placedRun(
        3,
        [0, 1, 2, 3, 4, 5].map((id) => point(`off[${id}]`, 1)),
      ),
      head: 4,
    },
  ],
])('the program prints the loss of the page: %s', async (name, run) => {
  await build({ log: () => {} })
  const { loss } = await opened(run)
  expect(printed(programOf(run), `perceptron-${name}`)).toBe(loss.toFixed(6))
})
