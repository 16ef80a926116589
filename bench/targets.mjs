import { judgeNetworks } from './network-targets.mjs'
import { alignedTable, gigaflops, round3 } from './report.mjs'

/** @typedef {import('./measure.mjs').Entry} Entry */
/** @typedef {import('./measure.mjs').Failure} Failure */
/** @typedef {import('./peaks.mjs').Peaks} Peaks */
/** @typedef {{ name: string, target: string, measured: string, met: boolean | undefined }} Verdict */

const timeOf = (/** @type {Entry} */ entry) => entry.medianMs

/** @typedef {ReturnType<typeof figuresOf>} Figures */

/**
 * What was measured, and the verdicts on it. A ratio that a side is missing for is undefined, and not judged.
 * @param {readonly Entry[]} entries
 */
function figuresOf(entries) {
  /** @type {Verdict[]} */
  const found = []
  /** @param {string} workload @param {Partial<Entry> & { major?: string }} like */
  const cells = (workload, { major, ...like }) =>
    entries.filter(
      (entry) =>
        entry.workload === workload &&
        (major === undefined || entry.node?.split('.')[0] === major) &&
        Object.entries(like).every(([key, value]) => entry[/** @type {keyof Entry} */ (key)] === value),
    )
  /** @param {string} workload @param {string} major @param {string} mode @param {number} threads */
  const neurite = (workload, major, mode, threads = 1) =>
    cells(workload, { system: 'neurite', major, mode, threads }).map(timeOf)[0]
  /** The fastest of a system's cells. @param {string} workload @param {Partial<Entry> & { major?: string }} like */
  const fastest = (workload, like) => {
    const times = cells(workload, like).map(timeOf)
    return times.length === 0 ? undefined : Math.min(...times)
  }
  /** @param {string} workload @param {string} major @param {string} mode */
  const startup = (workload, major, mode) => cells(workload, { system: 'neurite', major, mode })[0]
  /**
   * @param {string} name
   * @param {number | undefined} value
   * @param {number | undefined} target undefined where the value is only stated
   */
  const atLeast = (name, value, target) => {
    if (value === undefined || Number.isNaN(value)) return
    const met = target === undefined ? undefined : value >= target
    found.push({ name, target: target === undefined ? '-' : `≥ ${target}`, measured: round3(value), met })
  }
  /** @param {string} name @param {number | undefined} value @param {number} target */
  const atMost = (name, value, target) => {
    if (value === undefined || Number.isNaN(value)) return
    found.push({ name, target: `≤ ${target}`, measured: round3(value), met: value <= target })
  }
  const ratio = (/** @type {number | undefined} */ theirs, /** @type {number | undefined} */ ours) =>
    theirs === undefined || ours === undefined ? undefined : theirs / ours
  return { found, cells, neurite, fastest, startup, atLeast, atMost, ratio }
}

/**
 * What the project wants to reach, against what was measured; only what both sides of a ratio were measured for.
 * @param {readonly Entry[]} entries
 * @param {readonly Failure[]} failures
 * @param {Peaks | undefined} peaks
 * @returns {Verdict[]}
 */
export function verdicts(entries, failures, peaks) {
  const figures = figuresOf(entries)
  const { found, cells, neurite, fastest, startup, atLeast, atMost, ratio } = figures
  const majors = [...new Set(entries.flatMap(({ system, node }) => (system === 'neurite' && node ? [node] : [])))].map(
    (version) => version.split('.')[0] ?? '',
  )
  for (const major of majors) {
    const own = neurite('T1', major, 'reproducible')
    const torch = fastest('T1', { system: 'torch', threads: 1 })
    atLeast(`T1: times as fast as PyTorch (Node ${major}, reproducible, 1 thread)`, ratio(torch, own), 100)
    const brain = fastest('T1', { system: 'brain.js' })
    atLeast(`T1: times as fast as brain.js at its fastest (Node ${major}, reproducible)`, ratio(brain, own), 10)
  }
  for (const [major, against] of /** @type {const} */ ([
    ['20', 1],
    ['24', 1.3],
  ])) {
    const torch = fastest('T2', { system: 'torch', threads: 1 })
    const value = ratio(torch, neurite('T2', major, 'fast'))
    atLeast(`T2: times as fast as PyTorch with OpenBLAS (Node ${major}, fast, 1 thread)`, value, against)
  }
  for (const [major, gain] of /** @type {const} */ ([
    ['20', 1.2],
    ['24', 1.5],
  ])) {
    const value = ratio(neurite('T2', major, 'fast', 1), neurite('T2', major, 'fast', 2))
    atLeast(`T2: 2 threads against 1 (Node ${major}, fast)`, value, gain)
  }
  for (const major of majors) {
    for (const mode of ['reproducible', 'reproducible widened']) {
      const value = ratio(neurite('T2', major, mode), neurite('T2', major, 'fast'))
      atLeast(`T2: ${mode} takes this many times as long as fast (Node ${major}, 1 thread)`, value, undefined)
    }
  }
  for (const [n, share] of /** @type {const} */ ([
    [512, 0.8],
    [1024, 0.7],
  ])) {
    const [cell] = cells(`G1-${n}`, { system: 'neurite', major: '20', mode: 'fast', threads: 1 })
    const value = cell && peaks ? gigaflops(cell) / peaks.fma128 : undefined
    atLeast(`G1 ${n}: share of the 128-bit FMA peak (Node 20, fast, 1 thread)`, value, share)
  }
  for (const n of [512, 1024]) {
    const blas = fastest(`G1-${n}`, { system: 'openblas', threads: 1 })
    atLeast(`G1 ${n}: share of OpenBLAS (Node 24, fast, 1 thread)`, ratio(blas, neurite(`G1-${n}`, '24', 'fast')), 0.9)
  }
  const rivals = entries.filter(({ workload, system }) => workload === 'I1' && system !== 'neurite').map(timeOf)
  for (const major of rivals.length > 0 ? majors : []) {
    const own = fastest('I1', { system: 'neurite', major })
    atLeast(`I1: times as fast as the fastest peer (Node ${major}, best setting)`, ratio(Math.min(...rivals), own), 1)
  }
  for (const major of majors) {
    const first = startup('startup', major, 'reproducible')
    atMost(`startup: ms above a process that does nothing (Node ${major}, reproducible)`, first?.medianMs, 100)
  }
  judgeNetworks(figures, failures)
  return found
}

/** @param {readonly Verdict[]} found */
export const targetTable = (found) =>
  found.length === 0
    ? ''
    : alignedTable([
        ['', 'target', 'measured', ''],
        ...found.map(({ name, target, measured, met }) => [
          name,
          target,
          measured,
          met === undefined ? '' : met ? 'met' : 'missed',
        ]),
      ])
