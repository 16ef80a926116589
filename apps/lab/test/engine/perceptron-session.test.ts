import { describe, expect, test } from 'vitest'
import type { PerceptronFrame } from '../../src/core/protocol.ts'
import { headAfter, headBefore, paceOfBoth } from '../../src/core/run/cursor.ts'
import { newRun, withEdits } from '../../src/core/run/journal.ts'
import type { DataSpec, Edit, OrderName, Run, RunSpec } from '../../src/core/run/spec.ts'
import { Engine } from '../../src/engine/engine.ts'

const GAP: DataSpec = { kind: 'gap', samples: 40, noise: 0, margin: 0.1, seed: 1 }

const spec = (data: Partial<DataSpec> = {}, seed = 0, order: OrderName = 'listed'): RunSpec => ({
  v: 1,
  chapter: 'perceptron',
  seed,
  data: { ...GAP, ...data },
  model: { kind: 'perceptron', layers: [], activation: 'step' },
  optimiser: { learningRate: 1, momentum: 0 },
  batch: 1,
  order,
})

async function frameOf(engine: Engine, run: Run): Promise<PerceptronFrame> {
  await engine.goTo('A', run)
  return (await engine.frame('A')) as PerceptronFrame
}

async function opened(run: Run): Promise<{ engine: Engine; frame: PerceptronFrame }> {
  const engine = new Engine()
  await engine.open('A', run)
  return { engine, frame: (await engine.frame('A')) as PerceptronFrame }
}

const at = (head: number, run: Run): Run => ({ ...run, head })

/** The rule of the textbook, in plain numbers. */
function byHand({ points, order }: PerceptronFrame, steps: number): { weights: number[]; mistakes: number[] } {
  let weights = [0, 0, 0]
  const mistakes: number[] = []
  for (let step = 0; step < steps; step++) {
    const i = order[step % order.length]!
    const x = [points.inputs[2 * i]!, points.inputs[2 * i + 1]!, 1]
    const sign = 2 * points.labels[i]! - 1
    if (sign * x.reduce((sum, value, k) => sum + value * weights[k]!, 0) > 0) continue
    weights = weights.map((weight, k) => Math.fround(weight + sign * x[k]!))
    mistakes.push(step + 1)
  }
  return { weights, mistakes }
}

describe('the rule', () => {
  test('adds the example that is wrong, in the fixed order, exactly as by hand, over 8 data sets', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const run = newRun(spec({ seed, margin: 0.03 }))
      const { engine, frame: first } = await opened(run)
      expect(first).toMatchObject({ step: 0, loss: 1, right: 0, updates: 0, weights: [0, 0, 0], isDone: false })
      const frame = await frameOf(engine, at(200, run))
      const { weights, mistakes } = byHand(first, 200)
      expect(frame.weights).toEqual(weights)
      expect(frame.mistakes.map(({ step }) => step)).toEqual(mistakes)
      expect(frame.updates).toBe(mistakes.length)
      for (const { before, after, point } of frame.mistakes) {
        const place = frame.points.ids.indexOf(point)
        const sign = 2 * frame.points.labels[place]! - 1
        const added = [frame.points.inputs[2 * place]!, frame.points.inputs[2 * place + 1]!, 1]
        expect(after).toEqual(before.map((weight, k) => Math.fround(weight + sign * added[k]!)))
      }
      expect(frame.counts.reduce((sum, count) => sum + count, 0)).toBe(frame.updates)
      expect(frame.updates).toBeLessThanOrEqual(frame.bound!.most)
    }
  })

  test('Step leads from mistake to mistake and ends when nothing is wrong; Step back leads the same way back', async () => {
    for (const order of ['listed', 'shuffled', 'classes'] as const) {
      const run = newRun(spec({ seed: 3, margin: 0.03 }, 0, order))
      const { engine, frame: first } = await opened(run)
      let frame = first
      const steps = [0]
      while (frame.jumps!.next !== undefined) {
        const { updates } = frame
        frame = await frameOf(engine, at(frame.jumps!.next, run))
        expect(frame.updates).toBe(updates + 1)
        steps.push(frame.step)
      }
      expect(frame).toMatchObject({ isDone: true, loss: 0, right: 40 })
      const hash = await engine.hash('A')
      frame = await frameOf(engine, at(frame.step + 100, run))
      expect(await engine.hash('A')).toBe(hash)
      const back: number[] = []
      for (let step = frame.step; step > 0;) {
        step = frame.jumps!.previous
        frame = await frameOf(engine, at(step, run))
        back.unshift(step)
      }
      expect(back).toEqual(steps)
      expect(frame).toEqual({ ...first, curve: frame.curve })
    }
  })

  test('a truth table; OR is learned, and XOR never ends', async () => {
    const run = (table: number): Run => at(400, newRun(spec({ kind: 'table', table, samples: 4 })))
    expect((await opened(run(7))).frame).toMatchObject({ isDone: true, right: 4 })
    expect((await opened(run(6))).frame).toMatchObject({ isDone: false, bound: undefined })
  })

  test('Play ends by itself, at the same step on every machine', async () => {
    const run = newRun(spec({ seed: 2 }))
    const ends: number[] = []
    for (const speed of [1000, 10_000]) {
      const { engine } = await opened(run)
      engine.play(speed)
      let frame = (await engine.frame('A')) as PerceptronFrame
      while (!frame.isDone!) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        frame = (await engine.frame('A')) as PerceptronFrame
      }
      await new Promise((resolve) => setTimeout(resolve, 30))
      ends.push((await engine.pause()).A!)
    }
    expect(ends[0]).toBe(ends[1])
    expect(ends[0]).toBe((await opened(at(500, run))).frame.mistakes.at(-1)!.step)
  })
})

