import { describe, expect, test } from 'vitest'
import { countTests, lastLines } from '../../../../scripts/count.mjs'

const file = (statuses: string[], status = 'passed', name = '/repo/a.test.ts') => ({
  name,
  status,
  message: 'cannot load',
  assertionResults: statuses.map((each, index) => ({ status: each, title: `t${index}`, fullName: `group t${index}` })),
})
const count = (files: ReturnType<typeof file>[], more: Partial<Parameters<typeof countTests>[0]> = {}) =>
  countTests({ report: { testResults: files }, ok: true, notRun: [], root: '/repo', ...more })
const notRun = [{ file: 'a.test.ts', test: 't1', needs: 'Chromium' }]

describe('counting what vitest reports', () => {
  test('passed and failed tests', () => {
    const counted = count([file(['passed', 'failed'], 'failed')], { ok: false })
    expect(counted).toEqual({ passed: 1, failures: ['a.test.ts: group t1'] })
  })

  test('a crash before the report fails', () => {
    expect(countTests({ report: undefined, ok: false, notRun: [], root: '/repo' }).failures).toHaveLength(1)
  })

  test('a file that cannot be loaded fails', () => {
    const { failures } = count([file([], 'failed'), file(['passed'])], { ok: false })
    expect(failures).toEqual(['a.test.ts: the file could not be run: cannot load'])
  })

  test('a run without any test fails', () => {
    expect(count([]).failures).toEqual(['vitest: no test was found'])
  })

  test('an error outside the tests fails', () => {
    expect(count([file(['passed'])], { ok: false }).failures).toEqual([
      'vitest: it ended with an error outside the tests',
    ])
  })

  test('a silently skipped test fails, one that said what it needs does not', () => {
    expect(count([file(['passed', 'skipped'])]).failures).toEqual([
      'a.test.ts: group t1 (skipped without saying what it needs)',
    ])
    expect(count([file(['passed', 'skipped'])], { notRun })).toEqual({ passed: 1, failures: [] })
    expect(count([file(['passed', 'todo'], 'passed', '/repo/b.test.ts')], { notRun }).failures).toHaveLength(2)
  })
})

describe('the last lines', () => {
  test('count what passed and what failed', () => {
    expect(lastLines({ passed: 3, failures: [], notRun: [], isCI: true })).toEqual({
      lines: ['3 passed, 0 failed'],
      ok: true,
    })
    expect(lastLines({ passed: 3, failures: ['x'], notRun: [], isCI: false })).toEqual({
      lines: ['failed: x', '3 passed, 1 failed'],
      ok: false,
    })
  })

  test('name what was not run, which fails in continuous integration only', () => {
    const atHome = lastLines({ passed: 3, failures: [], notRun, isCI: false })
    expect(atHome).toEqual({ lines: ['not run: 1 (t1: needs Chromium)', '3 passed, 0 failed'], ok: true })
    const inCI = lastLines({ passed: 3, failures: [], notRun, isCI: true })
    expect(inCI.ok).toBe(false)
    expect(inCI.lines.slice(-2)).toEqual(['not run: 1 (t1: needs Chromium)', '3 passed, 1 failed'])
  })
})
