import { describe, expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { chapter, CORNERS, NETWORK_SEED, VALLEY } from '../../src/chapters/gradient-descent/chapter.ts'
import { checks, LATEST } from '../../src/chapters/gradient-descent/check.ts'
import { LIVELY, longValley, otherValley, TEXTBOOK, TOO_SLOW } from '../../src/chapters/gradient-descent/solutions.ts'
import { text as german } from '../../src/chapters/gradient-descent/text.de.ts'
import { text as english } from '../../src/chapters/gradient-descent/text.en.ts'
import { changedSpec } from '../../src/core/chapter/define-chapter.ts'
import { measuresOf, type Verdict } from '../../src/core/checks/check.ts'
import { programOf } from '../../src/core/code/program.ts'
import type { SurfaceFrame } from '../../src/core/protocol.ts'
import { newRun } from '../../src/core/run/journal.ts'
import type { Edit, OptimiserSpec, Run, RunSpec } from '../../src/core/run/spec.ts'
import { placeEdits } from '../../src/core/surface.ts'
import { Engine } from '../../src/engine/engine.ts'
import { expectCompleteText, printed } from '../support.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

async function frameOf(run: Run): Promise<SurfaceFrame> {
  const engine = new Engine()
  await engine.open('A', run)
  const frame = (await engine.frame('A')) as SurfaceFrame
  await engine.close('A')
  return frame
}

async function judged(id: string, run: Run, answer = ''): Promise<Verdict> {
  const check = checks.find((each) => each.id === id)!
  const engine = new Engine()
  await engine.open('A', run)
  const facts = await engine.measure('A', measuresOf(check, answer))
  await engine.close('A')
  return check.judge(facts, { renewals: 0, answer })
}

describe('the largest rate that holds', () => {
  test('2/λmax passes, and so does a guess within 9 %; 20 % beside and 1/λmax do not, over 20 valleys', async () => {
    const curvatures = new Set<number>()
    for (const seed of seeds) {
      const run = otherValley(seed + 1)
      const { largest } = (await frameOf(run)).curvature
      curvatures.add(Math.round(largest))
      const told = async (guess: number): Promise<string> => {
        const verdict = await judged('largest', run, String(guess).replace('.', seed % 2 === 0 ? ',' : '.'))
        return verdict.passed ? 'passed' : verdict.reason
      }
      for (const factor of [1, 0.93, 1.07]) expect(await told((2 / largest) * factor), `seed ${seed}`).toBe('passed')
      expect(await told((2 / largest) * 0.8)).toBe('tooLow')
      expect(await told((2 / largest) * 1.2)).toBe('tooHigh')
      expect(await told(1 / largest)).toBe('tooLow')
    }
    expect(curvatures.size).toBeGreaterThan(10)
  })

  test('no number, a negative one, and the first valley do not count', async () => {
    for (const answer of ['', 'much', '-0.01', '0']) {
      expect((await judged('largest', otherValley(2), answer)).reason, answer).toBe('noAnswer')
    }
    expect((await judged('largest', newRun(chapter.run), '0.02')).reason).toBe('otherLandscape')
    const network = newRun({ ...chapter.run, data: { ...CORNERS, seed: 2 } })
    expect((await judged('largest', network, '0.02')).reason).toBe('otherLandscape')
  })
})

describe('there for good in 70 steps', () => {
  test('two good pairs pass and the obvious ones are too slow, over 20 seeds, wherever the visitor started', async () => {
    for (const seed of seeds) {
      for (const pair of [TEXTBOOK, LIVELY]) {
        expect(await judged('seventy', longValley(pair, seed)), `seed ${seed}`).toMatchObject({ passed: true })
      }
      for (const pair of TOO_SLOW) {
        const run = { ...longValley(pair, seed), journal: placeEdits(2, 2) }
        expect(await judged('seventy', run), `seed ${seed}`).toMatchObject({ passed: false })
      }
    }
  })

  test('no plain rate does it: the best of 40 needs more than 340 steps', async () => {
    let best = Infinity
    for (let i = 161; i <= 200; i++) {
      const verdict = await judged('seventy', longValley({ learningRate: i * 1e-4, momentum: 0 }))
      const settled = Number(verdict.values['settled'])
      if (settled > 0) best = Math.min(best, settled)
    }
    expect(best).toBeGreaterThan(340)
    expect(best).toBeLessThan(351)
  })

  test('batches, other valleys and a run that never rests are told apart', async () => {
    const run = longValley(TEXTBOOK)
    expect((await judged('seventy', { ...run, spec: { ...run.spec, batch: 4 } })).reason).toBe('batches')
    expect((await judged('seventy', otherValley(2))).reason).toBe('otherLandscape')
    expect((await judged('seventy', longValley({ learningRate: 0.05, momentum: 0 }))).reason).toBe('never')
    expect((await judged('seventy', longValley(TOO_SLOW[0]!))).reason).toBe('plain')
    expect((await judged('seventy', longValley(TOO_SLOW[1]!))).reason).toBe('late')
    expect(LATEST).toBe(70)
  })
})

const fit = (optimiser: Partial<OptimiserSpec>, more: Partial<RunSpec> = {}): RunSpec => ({
  ...chapter.run,
  ...more,
  optimiser: { ...chapter.run.optimiser, ...optimiser },
})

const distances = ({ path: { places }, lowest }: SurfaceFrame): number[] =>
  Array.from({ length: places.length / 2 }, (_, i) => {
    const [dx, dy] = [places[2 * i]! - lowest!.place[0], places[2 * i + 1]! - lowest!.place[1]]
    return Math.sqrt(dx * dx + dy * dy)
  })

describe('the text tells what is measured', () => {
  const show = async (id: string): Promise<SurfaceFrame> => {
    const { change, steps, edits } = chapter.beats
      .flatMap(({ experiments }) => experiments ?? [])
      .find((experiment) => experiment.id === id)!
    return frameOf({ spec: changedSpec(chapter.run, change), journal: edits ?? [], head: steps ?? 0 })
  }

  test('the valley: curvatures 100 and 1, the lowest point at (2, 2) with a loss of 0.82', async () => {
    const { curvature, lowest, loss, place } = await frameOf(newRun(chapter.run))
    expect(curvature.largest).toBeCloseTo(100, 4)
    expect(curvature.smallest).toBeCloseTo(1, 6)
    expect(lowest!.place[0]).toBeCloseTo(2, 6)
    expect(lowest!.place[1]).toBeCloseTo(2, 6)
    expect(place).toEqual([1, 1])
    expect(loss).toBeCloseTo(51.3, 1)
    expect((await frameOf({ ...newRun(chapter.run), journal: placeEdits(2, 2) })).loss).toBeCloseTo(0.82, 2)
  })

  test('steps until it stays: 688 at 0.01, 361 at 0.0198, 58 and 49 with momentum; first touch after 35', async () => {
    const settled = async (pair: Partial<OptimiserSpec>): Promise<number | undefined> =>
      (await frameOf({ spec: fit(pair), journal: [], head: 1000 })).settled
    expect(await settled({ learningRate: 0.01 })).toBe(688)
    expect(await settled({ learningRate: 0.0198 })).toBe(361)
    expect(await settled({ learningRate: 2 / 101 })).toBe(363)
    expect(await settled({ learningRate: 0.02 })).toBeUndefined()
    expect(await settled(TEXTBOOK)).toBe(58)
    expect(await settled(LIVELY)).toBe(49)
    const way = distances(await frameOf({ spec: fit(LIVELY), journal: [], head: 100 }))
    expect(way.findIndex((distance) => distance < 1e-3)).toBe(35)
    expect((await frameOf({ spec: fit({ learningRate: 0.01 }), journal: [], head: 1 })).loss).toBeCloseTo(1.31, 2)
  })

  test('0.021 runs away by 10 % a step; after 425 steps training stops and the last good state is kept', async () => {
    const away = await show('away')
    const [before, after] = distances(away).slice(-2) as [number, number]
    expect(after / before).toBeCloseTo(1.1, 2)
    expect(away.findings.map(({ kind }) => kind)).toEqual(['divergence'])
    const stopped = await frameOf({ spec: fit({ learningRate: 0.021 }), journal: [], head: 3000 })
    expect(stopped.step).toBe(425)
    expect(stopped.findings[0]).toMatchObject({ kind: 'nonFinite', values: { step: 426 } })
    expect(stopped.place.every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(stopped.loss)).toBe(true)
  })

  test('short of the bottom, at it, beyond it, and away: what the cut of the next step shows', async () => {
    for (const [id, product] of [
      ['small', 0.4],
      ['floor', 1],
      ['zigzag', 1.95],
    ] as const) {
      const frame = await show(id)
      expect(frame.findings).toEqual([])
      expect(0.01 * product * frame.curvature.largest).toBeCloseTo(product, 4)
      const { next } = await frameOf({ spec: fit({ learningRate: product / 100 }), journal: [], head: 0 })
      expect(next!.predicted).toBeCloseTo(-10_001 * (product / 100), 0)
      expect(next!.actual).toBeGreaterThan(next!.predicted)
      expect(next!.actual).toBeLessThan(0)
      expect(next!.profile[0]).toBeCloseTo(51.32, 1)
    }
    const { next } = await frameOf(newRun(fit({ learningRate: 0.021 })))
    expect(next!.actual).toBeGreaterThan(0)
  })

  test('how far batches wander, over 5 orders', async () => {
    const wander = async (batch: number, learningRate: number): Promise<number> => {
      let sum = 0
      for (const seed of [1, 2, 3, 4, 5]) {
        const run = { spec: fit({ learningRate }, { seed, batch }), journal: [], head: 2000 }
        const late = distances(await frameOf(run)).slice(1500, 2000)
        sum += late.reduce((total, distance) => total + distance, 0) / late.length / 5
      }
      return sum
    }
    expect(await wander(4, 0.01)).toBeCloseTo(0.05, 2)
    expect(await wander(10, 0.01)).toBeCloseTo(0.02, 2)
    expect(Math.abs((await wander(4, 0.003)) - 0.015)).toBeLessThan(0.001)
  })

  test('the network: where starts end, how deep, how curved', async () => {
    const [toA, toB, hollow, jump] = (await Promise.all(['toA', 'toB', 'hollow', 'jump'].map(show))) as [
      SurfaceFrame,
      SurfaceFrame,
      SurfaceFrame,
      SurfaceFrame,
    ]
    const near = ({ place }: SurfaceFrame, [w1, w2]: readonly [number, number]): boolean =>
      Math.abs(place[0] - w1) + Math.abs(place[1] - w2) < 0.02
    expect(near(toA, [1, 0])).toBe(true)
    expect(near(toB, [0, 1])).toBe(true)
    expect(near(hollow, [0.02, -0.9])).toBe(true)
    expect(toA.loss).toBeCloseTo(0.025, 3)
    expect(hollow.loss).toBeCloseTo(0.3, 2)
    expect(toA.curvature.largest).toBeCloseTo(18.8, 0)
    expect(toB.curvature.largest).toBeCloseTo(12.6, 0)
    expect(near(jump, [1, 0])).toBe(false)
    expect(jump.loss).toBeGreaterThan(2 * toA.loss)
    expect(toA.lowest).toBeUndefined()
    const settles = await frameOf({
      spec: { ...changedSpec(chapter.run, { data: CORNERS, seed: NETWORK_SEED, learningRate: 0.14 }) },
      journal: placeEdits(-0.5, 1),
      head: 200,
    })
    expect(near(settles, [0, 1])).toBe(true)
  })

  test('of 49 starts 17 end in A, 21 in B, 11 in two hollows', async () => {
    const spec = changedSpec(chapter.run, { data: CORNERS, seed: NETWORK_SEED, learningRate: 0.05 })
    const engine = new Engine()
    await engine.open('A', newRun(spec))
    const ends = new Map<string, number>()
    for (let i = 0; i < 49; i++) {
      const start = placeEdits(-0.9 + (i % 7) * 0.45, -0.9 + Math.floor(i / 7) * 0.45)
      await engine.goTo('A', { spec, journal: start, head: 400 })
      const { place } = (await engine.frame('A')) as SurfaceFrame
      const end = place.map((value) => Math.round(10 * value) / 10 + 0).join(' ')
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
    expect(Object.fromEntries(ends)).toEqual({ '1 0': 17, '0 1': 21, '0 -0.9': 8, '-0.6 0': 3 })
  })

  test('both languages say everything that can be said', () => {
    expectCompleteText(chapter, english)
    expectCompleteText(chapter, german)
  })
})

describe('every number can be opened and changed', () => {
  const spaces: [string, RunSpec][] = [
    ['fit', chapter.run],
    ['network', changedSpec(chapter.run, { data: CORNERS, seed: NETWORK_SEED })],
  ]
  test.each(spaces)(
    '%s: what the gradient promises is what a small change does; looking changes nothing',
    async (_, spec) => {
      const engine = new Engine()
      const slow: RunSpec = { ...spec, optimiser: { learningRate: 0.004, momentum: 0 } }
      await engine.open('A', { ...newRun(slow), journal: placeEdits(0.7, 0.4), head: 3 })
      const hash = await engine.hash('A')
      for (const path of ['w1', 'w2']) {
        const probe = (await engine.probe('A', { kind: 'parameter', path, index: 0 }))!
        const edit: Edit = { at: 3, kind: 'set', path: `${path}[0]`, value: probe.value + 1e-4 }
        const told = (await engine.whatIf('A', edit))!
        expect(told.actual / told.predicted).toBeCloseTo(1, 1)
        const slope = (await engine.probe('A', { kind: 'gradient', path, index: 0 }))!
        expect(slope.value).toBe(probe.gradient)
      }
      expect((await engine.probe('A', { kind: 'loss' }))!.value).toBe((await engine.frame('A')).loss)
      expect(await engine.probe('A', { kind: 'parameter', path: 'w3', index: 0 })).toBeUndefined()
      expect(await engine.probe('A', { kind: 'input', index: 0, example: 0 })).toBeUndefined()
      expect(await engine.hash('A')).toBe(hash)
    },
  )

  test.each(spaces)('%s: the next step is told exactly as it comes, batches and momentum included', async (_, spec) => {
    const engine = new Engine()
    const run = newRun({ ...spec, batch: 4, optimiser: { learningRate: 0.005, momentum: 0.6 } })
    for (const head of [0, 7, 13]) {
      await engine.open('A', { ...run, head })
      const before = (await engine.frame('A')) as SurfaceFrame
      await engine.goTo('A', { ...run, head: head + 1 })
      const after = (await engine.frame('A')) as SurfaceFrame
      expect(after.place).toEqual(before.next!.place)
      expect(after.loss - before.loss).toBeCloseTo(before.next!.actual, 12)
      expect(after.batchSteps.length).toBe(2 * after.stepsPerEpoch)
    }
  })

  test('a start by hand, undone and made again: the same path and the same bits', async () => {
    const engine = new Engine()
    const run: Run = { ...newRun(chapter.run), head: 40 }
    await engine.open('A', run)
    const [hash, plain] = [await engine.hash('A'), (await engine.frame('A')) as SurfaceFrame]
    const moved: Run = { ...run, journal: placeEdits(3, 0.5) }
    await engine.goTo('A', moved)
    const other = (await engine.frame('A')) as SurfaceFrame
    expect(other.path.places.slice(0, 2)).toEqual(Float32Array.of(3, 0.5))
    expect(other.path.jumps).toEqual([0])
    await engine.goTo('A', { ...moved, journal: [...moved.journal, { at: 20, kind: 'set', path: 'w2[0]', value: 1 }] })
    expect(((await engine.frame('A')) as SurfaceFrame).path.jumps).toEqual([0, 21])
    await engine.goTo('A', run)
    expect(await engine.hash('A')).toBe(hash)
    expect(((await engine.frame('A')) as SurfaceFrame).path).toEqual(plain.path)
  })
})

test('200 healthy descents, each looked at 3 times, give the doctor nothing to say', async () => {
  const engine = new Engine()
  for (let i = 0; i < 100; i++) {
    for (const spec of [
      fit(
        { learningRate: 0.002 + 0.00007 * (i % 50) },
        { seed: i + 1, data: { ...VALLEY, seed: i + 1 }, batch: i % 2 === 0 ? 0 : 10 },
      ),
      changedSpec(chapter.run, { data: CORNERS, seed: i + 1, learningRate: 0.03 }),
    ]) {
      await engine.open('A', newRun(spec))
      for (const head of [30, 120, 300]) {
        await engine.goTo('A', { ...newRun(spec), head })
        expect((await engine.frame('A')).findings, `${spec.data.kind} ${i}`).toEqual([])
      }
    }
  }
})

test.each<[string, Run]>([
  ['fit', { ...newRun(chapter.run), head: 100 }],
  [
    'batches',
    {
      spec: fit({ learningRate: 0.002, momentum: 0.5 }, { seed: 3, batch: 4, data: { ...VALLEY, seed: 2 } }),
      journal: [...placeEdits(0.3, 1.3), { at: 7, kind: 'set', path: 'w2[0]', value: 0.4 }],
      head: 33,
    },
  ],
  [
    'network',
    {
      spec: changedSpec(chapter.run, { data: CORNERS, seed: NETWORK_SEED, learningRate: 0.05 }),
      journal: placeEdits(-0.5, 1),
      head: 20,
    },
  ],
])('the program prints the loss of the page: %s', async (name, run) => {
  await build({ log: () => {} })
  expect(printed(programOf(run), `surface-${name}`)).toBe((await frameOf(run)).loss.toFixed(6))
})