describe('points set by hand', () => {
  const edit = (path: string, value: number, head = 0): Edit => ({ at: head, kind: 'point', path, value })

  test('a point is moved, turned to the other class, added, taken away', async () => {
    const run = newRun(spec())
    const { engine, frame: first } = await opened(run)
    const journal = [
      edit('input[0]', 0.25),
      edit('input[1]', -0.5),
      edit('label[1]', 1 - first.points.labels[1]!),
      edit('input[80]', 0.75),
      edit('input[81]', -0.25),
      edit('label[40]', 1),
      edit('off[2]', 1),
    ]
    const frame = await frameOf(engine, { ...run, journal })
    expect(frame.points.ids).toHaveLength(40)
    expect(Array.from(frame.points.ids).slice(0, 3)).toEqual([0, 1, 3])
    expect(Array.from(frame.points.inputs).slice(0, 2)).toEqual([0.25, -0.5])
    expect(frame.points.labels[1]).toBe(1 - first.points.labels[1]!)
    expect(Array.from(frame.points.inputs).slice(-2)).toEqual([0.75, -0.25])
    expect(frame.points.labels.at(-1)).toBe(1)
    const undone = await frameOf(engine, run)
    expect(undone).toEqual({ ...first, curve: undone.curve })
  })

  test('what names no point is left out, and no point at all is no problem', async () => {
    const run = newRun(spec({ samples: 2 }))
    const { engine, frame: first } = await opened(run)
    const before = await engine.hash('A')
    const foreign = ['input[9]', 'label[7]', 'off[5]', 'off[2]', 'banana[0]', 'input[100000]']
    await engine.goTo('A', { ...run, journal: foreign.map((path) => edit(path, 1)) })
    expect(await engine.hash('A')).toBe(before)
    expect(first.points.ids).toHaveLength(2)
    const frame = await frameOf(engine, { ...run, journal: [edit('off[0]', 1), edit('off[1]', 1)], head: 5 })
    expect(frame).toMatchObject({ isDone: true, updates: 0, bound: undefined, loss: 0 })
  })

  test('a change on the way: it learns on from there, and the bound counts from there', async () => {
    const { engine, frame: first } = await opened(at(60, newRun(spec({ margin: 0.03 }))))
    const run = withEdits(at(60, newRun(spec({ margin: 0.03 }))), [edit('label[0]', 1 - first.points.labels[0]!, 60)])
    const frame = await frameOf(engine, { ...run, head: 61 })
    expect(frame.since).toMatchObject({ step: 60, updates: first.updates, weights: first.weights })
    // A new pass begins with the first point.
    expect(frame.mistakes.at(-1)).toMatchObject({ step: 61, point: 0 })
    const again = await opened({ ...run, head: 61 })
    expect(await again.engine.hash('A')).toBe(await engine.hash('A'))
    expect(again.frame).toEqual(frame)
  })

  test('replayed in any order, a run gives the same pictures', async () => {
    const run: Run = {
      ...newRun(spec({ margin: 0.03 }, 5, 'shuffled')),
      journal: [
        edit('input[4]', 0.9, 0),
        edit('off[7]', 1, 13),
        { at: 13, kind: 'set', path: '0.bias[0]', value: 2.5 },
        edit('input[80]', -0.1, 70),
      ],
    }
    const { engine } = await opened(run)
    const heads = [90, 3, 13, 70, 12, 0, 71]
    for (const head of heads) {
      const frame = await frameOf(engine, at(head, run))
      const fresh = await opened(at(head, run))
      expect({ ...frame, curve: [] }).toEqual({ ...fresh.frame, curve: [] })
      expect(await engine.hash('A')).toBe(await fresh.engine.hash('A'))
    }
  })
})

