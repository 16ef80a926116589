import { expect, test } from 'vitest'
import type { PassFrame } from '../../src/core/protocol.ts'
import { newRun, withEdit } from '../../src/core/run/journal.ts'
import type { RunSpec } from '../../src/core/run/spec.ts'
import { GIVENS, knownGradients, knownValues, OPERATIONS, PASS_LENGTH, WEIGHTS } from '../../src/core/scalar-graph.ts'
import { Engine } from '../../src/engine/engine.ts'

const spec: RunSpec = {
  v: 1,
  chapter: 'backpropagation',
  seed: 1,
  data: { kind: 'example', samples: 1, noise: 0, seed: 1 },
  model: { kind: 'scalars', layers: [2], activation: 'sigmoid' },
  optimiser: { learningRate: 1, momentum: 0 },
  batch: 0,
}

const frameOf = async (engine: Engine): Promise<PassFrame> => (await engine.frame('A')) as PassFrame

test('nine gradients agree with the nudge to one part in a million', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const engine = new Engine()
    await engine.open('A', newRun({ ...spec, seed, data: { ...spec.data, seed } }))
    const frame = await frameOf(engine)
    for (const { path, gradient } of frame.parameters) {
      expect(Math.abs(frame.nudged[path]! / gradient![0]! - 1), `${path}, seed ${seed}`).toBeLessThan(1e-6)
    }
  }
})

test('what an operation passes back is incoming times local, and paths that join add up', async () => {
  const engine = new Engine()
  await engine.open('A', newRun(spec))
  const { operations } = await frameOf(engine)
  expect(operations).toHaveLength(WEIGHTS.length + GIVENS.length + OPERATIONS.length)
  const at = (name: string): (typeof operations)[number] => operations.find((operation) => operation.name === name)!
  for (const { name, contributions, gradient } of operations) {
    for (const { incoming, local, value, consumer } of contributions) {
      expect(incoming * local, name).toBeCloseTo(value, 12)
      expect(at(consumer).inputs, name).toContain(name)
    }
    if (name !== 'L')
      expect(
        contributions.reduce((sum, { value }) => sum + value, 0),
        name,
      ).toBeCloseTo(gradient!, 12)
  }
  expect(at('x1').contributions).toHaveLength(2)
  expect(at('p11').value).toBeCloseTo(at('w11').value * 0.5, 12)
  expect(at('h1').contributions[0]!.local).toBeCloseTo(at('v1').value, 12)
})

test('a pass knows its values one by one, then its gradients one by one', () => {
  expect(knownValues(0).has('p11')).toBe(false)
  expect(knownValues(1).has('p11')).toBe(true)
  expect(knownGradients(OPERATIONS.length).size).toBe(0)
  expect([...knownGradients(OPERATIONS.length + 1)].toSorted()).toEqual(['L', 'e'])
  expect(knownGradients(PASS_LENGTH - 1).has('x1')).toBe(false)
  expect(knownGradients(PASS_LENGTH).size).toBe(WEIGHTS.length + GIVENS.length + OPERATIONS.length)
})

test('steps, edits of weights and of the example replay bit for bit', async () => {
  const engine = new Engine()
  const run = withEdit({ ...newRun(spec), head: 5 }, { at: 5, kind: 'point', path: 'input[0]', value: -1 })
  const longer = { ...withEdit({ ...run, head: 9 }, { at: 9, kind: 'set', path: 'w11[0]', value: 2 }), head: 30 }
  await engine.open('A', longer)
  const hash = await engine.hash('A')
  const { example, loss } = await frameOf(engine)
  expect(example.inputs[0]).toBe(-1)
  expect(loss).toBeLessThan(0.1)
  await engine.goTo('A', { ...longer, head: 3 })
  expect((await frameOf(engine)).example.inputs[0]).toBe(0.5)
  await engine.goTo('A', longer)
  expect(await engine.hash('A')).toBe(hash)
})
