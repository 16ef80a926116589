import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * What a system's module gives for a workload.
 * @typedef {object} Workload
 * @property {() => unknown} step one step; a promise where the system is asynchronous
 * @property {(result: unknown) => number | Promise<number>} [loss] reads the loss from what `step` gave
 * @property {(result: unknown) => number | Promise<number>} [agree] a number that all systems must agree on, step by step
 * @property {(result: unknown) => void | Promise<void>} [check] throws where what `step` gave is wrong
 * @property {() => Promise<void>} [ready] waits for what starts in the background
 */

/** A sample is at least this long, so that the clock's own cost and resolution do not show. */
const SAMPLE_MS = 0.25
/** A loop that never ends would starve what the engine does between turns, such as collecting dropped objects. */
const TURN_MS = 16
/** Steps from this time on are not repeated for warmth. */
const SLOW_MS = 400
/** Steps from this time on are taken only once. */
const SINGLE_MS = 30_000
/** How many of the first steps are compared between the systems. */
const COMPARED_STEPS = 5
/** A slice has at least as many samples. */
const LEAST_SAMPLES = 2
/** What another cell left in the caches is gone after this. */
const REWARM_SECONDS = 0.05

/** Takes the steps of one cell: first `warm`, then `slice` as often as wished. A sample is the mean of `count` steps. */
export class Timer {
  /** @param {Workload} workload */
  constructor(workload) {
    this.workload = workload
    this.count = 1
    this.steps = 0
    this.slow = false
    this.isAsync = false
    /** @type {unknown} */
    this.result = undefined
    /** @type {number | undefined} */
    this.firstLoss = undefined
  }

  /**
   * The mean time of `count` steps in milliseconds.
   * @param {number} count
   */
  async run(count) {
    const { step } = this.workload
    let result
    const begin = performance.now()
    if (this.isAsync) for (let i = 0; i < count; i++) result = await step()
    else for (let i = 0; i < count; i++) result = step()
    const each = (performance.now() - begin) / count
    this.result = result
    this.steps += count
    return each
  }

  /**
   * @param {number} seconds
   * @returns {Promise<{ samples: number[], steps: number, agreed: number[] }>} what slow steps took; of others nothing,
   *   since they were cold; and the numbers to be compared with those of other systems
   */
  async warm(seconds) {
    const { step, loss, check, agree, ready } = this.workload
    const begin = performance.now()
    const first = step()
    this.steps = 1
    this.isAsync = first instanceof Promise
    this.result = this.isAsync ? await first : first
    this.firstLoss = await loss?.(this.result)
    const took = performance.now() - begin
    const agreed = agree ? [await agree(this.result)] : []
    await check?.(this.result)
    await ready?.()
    if (took > SINGLE_MS) {
      this.slow = true
      return { samples: [took], steps: 1, agreed }
    }
    // The first step compiles; the second tells how long a step takes.
    const second = await this.run(1)
    this.slow = second > SLOW_MS
    if (agree) {
      agreed.push(await agree(this.result))
      while (!this.slow && agreed.length < COMPARED_STEPS) {
        await this.run(1)
        agreed.push(await agree(this.result))
      }
    }
    await this.rewarm(seconds)
    return this.slow ? { samples: [second], steps: 1, agreed } : { samples: [], steps: 0, agreed }
  }

  /** @param {number} seconds */
  async rewarm(seconds) {
    const until = performance.now() + seconds * 1000
    while (!this.slow && performance.now() < until) {
      const each = await this.run(this.count)
      // Grows slowly, since the first steps are the slowest.
      this.count = Math.min(Math.max(1, Math.ceil(SAMPLE_MS / each)), this.count * 4)
      await nextTurn()
    }
  }

  /**
   * @param {number} seconds
   * @returns {Promise<{ samples: number[], steps: number }>} milliseconds per step, and how many steps were taken
   */
  async slice(seconds) {
    await this.rewarm(REWARM_SECONDS)
    const { count } = this
    const samples = []
    const until = performance.now() + seconds * 1000
    let turn = performance.now()
    do {
      samples.push(await this.run(count))
      if (performance.now() - turn > TURN_MS) {
        await nextTurn()
        turn = performance.now()
      }
    } while (samples.length < LEAST_SAMPLES || performance.now() < until)
    return { samples, steps: samples.length * count }
  }

  /** Throws where the last step gave a wrong result, or did not learn. */
  async finish() {
    const { loss, check } = this.workload
    await check?.(this.result)
    const last = await loss?.(this.result)
    // A single step has nothing to be compared with.
    if (last === undefined || this.firstLoss === undefined || this.steps === 1) return
    if (!(last < this.firstLoss)) throw new Error(`it does not learn: the loss was ${this.firstLoss} and is ${last}`)
  }
}
