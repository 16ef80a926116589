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

/** @typedef {{ workload: string, cell: string, reason: string }} Failure */

/** A cell that has timed this long ends early: its steps take seconds. */
const SLOW_CELL_MS = 3000
/** The threads of some systems spin for a moment after their last step. */
const PAUSE_MS = 10

/** @param {Pick<Entry, 'system' | 'node' | 'mode' | 'threads'>} cell */
export const cellName = ({ system, node, mode, threads }) =>
  [system, mode, node === null ? null : `Node ${node.split('.')[0]}`, `${threads} thread${threads === 1 ? '' : 's'}`]
    .filter((part) => part !== null)
    .join(', ')

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
 * Measures one workload: a process per system, started and warmed one after the other, then timed in turn, round by
 * round, so that what the machine does meanwhile meets all of them.
 * @param {string} workload
 * @param {readonly System[]} systems
 * @param {{ seconds: number, warmSeconds: number, rounds: number, log: (line: string) => void, betweenRounds: () => void }} options
 * @returns {Promise<{ entries: Entry[], failures: Failure[] }>}
 */
export async function measureWorkload(workload, systems, { seconds, warmSeconds, rounds, log, betweenRounds }) {
  /** @type {Failure[]} */
  const failures = []
  /** @type {{ system: System, cell: CellProcess, samples: number[], steps: number, timed: number }[]} */
  let running = []
  const fail = (/** @type {System} */ system, /** @type {string} */ reason) => {
    const cell = cellName({ ...system, system: system.name })
    log(`  ${cell} failed: ${reason}`)
    failures.push({ workload, cell, reason })
  }
  log(`${workload}: starting ${systems.length} processes, one after the other`)
  for (const system of systems) {
    const cell = new CellProcess(system.command, system.args(workload, warmSeconds), system.env)
    const { error, samples, steps } = await cell.answer()
    if (error === undefined) running.push({ system, cell, samples, steps, timed: samples[0] ?? 0 })
    else {
      fail(system, error)
      cell.kill()
    }
  }
  log(`${workload}: timing them in turn, ${rounds} rounds`)
  for (let round = 0; round < rounds; round++) {
    betweenRounds()
    // Every other round goes backwards, so that nobody always follows the same neighbour.
    for (const entry of round % 2 === 0 ? running : running.toReversed()) {
      if (entry.timed > SLOW_CELL_MS) continue
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      const begin = performance.now()
      const { error, samples, steps } = await entry.cell.slice(seconds / rounds)
      entry.timed += performance.now() - begin
      if (error === undefined) {
        entry.samples.push(...samples)
        entry.steps += steps
      } else {
        fail(entry.system, error)
        entry.cell.kill()
        running = running.filter((other) => other !== entry)
      }
    }
  }
  /** @type {Entry[]} */
  const entries = []
  for (const { system, cell, samples, steps } of running) {
    const { error } = await cell.finish()
    if (error === undefined) entries.push({ ...identity(workload, system), ...summary(samples), steps })
    else fail(system, error)
  }
  return { entries, failures }
}

/**
 * The first step of T1 in a fresh process, less a process of the same program that does nothing.
 * @param {readonly System[]} systems
 * @param {{ starts: number, log: (line: string) => void }} options
 * @returns {Promise<{ entries: Entry[], failures: Failure[] }>}
 */
export async function measureStartup(systems, { starts, log }) {
  /** @type {Failure[]} */
  const failures = []
  const samples = new Map(systems.map((system) => [system, /** @type {number[]} */ ([])]))
  log(`startup: ${starts} starts of each of ${systems.length} systems, in turn`)
  /** @type {Map<string, number[]>} */
  const nothing = new Map(systems.map(({ command }) => [command, []]))
  for (let round = 0; round < starts; round++) {
    for (const [command, times] of nothing) {
      times.push(await lifetime(command, command.includes('python') ? ['-c', 'pass'] : ['-e', '0']))
    }
    for (const [system, times] of samples) {
      try {
        times.push(await lifetime(system.command, system.firstStepArgs, system.env))
      } catch (error) {
        const cell = cellName({ ...system, system: system.name })
        const reason = error instanceof Error ? error.message : String(error)
        log(`  ${cell} failed: ${reason}`)
        failures.push({ workload: 'startup', cell, reason })
        samples.delete(system)
      }
    }
  }
  const entries = [...samples].map(([system, times]) => {
    const base = median(nothing.get(system.command) ?? [])
    return { ...identity('startup', system), ...summary(times.map((time) => time - base)), steps: times.length }
  })
  return { entries, failures }
}
