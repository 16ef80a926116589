import { ArgumentError } from '../../errors.ts'
import { log } from '../../math/log.ts'
import { requireKnownOptions } from '../options.ts'
import { melFilterBank, melOptions } from './mel.ts'
import type { MelOptions } from './mel.ts'
import { Analyser, spectrogramOptions } from './spectrogram.ts'
import type { Spectrogram, SpectrogramOptions } from './spectrogram.ts'

export interface LogMelOptions extends SpectrogramOptions, MelOptions {
  /** Added before the logarithm, so that silence has one; 1e-6 by default. */
  readonly floor?: number
  /**
   * `recording`: mean 0 and deviation 1 over the whole; `band`: the same over each band by itself; `none` (the default)
   * leaves the logarithms.
   */
  readonly normalise?: 'none' | 'recording' | 'band'
}

export const logMelOptions = [...spectrogramOptions, ...melOptions, 'floor', 'normalise']

/**
 * The log-mel spectrogram of a sound, `[bands, frames]`: the natural logarithm of the power in each mel band. Defaults
 * are those of torchaudio's `MelSpectrogram`, and its `log(x + 1e-6)`.
 *
 * @throws DataError for a sound that is too short
 * @throws ArgumentError for unknown options and values that make no sense
 *
 * @example
 * ```ts
 * import { logMel } from 'neurite/data'
 *
 * const silence = new Float32Array(8000)
 * const { data, rows, frames } = logMel(silence, { sampleRate: 8000, fftSize: 256, hopLength: 80, bands: 40 })
 * console.log(rows, frames, data[0]!.toFixed(3)) // → 40 101 -13.816
 * ```
 */
export function logMel(samples: Float32Array, options: LogMelOptions): Spectrogram {
  return new LogMel('logMel', options).spectrogram(samples)
}

/** Computes log-mel spectrograms with one set of options; keeps its tables. */
export class LogMel {
  readonly bands: number
  private readonly analyser: Analyser
  private readonly bank: Float32Array
  /** The frequencies that belong to each band: from the first up to, not including, the second. */
  private readonly limits: Int32Array
  private readonly floor: number
  private readonly normalise: 'none' | 'recording' | 'band'

  constructor(where: string, options: LogMelOptions) {
    requireKnownOptions(where, options, logMelOptions)
    const { floor = 1e-6, normalise = 'none' } = options
    if (!(floor > 0) || !['none', 'recording', 'band'].includes(normalise)) {
      throw new ArgumentError({
        what: `${where}: floor is ${floor}, normalise '${normalise}'`,
        expected: "a floor above 0, and 'none', 'recording' or 'band'",
        fix: 'correct the options, or leave them out',
      })
    }
    this.analyser = new Analyser(where, options)
    const rows = this.analyser.rows
    this.bank = melFilterBank(rows, pick(options))
    this.bands = this.bank.length / rows
    this.limits = new Int32Array(2 * this.bands)
    for (let band = 0; band < this.bands; band++) {
      const weights = this.bank.subarray(band * rows, (band + 1) * rows)
      const first = weights.findIndex((weight) => weight > 0)
      if (first < 0) continue
      this.limits.set([first, weights.findLastIndex((weight) => weight > 0) + 1], 2 * band)
    }
    this.floor = floor
    this.normalise = normalise
  }

  /** How many frames a sound of so many samples has. */
  frames(length: number): number {
    return this.analyser.frames(length)
  }

  spectrogram(samples: Float32Array): Spectrogram {
    const { bands, bank, limits, floor } = this
    const { data: power, rows, frames } = this.analyser.spectrogram(samples)
    const data = new Float32Array(bands * frames)
    const sums = new Float64Array(frames)
    for (let band = 0; band < bands; band++) {
      sums.fill(0)
      for (let row = limits[2 * band]!; row < limits[2 * band + 1]!; row++) {
        const weight = bank[band * rows + row]!
        for (let frame = 0; frame < frames; frame++) sums[frame] = sums[frame]! + weight * power[row * frames + frame]!
      }
      for (let frame = 0; frame < frames; frame++) data[band * frames + frame] = log(sums[frame]! + floor)
    }
    if (this.normalise === 'recording') standardise(data)
    if (this.normalise === 'band') {
      for (let band = 0; band < bands; band++) standardise(data.subarray(band * frames, (band + 1) * frames))
    }
    return { data, rows: bands, frames }
  }
}

/** The options that the filter bank takes. */
function pick(options: LogMelOptions): MelOptions {
  const entries = Object.entries(options).filter(([name]) => melOptions.includes(name))
  return Object.fromEntries(entries) as unknown as MelOptions
}

/** Gives values the mean 0 and the deviation 1; values that are all the same become 0. */
function standardise(values: Float32Array): void {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) * (value - mean)
  const deviation = Math.sqrt(squares / values.length)
  // Rounding makes equal values differ from their mean by their last bits.
  const scale = deviation > 1e-7 * Math.abs(mean) ? 1 / deviation : 0
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) * scale
}
