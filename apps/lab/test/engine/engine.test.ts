import { expect, test } from 'vitest'
import { newRun, withEdit } from '../../src/core/run/journal.ts'
import type { PlaneFrame } from '../../src/core/protocol.ts'
import type { Edit, Run } from '../../src/core/run/spec.ts'
import { Engine } from '../../src/engine/engine.ts'
import { startSpec } from '../support.ts'

const frameOf = async (engine: Engine): Promise<PlaneFrame> => (await engine.frame('A')) as PlaneFrame

test('a run repeats bit for bit, there and back again', async () => {
  const engine = new Engine()
  const run: Run = { ...newRun({ ...startSpec, batch: 10 }), head: 150 }
  await engine.open('A', run)
  const hash = await engine.hash('A')
  await engine.goTo('A', { ...run, head: 700 })
  expect(await engine.hash('A')).not.toBe(hash)
  await engine.goTo('A', { ...run, head: 150 })
  expect(await engine.hash('A')).toBe(hash)
  const edit: Edit = { at: 40, kind: 'set', path: '0.weight[0]', value: 2 }
  await engine.goTo('A', withEdit(run, edit))
  await engine.goTo('A', run)
  expect(await engine.hash('A')).toBe(hash)
  const other = new Engine()
  await other.open('A', run)
  expect(await other.hash('A')).toBe(hash)
})

test('the change of the loss: what the gradient promises, and what happens', async () => {
  const engine = new Engine()
  await engine.open('A', { ...newRun(startSpec), head: 30 })
  const before = await frameOf(engine)
  const value = before.parameters[0]!.values[1]! + 0.001
  const edit: Edit = { at: 30, kind: 'set', path: '0.weight[1]', value }
  const told = (await engine.whatIf('A', edit))!
  expect((await frameOf(engine)).loss).toBe(before.loss)
  expect(Math.abs(told.actual - told.predicted)).toBeLessThan(1e-6)
  expect(Math.abs(told.predicted)).toBeGreaterThan(1e-7)
  await engine.goTo('A', withEdit({ ...newRun(startSpec), head: 30 }, edit))
  expect((await frameOf(engine)).loss - before.loss).toBeCloseTo(told.actual, 12)
})

test('looking never changes the trajectory', async () => {
  const quiet = new Engine()
  await quiet.open('A', { ...newRun(startSpec), head: 60 })
  const engine = new Engine()
  await engine.open('A', newRun(startSpec))
  for (let step = 1; step <= 60; step++) {
    await engine.goTo('A', { ...newRun(startSpec), head: step })
    if (step % 10 !== 0) continue
    await engine.frame('A')
    await engine.probe('A', { kind: 'activation', layer: 0, unit: 1, example: 3 })
    await engine.whatIf('A', { at: step, kind: 'set', path: '0.weight[0]', value: 9 })
    await engine.measure('A', [])
  }
  expect(await engine.hash('A')).toBe(await quiet.hash('A'))
})

test('a probe tells the sum of a unit term by term', async () => {
  const engine = new Engine()
  await engine.open('A', { ...newRun(startSpec), head: 20 })
  const probe = (await engine.probe('A', { kind: 'activation', layer: 0, unit: 1, example: 5 }))!
  const sum = probe.terms.reduce((total, { product }) => total + product, probe.bias!.value)
  expect(sum).toBeCloseTo(probe.sum!, 12)
  expect(Math.tanh(probe.sum!)).toBeCloseTo(probe.value, 12)
  const output = (await engine.probe('A', { kind: 'activation', layer: 1, unit: 0, example: 5 }))!
  expect(output.terms).toHaveLength(2)
  expect(await engine.probe('A', { kind: 'activation', layer: 7, unit: 0, example: 5 })).toBeUndefined()
  expect(await engine.probe('A', { kind: 'parameter', path: 'nothing', index: 0 })).toBeUndefined()
})

test('a frozen unit stays, a silenced one costs what its importance said', async () => {
  const engine = new Engine()
  const run: Run = { ...newRun({ ...startSpec, model: { ...startSpec.model, layers: [4] } }), head: 100 }
  await engine.open('A', run)
  const before = await frameOf(engine)
  const off = withEdit(run, { at: 100, kind: 'off', path: '0.2', value: 1 })
  await engine.goTo('A', off)
  const after = await frameOf(engine)
  expect(after.loss - before.loss).toBeCloseTo(before.importance[0]![2]!, 5)
  await engine.goTo('A', { ...off, head: 200 })
  const later = await frameOf(engine)
  expect(later.parameters[0]!.values.slice(4, 6)).toEqual(before.parameters[0]!.values.slice(4, 6))
  expect(later.parameters[2]!.values[2]).toBe(0)
  expect(later.silenced).toEqual(['0.2'])
  expect(later.parameters[0]!.values[0]).not.toBe(before.parameters[0]!.values[0])
})

test('where a number stops being finite, the last good state is kept and told', async () => {
  const engine = new Engine()
  const spec = { ...startSpec, model: { ...startSpec.model, activation: 'relu' as const, layers: [8, 8] } }
  await engine.open('A', newRun({ ...spec, optimiser: { learningRate: 1e15, momentum: 0.99 } }))
  await engine.goTo('A', { ...newRun({ ...spec, optimiser: { learningRate: 1e15, momentum: 0.99 } }), head: 3000 })
  const frame = await frameOf(engine)
  expect(frame.parameters.every(({ values }) => values.every(Number.isFinite))).toBe(true)
  expect(frame.step).toBeLessThan(3000)
  expect(frame.findings[0]!.kind).toBe('nonFinite')
})

test('momentum is part of the state: it is named by the hash, and comes back on the way back', async () => {
  const engine = new Engine()
  const run = newRun({ ...startSpec, optimiser: { learningRate: 0.1, momentum: 0.9 } })
  await engine.open('A', run)
  await engine.goTo('A', { ...run, head: 40 })
  const hash = await engine.hash('A')
  await engine.goTo('A', { ...run, head: 90 })
  await engine.goTo('A', { ...run, head: 40 })
  expect(await engine.hash('A')).toBe(hash)
  await engine.goTo('A', { ...run, head: 41 })
  const other = new Engine()
  await other.open('A', { ...run, head: 41 })
  expect(await other.hash('A')).toBe(await engine.hash('A'))
})

test('playing trains, and pausing tells where it stands', async () => {
  const engine = new Engine()
  await engine.open('A', newRun(startSpec))
  engine.play(2000)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const { A } = await engine.pause()
  expect(A).toBeGreaterThan(20)
  const hash = await engine.hash('A')
  await engine.goTo('A', { ...newRun(startSpec), head: A! })
  expect(await engine.hash('A')).toBe(hash)
})

test('whenever a pause comes, two runs stand at the same step, and one can be let go while both play', async () => {
  const engine = new Engine()
  const model = { ...startSpec.model, layers: [6] }
  await engine.open('A', newRun({ ...startSpec, batch: 10 }))
  await engine.open('B', newRun({ ...startSpec, batch: 10, model }))
  for (let i = 0; i < 12; i++) {
    engine.play(10_000)
    await new Promise((resolve) => setTimeout(resolve, 3 + 5 * i))
    const { A, B } = await engine.pause()
    expect(A).toBe(B)
  }
  engine.play(10_000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await engine.close('B')
  const { A, B } = await engine.pause()
  expect(B).toBeUndefined()
  const alone = new Engine()
  await alone.open('A', { ...newRun({ ...startSpec, batch: 10 }), head: A! })
  expect(await engine.hash('A')).toBe(await alone.hash('A'))
})
