import { CellProcess, lifetime } from './process.mjs'
import { median, summary } from './statistics.mjs'

/** @typedef {import('./systems.mjs').System} System */

/**
 * One measured cell, as it is written to a JSON file.
 * @typedef {object} Entry
 * @property {string} workload
 * @property {string} system
 * @property {string} version
 * @property {string | null} node
 * @property {string | null} mode
 * @property {number} threads
 * @property {number} medianMs
 * @property {number} p10
 * @property {number} p90
 * @property {number} steps
 */

/**
 * A cell without a figure.
 * @typedef {object} Failure
 * @property {string} workload
 * @property {string} system
 * @property {string | null} node
 * @property {number} threads
 * @property {string} cell
 * @property {string} reason
 * @property {number} [limitMs] it was ended after this time; a step may take longer
 */

/** A cell that has timed this long ends early: its steps take seconds. */
const SLOW_CELL_MS = 3000
/** Rounding may set the numbers of two systems this far apart, as a share, and again with each step. */
const AGREEMENT = 1e-3
/** The threads of some systems spin for a moment after their last step. */
const PAUSE_MS = 10

/** @param {Pick<Entry, 'system' | 'node' | 'mode' | 'threads'>} cell */
export const cellName = ({ system, node, mode, threads }) =>
  [system, mode, node === null ? null : `Node ${node.split('.')[0]}`, `${threads} thread${threads === 1 ? '' : 's'}`]
    .filter((part) => part !== null)
    .join(', ')

/**
 * @param {string} workload
 * @param {System} system
 * @param {string} reason
 * @param {number} [limitMs]
 * @returns {Failure}
 */
const failureOf = (workload, system, reason, limitMs) => ({
  workload,
  system: system.name,
  node: system.node,
  threads: system.threads,
  cell: cellName({ ...system, system: system.name }),
  reason,
  ...(limitMs === undefined ? {} : { limitMs }),
})

/** @param {string} workload @param {System} system */
const identity = (workload, { name, version, node, mode, threads }) => ({
  workload,
  system: name,
  version,
  node,
  mode,
  threads,
})

/**
 * The first number that differs from the reference, told; undefined where the systems agree.
 * @param {readonly number[]} numbers
 * @param {readonly number[]} reference may be longer, where a slow system took fewer steps
 */
export function disagreement(numbers, reference) {
  for (const [step, expected] of reference.slice(0, numbers.length).entries()) {
    const got = numbers[step] ?? NaN
    if (Math.abs(got - expected) <= AGREEMENT * (step + 1) * Math.abs(expected)) continue
    return `it computes something else: step ${step + 1} gives ${got} where others have ${expected}`
  }
  return undefined
}

/**
 * Measures one workload: a process per system, started and warmed one after the other, then timed in turn, round by
 * round, so that what the machine does meanwhile meets all of them.
 * @param {string} workload
 * @param {readonly System[]} systems
 * @param {{ seconds: number, warmSeconds: number, limitSeconds: number, rounds: number, log: (line: string) => void, betweenRounds: () => void }} options
 * @returns {Promise<{ entries: Entry[], failures: Failure[] }>}
 */
