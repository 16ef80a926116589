import { describe, expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { chapter, LAMP } from '../../src/chapters/linear-separability/chapter.ts'
import { checks } from '../../src/chapters/linear-separability/check.ts'
import { ALL_TABLES, featureRun, IMPOSSIBLE, ONLY_XOR } from '../../src/chapters/linear-separability/solutions.ts'
import { text as german } from '../../src/chapters/linear-separability/text.de.ts'
import { text as english } from '../../src/chapters/linear-separability/text.en.ts'
import { changedSpec, type SpecChange } from '../../src/core/chapter/define-chapter.ts'
import type { Measured, Verdict } from '../../src/core/checks/check.ts'
import { programOf } from '../../src/core/code/program.ts'
import type { TruthFrame } from '../../src/core/truth-frame.ts'
import { newRun } from '../../src/core/run/journal.ts'
import type { Edit, Run } from '../../src/core/run/spec.ts'
import { AND, NAND, OR, printTables, TABLES, XNOR, XOR } from '../../src/core/truth.ts'
import { Engine } from '../../src/engine/engine.ts'
import { expectCompleteText, printed } from '../support.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

async function frameOf(run: Run): Promise<TruthFrame> {
  const engine = new Engine()
  await engine.open('A', run)
  const frame = (await engine.frame('A')) as TruthFrame
  await engine.close('A')
  return frame
}

const runOf = (change: SpecChange, head = 0, journal: readonly Edit[] = []): Run => ({
  spec: changedSpec(chapter.run, change),
  journal,
  head,
})

async function measured(id: 'tables' | 'feature', run: Run): Promise<Measured> {
  const engine = new Engine()
  await engine.open('A', run)
  const found = await engine.measure('A', [id])
  await engine.close('A')
  return found
}

const judge = (id: string, found: Measured, answer = ''): Verdict =>
  checks.find((check) => check.id === id)!.judge(found, { renewals: 0, answer })

describe('sixteen tables', () => {
  test('only XOR and its opposite are impossible: perceptrons say so over 20 seeds, and the obvious wrong answers fail', async () => {
    for (const seed of seeds) {
      const found = await measured('tables', runOf({ seed }))
      const verdict = judge('tables', found, IMPOSSIBLE)
      expect(verdict, `seed ${seed}`).toMatchObject({ passed: true, values: { right: 16, learned: 14 } })
      expect(judge('tables', found, '').reason).toBe('noAnswer')
      expect(judge('tables', found, ONLY_XOR)).toMatchObject({ passed: false, values: { right: 15, overlooked: 1 } })
      expect(judge('tables', found, ALL_TABLES)).toMatchObject({ passed: false, values: { right: 2, wronged: 14 } })
      expect(judge('tables', found, printTables([AND, XOR, XNOR])).reason).toBe('wronged')
    }
  })

  test('every table that is learned is learned from all five starts, and the others from none', async () => {
    const { values } = await measured('tables', newRun(chapter.run))
    for (const table of TABLES)
      expect(values[`table ${table}`], `table ${table}`).toBe(
        IMPOSSIBLE.includes(String(table)) && String(table).length === 1 ? 0 : 5,
      )
  })

  test('what the run itself is busy with makes no difference', async () => {
    const found = await measured(
      'tables',
      runOf({ data: { ...LAMP, table: AND, turn: 45 }, feature: 'x1*x2', activation: 'sigmoid' }),
    )
    expect(judge('tables', found, IMPOSSIBLE).passed).toBe(true)
  })
})

describe('XOR with one neuron', () => {
  test('the product passes with either rule, every other input fails, over 20 seeds', async () => {
    for (const seed of seeds) {
      const told = async (...given: Parameters<typeof featureRun>): Promise<string> =>
        judge('feature', await measured('feature', featureRun(...given))).reason
      expect(await told(seed, 'x1*x2'), `seed ${seed}`).toBe('solved')
      for (const feature of ['x1+x2', 'x1^2', 'x2^2'] as const) expect(await told(seed, feature)).toBe('notOne')
      expect(await told(seed, 'none')).toBe('noFeature')
    }
    const smooth = await measured('feature', featureRun(1, 'x1*x2', 'sigmoid'))
    expect(judge('feature', smooth).reason).toBe('solvedSmoothly')
    const useless = await measured('feature', featureRun(1, 'x1^2', 'sigmoid'))
    expect(judge('feature', useless).reason).toBe('notOne')
  }, 60_000)

  test('another table, turned points, and a rate at which nothing is learned do not count', async () => {
    const { spec } = featureRun(1, 'x1*x2')
    const table = await measured('feature', newRun({ ...spec, data: { ...LAMP, table: AND } }))
    expect(judge('feature', table).reason).toBe('otherTable')
    expect(judge('feature', await measured('feature', featureRun(1, 'x1^2', 'step', 45))).reason).toBe('turned')
    const still = { ...spec, optimiser: { learningRate: 0, momentum: 0 } }
    expect(judge('feature', await measured('feature', newRun(still))).passed).toBe(false)
  })
})

describe('the text tells what is measured', () => {
  test('of 68,921 lines none has more than three of four right', () => {
    let [lines, best] = [0, 0]
    for (let w1 = -20; w1 <= 20; w1++)
      for (let w2 = -20; w2 <= 20; w2++)
        for (let b = -20; b <= 20; b++) {
          lines++
          const right = [b < 0, w2 + b > 0, w1 + b > 0, w1 + w2 + b < 0].filter(Boolean).length
          best = Math.max(best, right)
        }
    expect([lines, best]).toEqual([68_921, 3])
  })

  test('at the start two of four are right', async () => {
    expect((await frameOf(newRun(chapter.run))).right).toBe(2)
  })

  test('after step 13 the weights are what they were after step 9; before that there is no ring', async () => {
    expect((await frameOf(runOf({}, 12))).loop).toBeUndefined()
    const [first, again] = [await frameOf(runOf({}, 9)), await frameOf(runOf({}, 13))]
    expect(again.loop).toEqual({ from: 9, length: 4, corrections: 4 })
    expect(again.weights).toEqual(first.weights)
    expect(again.next).toBe(first.next)
    // And so for ever.
    expect((await frameOf(runOf({}, 4013))).weights).toEqual(first.weights)
  })

  test('the four corrections of one time round make exactly 0', async () => {
    const { trail } = await frameOf(runOf({}, 24))
    const round = trail.slice(-4)
    expect(round.map(({ row }) => row)).toEqual([0, 1, 2, 3])
    expect(round.every(({ isMistake }) => isMistake)).toBe(true)
    const changes = round.map(({ before, after }) => after.map((value, i) => value - before[i]!))
    expect(changes).toEqual([
      [0, 0, -1],
      [0, 1, 1],
      [1, 0, 1],
      [-1, -1, -1],
    ])
  })

  test('from 100 starts all end in a ring of four steps, found after 29 steps at most; AND comes to rest', async () => {
    let latest = 0
    for (let seed = 1; seed <= 100; seed++) {
      const { loop } = await frameOf(runOf({ seed }, 60))
      expect(loop, `seed ${seed}`).toMatchObject({ length: 4, corrections: 4 })
      latest = Math.max(latest, loop!.from + loop!.length)
    }
    expect(latest).toBe(29)
    for (const table of [AND, OR, NAND]) {
      for (const seed of seeds) {
        const frame = await frameOf(runOf({ seed, data: { ...LAMP, table } }, 100))
        expect(frame, `table ${table}, seed ${seed}`).toMatchObject({ isDone: true, right: 4, meeting: undefined })
      }
    }
    expect(await frameOf(runOf({ data: { ...LAMP, table: AND } }, 24))).toMatchObject({ isDone: true })
  }, 60_000)

  test('the hulls of XOR meet in the middle, turned or not; a logistic unit ends at 0.5 for everything', async () => {
    for (const turn of [0, 15, 30, 45, 60, 75, 90]) {
      const { meeting } = await frameOf(runOf({ data: { ...LAMP, turn } }))
      for (const value of meeting!.place) expect(value).toBeCloseTo(0.5, 12)
    }
    const { loss, outputs, weights, findings } = await frameOf(runOf({ activation: 'sigmoid' }, 200))
    expect(loss).toBeCloseTo(Math.log(2), 6)
    for (const output of outputs) expect(output).toBeCloseTo(0.5, 3)
    for (const weight of weights) expect(weight).toBeCloseTo(0, 3)
    expect(findings.map(({ kind }) => kind)).toEqual(['noLine'])
  })

  test('x₁ + x₂ and x₁² change nothing; at 45 degrees x₁² does, and x₁x₂ no longer', async () => {
    const shows = async (feature: 'x1+x2' | 'x1^2' | 'x1*x2', turn: number): Promise<boolean | undefined> =>
      (await frameOf(runOf({ feature, data: { ...LAMP, turn } }, 160))).isDone
    expect(await shows('x1+x2', 0)).toBe(false)
    expect(await shows('x1^2', 0)).toBe(false)
    expect(await shows('x1*x2', 0)).toBe(true)
    expect(await shows('x1^2', 45)).toBe(true)
    expect(await shows('x1*x2', 45)).toBe(false)
    const { meeting } = await frameOf(runOf({ feature: 'x1+x2' }))
    expect(meeting!.place[2]).toBeCloseTo(1, 12)
  })

  test('both languages say everything that can be said', () => {
    expectCompleteText(chapter, english)
    expectCompleteText(chapter, german)
    expect(Object.keys(german.truth!)).toEqual(Object.keys(english.truth!))
  })
})

describe('the doctor speaks only when due', () => {
  test('200 runs on tables that have a line, each looked at 5 times: no finding', async () => {
    const possible = TABLES.filter((table) => table !== XOR && table !== XNOR)
    for (let seed = 1; seed <= 200; seed++) {
      const engine = new Engine()
      const table = possible[seed % possible.length]!
      const run = runOf({ seed, data: { ...LAMP, table }, activation: seed % 5 === 0 ? 'sigmoid' : 'step' })
      await engine.open('A', run)
      for (const head of [0, 1, 20, 200, 250]) {
        await engine.goTo('A', { ...run, head })
        expect((await engine.frame('A')).findings, `seed ${seed}, table ${table}, step ${head}`).toEqual([])
      }
      await engine.close('A')
    }
  }, 120_000)

  test('not before it goes round, and not while the loss still falls', async () => {
    expect((await frameOf(runOf({}, 12))).findings).toEqual([])
    expect((await frameOf(runOf({}, 13))).findings.map(({ kind }) => kind)).toEqual(['noLine'])
    expect((await frameOf(runOf({ activation: 'sigmoid' }, 50))).findings).toEqual([])
  })

  test('a number too large for float32 is told', async () => {
    const frame = await frameOf(runOf({}, 0, [{ at: 0, kind: 'set', path: '0.bias[0]', value: 1e39 }]))
    expect(frame.findings.map(({ kind }) => kind)).toEqual(['nonFinite'])
  })
})

describe('every number can be opened and changed', () => {
  test('what a gradient promises is what a small change does, and a step is flat', async () => {
    const engine = new Engine()
    for (const activation of ['sigmoid', 'step'] as const) {
      await engine.open('A', runOf({ seed: 2, activation, feature: 'x1*x2', data: { ...LAMP, turn: 15 } }))
      for (const path of ['0.weight[0]', '0.weight[1]', '0.weight[2]', '0.bias[0]']) {
        const [name, index] = path.replace(']', '').split('[') as [string, string]
        const probe = (await engine.probe('A', { kind: 'parameter', path: name, index: Number(index) }))!
        const hash = await engine.hash('A')
        const whatIf = (await engine.whatIf('A', { at: 0, kind: 'set', path, value: probe.value + 1e-3 }))!
        expect(await engine.hash('A')).toBe(hash)
        expect(probe.isFlat).toBe(activation === 'step')
        if (activation === 'step') expect([probe.gradient, whatIf.predicted]).toEqual([0, 0])
        else expect(whatIf.actual / whatIf.predicted, path).toBeCloseTo(1, 2)
      }
    }
    const sum = (await engine.probe('A', { kind: 'activation', layer: 0, unit: 0, example: 3 }))!
    expect(sum.terms).toHaveLength(3)
    expect(sum.terms.reduce((total, { product }) => total + product, sum.bias!.value)).toBeCloseTo(sum.sum!, 6)
    await engine.close('A')
  })

  test('steps back and forth, edits and their loss replay bit for bit, the trail included', async () => {
    const engine = new Engine()
    const start = newRun(chapter.run)
    await engine.open('A', start)
    const hashes = new Map<number, string>()
    for (const head of [0, 5, 13, 40, 300]) {
      await engine.goTo('A', { ...start, head })
      hashes.set(head, await engine.hash('A'))
    }
    for (const head of [40, 5, 300, 0, 13]) {
      await engine.goTo('A', { ...start, head })
      expect(await engine.hash('A'), `step ${head}`).toBe(hashes.get(head))
    }
    const edited: Run = { ...start, head: 20, journal: [{ at: 5, kind: 'set', path: '0.weight[0]', value: 2.25 }] }
    await engine.goTo('A', edited)
    const [frame, hash] = [(await engine.frame('A')) as TruthFrame, await engine.hash('A')]
    expect(frame.trail.length + frame.forgotten).toBe(15)
    await engine.goTo('A', { ...start, head: 300 })
    expect(await engine.hash('A')).toBe(hashes.get(300))
    await engine.open('A', edited)
    expect(await engine.hash('A')).toBe(hash)
    await engine.close('A')
  })
})

test.each<[string, Run]>([
  ['start', newRun(chapter.run)],
  ['round', runOf({}, 24)],
  ['turned', runOf({ seed: 7, data: { ...LAMP, turn: 30 }, feature: 'x1*x2' }, 9)],
  ['logistic', runOf({ activation: 'sigmoid', learningRate: 0.3 }, 57)],
  [
    'edited',
    runOf({ seed: 3, activation: 'sigmoid', feature: 'x1^2', data: { ...LAMP, turn: 45, table: OR } }, 20, [
      { at: 0, kind: 'set', path: '0.bias[0]', value: 0.5 },
      { at: 7, kind: 'set', path: '0.weight[2]', value: -1.25 },
    ]),
  ],
])('the program prints the loss of the page: %s', async (name, run) => {
  await build({ log: () => {} })
  const { loss } = await frameOf(run)
  expect(printed(programOf(run), `truth-${name}`)).toBe(loss.toFixed(6))
})
