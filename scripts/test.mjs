// Runs every check of the project. Each stage counts as one test beside the tests that vitest counts.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countTests, lastLines } from './count.mjs'
import { ensureInstalled, root } from './install.mjs'

const cache = join(root, '.cache')
const reportFile = join(cache, 'vitest.json')
const notRunFile = join(cache, 'not-run.jsonl')
const isCI = process.env['CI'] === 'true'
/** A hang must end as a failure that says so; the whole suite takes a few minutes. */
const HANG_MINUTES = 30

let passed = 0
/** @type {string[]} */
const failures = []
const begin = performance.now()

const seconds = (/** @type {number} */ since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * @param {string[]} args what node runs
 * @param {{ live?: boolean, env?: Record<string, string> }} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(args, { live = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    })
    let output = ''
    const timer = setTimeout(() => {
      output += `\nstopped: no end after ${HANG_MINUTES} minutes`
      child.kill('SIGKILL')
    }, HANG_MINUTES * 60_000)
    child.stdout?.on('data', (text) => (output += text))
    child.stderr?.on('data', (text) => (output += text))
    child.on('error', (error) => (output += String(error)))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ ok: code === 0, output })
    })
  })
}

/** @param {string} name @param {() => Promise<{ ok: boolean, output: string }>} work */
async function stage(name, work) {
  const since = performance.now()
  const { ok, output } = await work().catch((error) => ({ ok: false, output: String(error?.stack ?? error) }))
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds(since)})`)
  if (ok) passed++
  else {
    failures.push(name)
    console.log(output)
  }
}

async function buildStage() {
  const { build } = await import('./build.mjs')
  await build({ types: true, log: () => {} })
  return { ok: true, output: '' }
}

/** Brings what some tests need and the package manager does not: their absence is told by the tests themselves. */
async function prepare() {
  const since = performance.now()
  const { node24Path } = await import('./node24.mjs')
  const { findChromium } = await import('./browser.mjs')
  const node24 = node24Path()
  const chromium = findChromium()
  const line = `Node 24 ${node24 ? 'found' : 'absent'}, Chromium ${chromium ? 'found' : 'absent'}`
  console.log(`       what the tests need from outside: ${line} (${seconds(since)})`)
  return { NEURITE_NODE24: node24 ?? '', NEURITE_CHROMIUM: chromium ?? '' }
}

/** @returns {import('./count.mjs').NotRun[]} */
function readNotRun() {
  if (!existsSync(notRunFile)) return []
  const lines = readFileSync(notRunFile, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

async function vitestStage() {
  const since = performance.now()
  const env = { NEURITE_NOT_RUN: notRunFile, ...(await prepare()) }
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const { ok, output } = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters], { live: true, env })
  if (output !== '') console.log(output)
  const notRun = readNotRun()
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  const counted = countTests({ report, ok, notRun, root })
  passed += counted.passed
  failures.push(...counted.failures)
  console.log(`       vitest (${seconds(since)})`)
  return notRun
}

ensureInstalled()
rmSync(reportFile, { force: true })
rmSync(notRunFile, { force: true })
mkdirSync(cache, { recursive: true })

const oxlint = 'node_modules/oxlint/bin/oxlint'
await stage('format', () => run(['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']))
await stage('lint', () => run([oxlint, '--type-aware', '--deny-warnings']))
await stage('types', () => run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']))
await stage('arrows', () =>
  run([oxlint, '-c', 'scripts/arrows.oxlintrc.json', 'packages', 'apps', 'zoo', '--no-error-on-unmatched-pattern']),
)
await stage('build', buildStage)
await stage('size', () => run(['scripts/size.mjs']))
const notRun = await vitestStage()

console.log(`Everything took ${seconds(begin)}.`)
const { lines, ok } = lastLines({ passed, failures, notRun, isCI })
console.log(lines.join('\n'))
process.exitCode = ok ? 0 : 1