export async function measureWorkload(workload, systems, options) {
  const { seconds, warmSeconds, limitSeconds, rounds, log, betweenRounds } = options
  /** @typedef {{ system: System, cell: CellProcess, samples: number[], steps: number, timed: number }} Running */
  /** @type {Failure[]} */
  const failures = []
  /** @type {Running[]} */
  let running = []
  /** @type {Running[]} */
  const done = []
  /** @type {number[] | undefined} */
  let reference
  const fail = (
    /** @type {System} */ system,
    /** @type {string} */ reason,
    /** @type {number | undefined} */ limitMs,
  ) => {
    const failure = failureOf(workload, system, reason, limitMs)
    log(`  ${failure.cell}: ${reason}`)
    failures.push(failure)
  }
  const finish = async (/** @type {Running} */ entry) => {
    const { error, limitMs } = await entry.cell.finish()
    if (error === undefined) done.push(entry)
    else fail(entry.system, error, limitMs)
  }
  log(`${workload}: starting ${systems.length} processes, one after the other`)
  for (const system of systems) {
    const { name, node, threads } = system
    const same = (/** @type {Failure} */ other) => other.system === name && other.node === node && other.limitMs
    const limited = failures.find(same)
    if (limited && limited.threads < threads) {
      fail(system, `not tried, since it did not finish with ${limited.threads} thread`, limited.limitMs)
      continue
    }
    const cell = new CellProcess(system.command, system.args(workload, warmSeconds), system.env, limitSeconds)
    const { error, limitMs, samples, steps, agreed = [] } = await cell.answer()
    if (agreed.length > 0) reference ??= agreed
    const reason = error ?? disagreement(agreed, reference ?? [])
    if (reason !== undefined) {
      fail(system, reason, limitMs)
      cell.kill()
      continue
    }
    const entry = { system, cell, samples, steps, timed: samples[0] ?? 0 }
    // It would only hold its memory meanwhile.
    if (entry.timed > SLOW_CELL_MS) await finish(entry)
    else running.push(entry)
  }
  log(`${workload}: timing them in turn, ${rounds} rounds`)
  for (let round = 0; round < rounds; round++) {
    betweenRounds()
    // Every other round goes backwards, so that nobody always follows the same neighbour.
    for (const entry of round % 2 === 0 ? running : running.toReversed()) {
      if (entry.timed > SLOW_CELL_MS) continue
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      const begin = performance.now()
      const { error, limitMs, samples, steps } = await entry.cell.slice(seconds / rounds)
      entry.timed += performance.now() - begin
      if (error === undefined) {
        entry.samples.push(...samples)
        entry.steps += steps
      } else {
        fail(entry.system, error, limitMs)
        entry.cell.kill()
        running = running.filter((other) => other !== entry)
      }
    }
  }
  for (const entry of running) await finish(entry)
  const entries = done
    .toSorted((a, b) => systems.indexOf(a.system) - systems.indexOf(b.system))
    .map(({ system, samples, steps }) => ({ ...identity(workload, system), ...summary(samples), steps }))
  return { entries, failures }
}

/** The network whose first step is taken. @param {string} startup such as `startup-T3` */
const startedBy = (startup) => startup.split('-')[1] ?? 'T1'

/**
 * The first step of T1 or another network in a fresh process, less a process of the same program that does nothing.
 * @param {string} workload `startup` or `startup-T3`
 * @param {readonly System[]} systems
 * @param {{ starts: number, log: (line: string) => void }} options
 * @returns {Promise<{ entries: Entry[], failures: Failure[] }>}
 */
export async function measureStartup(workload, systems, { starts, log }) {
  /** @type {Failure[]} */
  const failures = []
  const samples = new Map(systems.map((system) => [system, /** @type {number[]} */ ([])]))
  log(`${workload}: ${starts} starts of each of ${systems.length} systems, in turn`)
  /** @type {Map<string, number[]>} */
  const nothing = new Map(systems.map(({ command }) => [command, []]))
  for (let round = 0; round < starts; round++) {
    for (const [command, times] of nothing) {
      times.push(await lifetime(command, command.includes('python') ? ['-c', 'pass'] : ['-e', '0']))
    }
    for (const [system, times] of samples) {
      try {
        times.push(await lifetime(system.command, system.firstStepArgs(startedBy(workload)), system.env))
      } catch (error) {
        const failure = failureOf(workload, system, error instanceof Error ? error.message : String(error))
        log(`  ${failure.cell}: ${failure.reason}`)
        failures.push(failure)
        samples.delete(system)
      }
    }
  }
  const entries = [...samples].map(([system, times]) => {
    const base = median(nothing.get(system.command) ?? [])
    return { ...identity(workload, system), ...summary(times.map((time) => time - base)), steps: times.length }
  })
  return { entries, failures }
}
