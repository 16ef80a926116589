import { describe, expect, test } from 'vitest'
import { newRun, withEdit, withoutLastEdit } from '../../src/core/run/journal.ts'
import { isOnCurve, type Machine, Replay } from '../../src/core/run/replay.ts'
import { MOST_SNAPSHOTS, Snapshots } from '../../src/core/run/snapshots.ts'
import type { Edit, Run } from '../../src/core/run/spec.ts'
import { startSpec } from '../support.ts'

/** Its state is the whole story of what happened to it, so a wrong replay cannot look right. */
class Diary implements Machine<string> {
  state = ''
  steps = 0
  step(): void {
    this.state += '.'
    this.steps++
  }
  async apply({ path, value }: Edit): Promise<void> {
    this.state += `(${path}=${value})`
  }
  async save(): Promise<string> {
    return this.state
  }
  restore(state: string): void {
    this.state = state
  }
}

const edit = (at: number, value: number): Edit => ({ at, kind: 'set', path: '0.weight[0]', value })
const story = (run: Run): string => {
  let text = ''
  for (let step = 0; step <= run.head; step++) {
    for (const { at, path, value } of run.journal) if (at === step) text += `(${path}=${value})`
    if (step < run.head) text += '.'
  }
  return text
}

describe('replay', () => {
  test('reaches every step in any order, with the edits where they belong', async () => {
    const machine = new Diary()
    const replay = new Replay(machine)
    await replay.begin()
    let run = newRun(startSpec)
    const visits: ((run: Run) => Run)[] = [
      (run) => ({ ...run, head: 300 }),
      (run) => ({ ...run, head: 17 }),
      (run) => withEdit(run, edit(17, 5)),
      (run) => ({ ...run, head: 40 }),
      (run) => ({ ...run, head: 16 }),
      (run) => ({ ...run, head: 17 }),
      (run) => withEdit(run, edit(17, 6)),
      (run) => ({ ...run, head: 100 }),
      (run) => withEdit(run, edit(100, 7)),
      (run) => withoutLastEdit(run)!,
      (run) => ({ ...run, head: 0 }),
      (run) => withEdit(run, edit(0, 1)),
      (run) => ({ ...run, head: 1000 }),
      (run) => withoutLastEdit(run)!,
      (run) => ({ ...run, head: 64 }),
    ]
    for (const visit of visits) {
      run = visit(run)
      await replay.goTo(run)
      expect(machine.state).toBe(story(run))
      expect(replay.step).toBe(run.head)
    }
  })

  test('going back a step does not run everything again', async () => {
    const machine = new Diary()
    const replay = new Replay(machine)
    await replay.begin()
    await replay.goTo({ ...newRun(startSpec), head: 5000 })
    const before = machine.steps
    await replay.goTo({ ...newRun(startSpec), head: 4999 })
    expect(machine.state).toHaveLength(4999)
    expect(machine.steps - before).toBeLessThan(1000)
  })
})

describe('journal', () => {
  test('an edit behind the head cuts the future off', () => {
    const run = withEdit({ ...withEdit(newRun(startSpec), edit(50, 1)), head: 90 }, edit(20, 2))
    expect(run.journal).toEqual([edit(20, 2)])
    expect(run.head).toBe(20)
  })

  test('dragging a number leaves one edit', () => {
    const run = withEdit(withEdit(newRun(startSpec), edit(3, 1)), edit(3, 2))
    expect(run.journal).toEqual([edit(3, 2)])
  })

  test('undo removes one edit and keeps the head', () => {
    const run = { ...withEdit(newRun(startSpec), edit(3, 1)), head: 10 }
    expect(withoutLastEdit(run)).toEqual({ ...run, journal: [] })
    expect(withoutLastEdit(newRun(startSpec))).toBeUndefined()
  })
})

describe('snapshots', () => {
  test('never more than 64, the beginning always among them', () => {
    const snapshots = new Snapshots<number>()
    snapshots.add(0, 0, 0)
    for (let step = 1; step <= 100_000; step++) if (snapshots.wants(step, false)) snapshots.add(step, 0, step)
    expect(snapshots.steps.length).toBeLessThanOrEqual(MOST_SNAPSHOTS)
    expect(snapshots.steps[0]).toBe(0)
    for (let power = 1; power <= 65536; power *= 2) expect(snapshots.steps).toContain(power)
  })
})

test('the curve keeps 32 points in each octave, whatever was visited', () => {
  const kept = Array.from({ length: 4097 }, (_, step) => step).filter(isOnCurve)
  expect(kept.filter((step) => step > 1024 && step <= 2048)).toHaveLength(32)
  expect(kept.slice(0, 65)).toEqual(Array.from({ length: 65 }, (_, step) => step))
})
