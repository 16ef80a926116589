import { describe, expect, test } from 'vitest'
import { type Look, Trail } from '../../src/core/trail.ts'

const START = { base: 0, first: [0], right: 0, steps: [] }
const look = (row: number, weight: number, isMistake = true, right = 2): Look => ({
  row,
  isMistake,
  weights: [weight],
  right,
})

describe('the trail of a perceptron', () => {
  test('the same weights before another row are no loop; before the same row they are', () => {
    const trail = new Trail(START)
    for (let step = 0; step < 5; step++) trail.add(look(step % 4, (step + 1) % 2))
    // After step 2 the weight is 0 as at the start, but row 2 comes next.
    expect(new Trail({ ...START, steps: trail.steps.slice(0, 2) }).loop).toBeUndefined()
    expect(trail.loop).toEqual({ from: 0, length: 4, corrections: 4 })
    expect(trail.isComplete).toBe(true)
    expect(trail.steps).toHaveLength(4)
  })

  test('a round without a mistake is a loop without corrections', () => {
    const trail = new Trail(START)
    trail.add(look(0, 1))
    for (let step = 1; step < 5; step++) trail.add(look(step % 4, 1, false, 4))
    expect(trail.loop).toEqual({ from: 1, length: 4, corrections: 0 })
    expect(trail.best).toBe(4)
    expect([1, 5, 100].map((step) => trail.correctionsAt(step))).toEqual([1, 1, 1])
  })

  test('behind its end the loop goes on: corrections and looks as if they had all been watched', () => {
    const steps = [
      look(0, 7),
      look(1, 3),
      look(2, 3, false),
      look(3, 4),
      look(0, 4, false),
      look(1, 3),
      look(2, 3, false),
    ]
    const trail = new Trail({ base: 0, first: [0], right: 1, steps })
    expect(trail.loop).toEqual({ from: 2, length: 4, corrections: 2 })
    const moved = (step: number): boolean => (step <= 2 ? true : [false, true, false, true][(step - 3) % 4]!)
    let corrections = 0
    for (let step = 1; step <= 60; step++) {
      if (moved(step)) corrections++
      expect(trail.correctionsAt(step), `step ${step}`).toBe(corrections)
    }
    const { trail: shown, forgotten } = trail.looksUpTo(50, 8)
    expect(forgotten).toBe(42)
    expect(shown.map(({ row }) => row)).toEqual([2, 3, 0, 1, 2, 3, 0, 1])
    for (const [i, { before }] of shown.entries()) if (i > 0) expect(before).toEqual(shown[i - 1]!.after)
  })

  test('it can be made again from its data', () => {
    const trail = new Trail({ base: 8, first: [2], right: 3, steps: [look(0, 1), look(1, 5)] })
    const again = new Trail(JSON.parse(JSON.stringify(trail.data())) as ReturnType<Trail['data']>)
    expect(again.data()).toEqual(trail.data())
    expect(again.looksUpTo(10, 40)).toEqual(trail.looksUpTo(10, 40))
  })
})
