// npm run bench: Neurite and its peers, side by side on this machine. `npm run bench -- --help` lists the options.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ensureInstalled, npm, root } from '../scripts/install.mjs'
import { measureStartup, measureWorkload } from './measure.mjs'
import { OptionError, help, parseOptions, partsOf } from './options.mjs'
import { PeakMeter } from './peaks.mjs'
import { jsonText, mainTable, productTable, resultsPage, round3 } from './report.mjs'
import { neuriteSystems, peerSystems } from './systems.mjs'
import { targetTable, verdicts } from './targets.mjs'

const bench = join(root, 'bench')
const cache = join(root, '.cache/bench')
const log = (/** @type {string} */ line) => console.log(line)

function readOptions() {
  try {
    const options = parseOptions(process.argv.slice(2))
    for (const file of [options.json, options.results]) {
      if (file !== undefined && !existsSync(dirname(resolve(file)))) {
        throw new OptionError(`${file} cannot be written: its folder does not exist. Make the folder first.`)
      }
    }
    return options
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    console.error(`bench: ${error.message}\nnpm run bench -- --help lists what there is.`)
    process.exit(2)
  }
}

/** Installs the peers into bench/node_modules, where they are missing or older than the lock file. */
function installPeers() {
  const lock = join(bench, 'package-lock.json')
  const installed = join(bench, 'node_modules/.lock-of-peers.json')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return
  log('Installing the peers into bench/node_modules (npm ci; about 750 MB, once) ...')
  // The scripts of onnxruntime-node would fetch CUDA libraries.
  const { status } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], bench)
  if (status !== 0) {
    console.error('The peers could not be installed: npm ci needs a package registry. See the messages of npm above.')
    process.exit(1)
  }
  copyFileSync(lock, installed)
}

/** @param {readonly number[]} majors @returns {Promise<import('./systems.mjs').Node[]>} */
async function findNodes(majors) {
  const own = { version: process.versions.node, path: process.execPath }
  const nodes = []
  for (const major of majors) {
    if (own.version.startsWith(`${major}.`)) {
      nodes.push(own)
      continue
    }
    const { node24Path } = await import('../scripts/node24.mjs')
    const path = node24Path()
    if (path === undefined) remarks.push('Not measured: Node 24, which could not be installed here')
    else nodes.push({ version: versionOfNode(path), path })
  }
  return nodes
}

/** @param {string} path */
function versionOfNode(path) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return stdout.trim().replace(/^v/, '')
}

/** @param {readonly import('./systems.mjs').Node[]} nodes @param {PeakMeter | undefined} meter */
function machineLines(nodes, meter) {
  const cores = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const lines = [
    `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory}, ${platform()} ${arch()}`,
    `Node ${nodes.map(({ version }) => version).join(' and ')}`,
  ]
  const versions = new Set(entries.map(({ system, version }) => `${system} ${version}`))
  lines.push([...versions].join(', '))
  const peaks = meter?.peaks
  if (peaks) {
    const { fma128, fma256, mulAdd128, mulAdd256 } = peaks
    const fused = `fused multiply-add ${round3(fma128)} at 128 bits, ${round3(fma256)} at 256`
    const apart = `multiply and add ${round3(mulAdd128)} at 128 bits, ${round3(mulAdd256)} at 256`
    lines.push(`Peaks of one core in GFLOP/s, medians of ${meter.measured.length} measurements: ${fused}; ${apart}`)
  }
  return lines
}

/** @param {string} text @param {string} file */
async function writeMarkdown(text, file) {
  const prettier = await import('prettier')
  const settings = (await prettier.resolveConfig(join(bench, 'RESULTS.md'))) ?? {}
  writeFileSync(file, await prettier.format(text, { ...settings, parser: 'markdown' }))
}

const options = readOptions()
if (options.help) {
  log(help)
  process.exit(0)
}
const begin = performance.now()
/** @type {string[]} */
const remarks = []
ensureInstalled()
const { build } = await import('../scripts/build.mjs')
await build({ types: false })
if (options.peers.some((peer) => peer !== 'torch' && peer !== 'openblas')) installPeers()
const nodes = await findNodes(options.nodes)
const { systems: peers, absent } = peerSystems({ ...options, nodes, cache })
const systems = [...neuriteSystems({ ...options, nodes, cache }), ...peers]
for (const absence of absent) {
  log(`Not measured: ${absence}`)
  remarks.push(`Not measured: ${absence}`)
}

/** @type {PeakMeter | undefined} */
const meter = options.workloads.includes('G1') ? new PeakMeter(cache) : undefined
if (meter?.absence) log(`No peaks: ${meter.absence}`)

/** @type {import('./measure.mjs').Entry[]} */
const entries = []
/** @type {import('./measure.mjs').Failure[]} */
const failures = []
for (const workload of partsOf(options.workloads)) {
  const able = systems.filter(({ workloads }) => workloads.includes(workload))
  const betweenRounds = () => (workload.startsWith('G1') ? meter?.measure() : undefined)
  const since = performance.now()
  const measured = workload.startsWith('startup')
    ? await measureStartup(workload, able, { starts: options.starts, log })
    : await measureWorkload(workload, able, { ...options, log, betweenRounds })
  entries.push(...measured.entries)
  failures.push(...measured.failures)
  log(`${workload}: took ${Math.round((performance.now() - since) / 1000)} s`)
}

for (const { workload, cell, reason } of failures) remarks.push(`${workload}, ${cell}: ${reason}`)
if (meter?.absence) remarks.push(`No peaks: ${meter.absence}`)
const tables = [mainTable(entries, failures), productTable(entries, meter?.peaks)].filter((table) => table !== '')
const targets = targetTable(verdicts(entries, failures, meter?.peaks))
const machine = machineLines(nodes, meter)
log(`\n${[...machine, ...tables, targets, ...remarks].join('\n\n')}\n`)

if (options.json !== undefined) {
  writeFileSync(options.json, jsonText(entries))
  log(`Every cell is in ${options.json}.`)
}
const results = options.results ?? (options.isFull ? join(bench, 'RESULTS.md') : undefined)
if (results === undefined) {
  log('bench/RESULTS.md stays as it was: this was a part of the run, or a shortened one.')
} else {
  const before = existsSync(results) ? readFileSync(results, 'utf8') : ''
  const date = new Date().toISOString().slice(0, 10)
  await writeMarkdown(resultsPage({ before, date, machine, targets, tables, remarks }), results)
  log(`Written: ${results}`)
}
log(`Everything took ${Math.round((performance.now() - begin) / 1000)} s.`)
process.exitCode = failures.some(({ system }) => system === 'neurite') ? 1 : 0