test('random starts come from the seed, and the bound knows them', async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const run = at(1500, newRun(spec({ seed, margin: 0.05 }, seed)))
    const { frame } = await opened(run)
    expect(frame.since.weights.some((weight) => Math.abs(weight) > 0.2)).toBe(true)
    expect(frame.isDone).toBe(true)
    expect(frame.updates).toBeLessThanOrEqual(frame.bound!.most)
  }
})

test('every number can be opened: a step has no slope, and a change says what it really does', async () => {
  const { engine, frame } = await opened(at(100, newRun(spec({ seed: 4 }))))
  expect(frame.isDone).toBe(true)
  const probe = (await engine.probe('A', { kind: 'parameter', path: '0.bias', index: 0 }))!
  expect(probe).toMatchObject({ value: frame.weights[2], gradient: 0, isFlat: true })
  const hash = await engine.hash('A')
  const whatIf = (await engine.whatIf('A', { at: 100, kind: 'set', path: '0.bias[0]', value: 9 }))!
  expect(whatIf).toMatchObject({ to: 9, loss: 0, predicted: 0 })
  expect(whatIf.actual).toBeGreaterThan(0.3)
  expect(await engine.hash('A')).toBe(hash)
  const sum = (await engine.probe('A', { kind: 'activation', layer: 0, unit: 0, example: 7 }))!
  expect(sum.value).toBeCloseTo(frame.outputs[7]!, 5)
  expect(sum.terms).toHaveLength(2)
  expect(await engine.probe('A', { kind: 'input', index: 1, example: 7 })).toMatchObject({
    value: frame.points.inputs[15],
  })
  expect(await engine.probe('A', { kind: 'activation', layer: 0, unit: 0, example: 99 })).toBeUndefined()
})

describe('two runs from one seed, stepped together', () => {
  const shuffled = newRun(spec({ seed: 3 }, 0, 'shuffled'))
  const listed = newRun(spec({ seed: 3 }, 0, 'listed'))
  const pictures = async (engine: Engine): Promise<readonly [PerceptronFrame, PerceptronFrame]> => [
    (await engine.frame('A')) as PerceptronFrame,
    (await engine.frame('B')) as PerceptronFrame,
  ]

  test.each([
    ['A', shuffled, listed],
    ['B', listed, shuffled],
  ] as const)(
    'Play goes on while %s is done and the other is not, and ends with the last mistake',
    async (_done, a, b) => {
      const engine = new Engine()
      await engine.open('A', a)
      await engine.open('B', b)
      engine.play(10_000)
      let both = await pictures(engine)
      while (!both.every(({ isDone }) => isDone)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        both = await pictures(engine)
      }
      await new Promise((resolve) => setTimeout(resolve, 30))
      const ends = await engine.pause()
      expect(ends.A).toBe(ends.B)
      const last = both.map(({ mistakes }) => mistakes.at(-1)!.step)
      expect(last[0]).not.toBe(last[1])
      expect(ends.A).toBe(Math.max(...last))
      // Each is what it would be alone.
      expect(await engine.hash('A')).toBe(await (await opened(at(ends.A!, a))).engine.hash('A'))
      expect(await engine.hash('B')).toBe(await (await opened(at(ends.A!, b))).engine.hash('A'))
    },
  )

  test('Step stops at every mistake of both, there and back', async () => {
    const engine = new Engine()
    await engine.open('A', shuffled)
    await engine.open('B', listed)
    const seen: number[] = []
    let [a, b] = await pictures(engine)
    for (let head = 0; ;) {
      const next = headAfter(head, 'update', paceOfBoth(a, b, head))
      if (next === head) break
      head = next
      await engine.goTo('A', at(head, shuffled))
      await engine.goTo('B', at(head, listed))
      ;[a, b] = await pictures(engine)
      seen.push(head)
    }
    const all = [a, b].flatMap(({ mistakes }) => mistakes.map(({ step }) => step))
    expect(seen).toEqual([...new Set(all)].sort((x, y) => x - y))
    const back: number[] = []
    for (let head = seen.at(-1)! + 7; head > 0;) {
      await engine.goTo('A', at(head, shuffled))
      await engine.goTo('B', at(head, listed))
      ;[a, b] = await pictures(engine)
      head = headBefore(head, 'update', paceOfBoth(a, b, head))
      back.unshift(head)
    }
    expect(back).toEqual([0, ...seen])
  })
})
