/** @typedef {{ file: string, test: string, needs: string }} NotRun a line of the list that `needs()` writes */

/**
 * @typedef {object} Report what this script reads of vitest's JSON report
 * @property {{ name: string, status: string, message?: string,
 *   assertionResults: { status: string, title: string, fullName: string }[] }[]} testResults
 */

/**
 * Counts the tests of vitest. Only a test that said what it needs may stay out of the counts.
 * @param {{ report: Report | undefined, ok: boolean, notRun: readonly NotRun[], root: string }} run
 *   `report` is undefined where vitest ended before it could write one; `ok` says whether it ended well
 * @returns {{ passed: number, failures: string[] }}
 */
export function countTests({ report, ok, notRun, root }) {
  if (report === undefined) return { passed: 0, failures: ['vitest: it ended before it could report'] }
  let passed = 0
  let tests = 0
  /** @type {string[]} */
  const failures = []
  const missing = [...notRun]
  for (const file of report.testResults) {
    const path = file.name.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '')
    tests += file.assertionResults.length
    for (const { status, title, fullName } of file.assertionResults) {
      if (status === 'passed') passed++
      else if (status === 'failed') failures.push(`${path}: ${fullName}`)
      else {
        const said = missing.findIndex((entry) => entry.file === path && entry.test === title)
        if (said >= 0) missing.splice(said, 1)
        else failures.push(`${path}: ${fullName} (${status} without saying what it needs)`)
      }
    }
    const someFailed = file.assertionResults.some(({ status }) => status === 'failed')
    if (file.status === 'failed' && !someFailed)
      failures.push(`${path}: the file could not be run: ${file.message ?? ''}`)
  }
  if (tests === 0) failures.push('vitest: no test was found')
  if (!ok && failures.length === 0) failures.push('vitest: it ended with an error outside the tests')
  for (const { file, test } of missing)
    failures.push(`${file}: ${test} (said "not run", but the report has no such test)`)
  return { passed, failures }
}

/**
 * The last lines of the test command, and whether the run counts as a success.
 * @param {{ passed: number, failures: readonly string[], notRun: readonly NotRun[], isCI: boolean }} result
 * @returns {{ lines: string[], ok: boolean }}
 */
export function lastLines({ passed, failures, notRun, isCI }) {
  const failed = [...failures]
  if (isCI) failed.push(...notRun.map(({ file, test, needs }) => `${file}: ${test} (not run: needs ${needs})`))
  const lines = failed.map((name) => `failed: ${name}`)
  const names = notRun.map(({ test, needs }) => `${test}: needs ${needs}`)
  if (names.length > 0) lines.push(`not run: ${names.length} (${names.join('; ')})`)
  lines.push(`${passed} passed, ${failed.length} failed`)
  return { lines, ok: failed.length === 0 }
}
