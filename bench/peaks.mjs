import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './statistics.mjs'

const source = fileURLToPath(new URL('peaks.c', import.meta.url))

/** @typedef {{ fma128: number, fma256: number, mulAdd128: number, mulAdd256: number }} Peaks GFLOP/s of one core */

/** The machine's peak arithmetic, measured between the cells, since the clock moves while a run lasts. */
export class PeakMeter {
  /** @param {string} folder where the compiled program is put */
  constructor(folder) {
    /** @type {Peaks[]} */
    this.measured = []
    /** Why there are no peaks. @type {string | undefined} */
    this.absence = undefined
    this.program = join(folder, 'peaks')
    mkdirSync(folder, { recursive: true })
    const compiled = spawnSync('gcc', ['-O2', '-o', this.program, source], { encoding: 'utf8' })
    if (compiled.error) this.absence = 'gcc is absent'
    else if (compiled.status !== 0) this.absence = `gcc could not compile peaks.c: ${compiled.stderr.split('\n')[0]}`
  }

  measure() {
    if (this.absence !== undefined) return
    const { status, stdout, stderr } = spawnSync(this.program, { encoding: 'utf8' })
    if (status === 0) this.measured.push(JSON.parse(stdout))
    else this.absence = stderr.trim() || 'peaks ended with an error'
  }

  /** Medians of what was measured. @returns {Peaks | undefined} */
  get peaks() {
    if (this.measured.length === 0) return undefined
    const of = (/** @type {keyof Peaks} */ name) => median(this.measured.map((peaks) => peaks[name]))
    return { fma128: of('fma128'), fma256: of('fma256'), mulAdd128: of('mulAdd128'), mulAdd256: of('mulAdd256') }
  }
}
