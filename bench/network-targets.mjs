/** @typedef {import('./measure.mjs').Failure} Failure */
/** @typedef {import('./targets.mjs').Figures} Figures */

const MAJORS = /** @type {const} */ (['24', '20'])
/** Of PyTorch's speed on one thread. */
const AGAINST_TORCH = {
  24: { T3: 1.3, T4: 1.3, T5: 1.3, T6: 1.3, T7: 1.15 },
  20: { T3: 0.9, T4: 0.9, T5: 0.85, T6: 0.9, T7: 0.75 },
}
/** Of one thread's speed. */
const TWO_THREADS = { 24: 1.5, 20: 1.2 }
/** Of the speed of the fastest JavaScript peer that can do it at all. */
const AGAINST_JAVASCRIPT = { T3: 50, T4: 5, T5: 5, T6: 20, T7: 5 }
const JAVASCRIPT = ['tfjs-cpu', 'tfjs-wasm', 'jax-js']
const NETWORKS = /** @type {const} */ (['T3', 'T4', 'T5', 'T6', 'T7'])
const FIRST_STEP_MS = 250

/**
 * The targets of T3 to T7, of I2 to I4 and of the first step of T3.
 * @param {Figures} figures
 * @param {readonly Failure[]} failures
 */
export function judgeNetworks({ neurite, fastest, ratio, atLeast, atMost, startup }, failures) {
  for (const workload of NETWORKS) {
    const torch = fastest(workload, { system: 'torch', threads: 1 })
    for (const major of MAJORS) {
      const value = ratio(torch, neurite(workload, major, 'fast'))
      atLeast(
        `${workload}: times as fast as PyTorch (Node ${major}, fast, 1 thread)`,
        value,
        AGAINST_TORCH[major][workload],
      )
    }
  }
  for (const workload of NETWORKS) {
    for (const major of MAJORS) {
      const value = ratio(neurite(workload, major, 'fast', 1), neurite(workload, major, 'fast', 2))
      atLeast(`${workload}: 2 threads against 1 (Node ${major}, fast)`, value, TWO_THREADS[major])
    }
  }
  for (const workload of NETWORKS) {
    for (const major of MAJORS) {
      const own = neurite(workload, major, 'fast')
      const peers = JAVASCRIPT.flatMap((system) => fastest(workload, { system, threads: 1 }) ?? [])
      const name = `${workload}: times as fast as the fastest JavaScript peer (Node ${major}, fast, 1 thread`
      if (peers.length > 0) {
        atLeast(`${name})`, ratio(Math.min(...peers), own), AGAINST_JAVASCRIPT[workload])
        continue
      }
      // Nobody finished: one step of theirs takes longer than the limit.
      const limits = failures.flatMap((one) =>
        one.workload === workload && JAVASCRIPT.includes(one.system) ? (one.limitMs ?? []) : [],
      )
      if (limits.length > 0)
        atLeast(`${name}; none finished)`, ratio(Math.min(...limits), own), AGAINST_JAVASCRIPT[workload])
    }
  }
  for (const workload of ['I2', 'I3', 'I4']) {
    for (const threads of [1, 2]) {
      const where = (/** @type {string} */ major) =>
        `(Node ${major}, fast, ${threads} thread${threads === 1 ? '' : 's'})`
      const web = fastest(workload, { system: 'onnxruntime-web', threads })
      for (const major of MAJORS) {
        const own = neurite(workload, major, 'fast', threads)
        atLeast(`${workload}: times as fast as onnxruntime-web ${where(major)}`, ratio(web, own), 1)
      }
      const native = fastest(workload, { system: 'onnxruntime-node', threads })
      const value = ratio(neurite(workload, '24', 'fast', threads), native)
      atMost(`${workload}: times as long as onnxruntime-node ${where('24')}`, value, 1.5)
    }
  }
  for (const major of MAJORS) {
    for (const mode of ['reproducible', 'fast']) {
      const first = startup('startup-T3', major, mode)
      if (first === undefined) continue
      const warm = neurite('T3', major, mode, first.threads)
      const name = `startup-T3: ms above an empty process and a warm step (Node ${major}, ${mode})`
      atMost(name, warm === undefined ? undefined : first.medianMs - warm, FIRST_STEP_MS)
    }
  }
}
