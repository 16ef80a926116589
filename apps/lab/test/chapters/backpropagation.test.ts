import { expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { chapter } from '../../src/chapters/backpropagation/chapter.ts'
import { ASKED, checks } from '../../src/chapters/backpropagation/check.ts'
import { freshRun } from '../../src/chapters/backpropagation/solutions.ts'
import { text as german } from '../../src/chapters/backpropagation/text.de.ts'
import { text as english } from '../../src/chapters/backpropagation/text.en.ts'
import { changedSpec } from '../../src/core/chapter/define-chapter.ts'
import type { Measured, Verdict } from '../../src/core/checks/check.ts'
import { programOf } from '../../src/core/code/program.ts'
import type { PassFrame } from '../../src/core/protocol.ts'
import type { Run } from '../../src/core/run/spec.ts'
import { WEIGHTS } from '../../src/core/scalar-graph.ts'
import { Engine } from '../../src/engine/engine.ts'
import { expectCompleteText, printed } from '../support.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

async function opened(run: Run): Promise<{ measured: Measured; frame: PassFrame }> {
  const engine = new Engine()
  await engine.open('A', run)
  return { measured: await engine.measure('A', []), frame: (await engine.frame('A')) as PassFrame }
}

const judge = (id: string, measured: Measured, answer: string): Verdict =>
  checks.find((check) => check.id === id)!.judge(measured, { renewals: 0, answer })

test('the gradient worked out by the chain rule passes, forgetting a factor or the sign does not, over 20 seeds', async () => {
  for (const seed of seeds) {
    const { measured, frame } = await opened(freshRun(seed))
    const at = (name: string): number => frame.operations.find((operation) => operation.name === name)!.value
    const [y, h, x] = [at('y'), at('h1'), at('x1')]
    // Every local slope on the way from L back to w11.
    const slopes = [2 * at('e'), y * (1 - y), at('v1'), h * (1 - h), x]
    const right = slopes.reduce((product, slope) => product * slope, 1)
    expect(judge('gradient', measured, String(right)).passed, `seed ${seed}`).toBe(true)
    expect(judge('gradient', measured, String(right).replace('.', ',')).passed).toBe(true)
    if (right === 0) continue
    expect(judge('gradient', measured, String(-right))).toMatchObject({ passed: false, reason: 'sign' })
    const withoutSlope = right / (h * (1 - h))
    expect(judge('gradient', measured, String(withoutSlope)), `seed ${seed}`).toMatchObject({ passed: false })
    expect(judge('gradient', measured, 'much')).toMatchObject({ passed: false, reason: 'noNumber' })
  }
  const { measured } = await opened({ spec: chapter.run, journal: [], head: 0 })
  const wanted = measured.values[`gradient ${ASKED}`]!
  expect(judge('gradient', measured, String(wanted)).reason).toBe('sameExample')
  const trained = await opened({ ...freshRun(3), head: 2 })
  expect(judge('gradient', trained.measured, '1').reason).toBe('trained')
})

test('the weight with the largest drop passes and the smallest gradient does not, over 20 seeds', async () => {
  for (const seed of seeds) {
    const { measured } = await opened(freshRun(seed))
    const sorted = WEIGHTS.toSorted((a, b) => measured.values[`drop ${b}`]! - measured.values[`drop ${a}`]!)
    expect(judge('best', measured, sorted[0]!).passed, `seed ${seed}`).toBe(true)
    expect(judge('best', measured, sorted.at(-1)!).passed, `seed ${seed}`).toBe(false)
    expect(judge('best', measured, '').reason).toBe('noAnswer')
  }
})

test('the experiments show what the text says about them', async () => {
  const show = async (id: string): Promise<PassFrame> => {
    const found = chapter.beats
      .flatMap(({ experiments }) => experiments ?? [])
      .find((experiment) => experiment.id === id)!
    return (await opened({ spec: changedSpec(chapter.run, found.change), journal: found.edits ?? [], head: 0 })).frame
  }
  const gradient = (frame: PassFrame, name: string): number =>
    Math.abs(frame.operations.find((each) => each.name === name)!.gradient!)
  const healthy = await show('begin')
  const saturated = await show('saturate')
  expect(gradient(saturated, 'w11')).toBeLessThan(gradient(healthy, 'w11') / 1000)
  const stuck = await show('stuck')
  expect(stuck.loss).toBeGreaterThan(0.99)
  for (const name of WEIGHTS) expect(gradient(stuck, name)).toBeLessThan(1e-4)
})

test.each<[string, Run]>([
  ['first', { spec: chapter.run, journal: [], head: 12 }],
  [
    'edited',
    {
      ...freshRun(4),
      journal: [
        { at: 2, kind: 'set', path: 'v1[0]', value: 0.4 },
        { at: 3, kind: 'point', path: 'input[1]', value: -0.7 },
        { at: 3, kind: 'point', path: 'label[0]', value: 0.5 },
      ],
      head: 9,
    },
  ],
])('the program prints the loss of the page: %s', async (name, run) => {
  await build({ log: () => {} })
  const { frame } = await opened(run)
  expect(printed(programOf(run), `backpropagation-${name}`)).toBe(frame.loss.toFixed(6))
})

test('both languages say everything that can be said', () => {
  expectCompleteText(chapter, english)
  expectCompleteText(chapter, german)
})
