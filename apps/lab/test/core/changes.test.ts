import { expect, test } from 'vitest'
import { Changes } from '../../src/core/run/changes.ts'
import { newRun } from '../../src/core/run/journal.ts'
import type { Edit, Run } from '../../src/core/run/spec.ts'
import { startSpec } from '../support.ts'

const edit = (at: number, index: number, value: number): Edit => ({
  at,
  kind: 'set',
  path: `0.weight[${index}]`,
  value,
})
const start = newRun(startSpec)
const at = (head: number, run: Run): Run => ({ ...run, head })

test('numbers that change together are taken back together', () => {
  const changes = new Changes()
  const one = changes.add(start, [edit(0, 0, 1)])
  const two = changes.add(one, [edit(0, 1, 1), edit(0, 2, 1)])
  expect(two.journal).toHaveLength(3)
  expect(changes.undo(two)).toEqual(one)
  expect(changes.undo(one)).toEqual(start)
  expect(changes.undo(start)).toBeUndefined()
})

test('a drag is one change, however often it is heard', () => {
  const changes = new Changes()
  let run = changes.add(start, [edit(0, 3, 1)])
  for (let i = 0; i < 5; i++) run = changes.add(run, [edit(0, 0, i), edit(0, 1, i)])
  expect(run.journal).toHaveLength(3)
  expect(changes.undo(run)!.journal).toEqual([edit(0, 3, 1)])
})

test('a change behind the head takes the place of what it cuts off', () => {
  const changes = new Changes()
  const early = changes.add(start, [edit(0, 0, 1)])
  const late = changes.add(at(9, early), [edit(9, 1, 1), edit(9, 2, 1)])
  const other = changes.add(at(0, late), [edit(0, 2, 3), edit(0, 3, 3)])
  expect(other).toEqual(at(0, { ...start, journal: [edit(0, 0, 1), edit(0, 2, 3), edit(0, 3, 3)] }))
  expect(changes.undo(other)).toEqual(early)
})

test('what was there before the page was opened goes one by one, and what was forgotten as well', () => {
  const kept: Run = { ...start, journal: [edit(0, 0, 1), edit(0, 1, 1)] }
  const changes = new Changes()
  const run = changes.add(kept, [edit(0, 2, 1), edit(0, 3, 1)])
  expect(changes.undo(run)).toEqual(kept)
  expect(changes.undo(kept)!.journal).toHaveLength(1)
  const again = changes.add(kept, [edit(0, 2, 1), edit(0, 3, 1)])
  changes.forget()
  expect(changes.undo(again)!.journal).toHaveLength(3)
})

test('the old future of a change is the run before it, with all that it has cut off', () => {
  const changes = new Changes()
  const late = changes.add(at(9, changes.add(start, [edit(0, 0, 1)])), [edit(9, 1, 1)])
  const back = at(4, late)
  let run = changes.add(back, [edit(4, 2, 0.5)])
  expect(run.journal).toEqual([edit(0, 0, 1), edit(4, 2, 0.5)])
  expect(changes.before).toEqual(back)
  // Who drags on is still at the same change.
  run = changes.add(run, [edit(4, 2, 0.75)])
  expect(changes.before).toEqual(back)
  expect(changes.undo(run)!.journal).toEqual([edit(0, 0, 1)])
  expect(changes.before).toBeUndefined()
  changes.add(run, [edit(4, 3, 1)])
  changes.forget()
  expect(changes.before).toBeUndefined()
})
