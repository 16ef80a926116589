import { ArgumentError } from '../../errors.ts'
import { exp } from '../../math/exp.ts'
import { log } from '../../math/log.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'

export interface MelOptions {
  /** Samples per second. */
  readonly sampleRate: number
  /** How many bands; 128 by default. */
  readonly bands?: number
  /** Lowest frequency in Hz; 0 by default. */
  readonly lowest?: number
  /** Highest frequency in Hz; half the sample rate by default. */
  readonly highest?: number
  /** Which scale: `htk` (the default) or `slaney`. */
  readonly scale?: 'htk' | 'slaney'
  /** `slaney` divides each band by its width in Hz, so that all have the same area; `none` by default. */
  readonly norm?: 'none' | 'slaney'
}

export const melOptions = ['sampleRate', 'bands', 'lowest', 'highest', 'scale', 'norm']

const LN10 = Math.LN10
/** The scale of Slaney is linear up to here, and logarithmic above. */
const SLANEY_BORDER = 1000
const SLANEY_STEP = 200 / 3
const SLANEY_GROWTH = /* @__PURE__ */ log(6.4) / 27

/**
 * A frequency in Hz on the mel scale. `htk`: 2595 log10(1 + f / 700). `slaney`: 3 f / 200 up to 1000 Hz, and above
 * 15 + 27 log(f / 1000) / log(6.4).
 *
 * Sources: S. Young et al., "The HTK Book"; M. Slaney, "Auditory Toolbox" (1998).
 *
 * @example
 * ```ts
 * import { hertzToMel } from 'neurite/data'
 * console.log(hertzToMel(1000).toFixed(2), hertzToMel(1000, 'slaney').toFixed(2)) // → 999.99 15.00
 * ```
 */
export function hertzToMel(hertz: number, scale: 'htk' | 'slaney' = 'htk'): number {
  if (scale === 'htk') return (2595 * log(1 + hertz / 700)) / LN10
  if (hertz < SLANEY_BORDER) return hertz / SLANEY_STEP
  return SLANEY_BORDER / SLANEY_STEP + log(hertz / SLANEY_BORDER) / SLANEY_GROWTH
}

/** The frequency in Hz of a place on the mel scale: undoes `hertzToMel`. */
export function melToHertz(mel: number, scale: 'htk' | 'slaney' = 'htk'): number {
  if (scale === 'htk') return 700 * (exp((mel * LN10) / 2595) - 1)
  const border = SLANEY_BORDER / SLANEY_STEP
  return mel < border ? mel * SLANEY_STEP : SLANEY_BORDER * exp((mel - border) * SLANEY_GROWTH)
}

/**
 * The mel filter bank: bands that are triangles over the frequencies of a transform, evenly spaced on the mel scale.
 * Defaults are those of torchaudio's `melscale_fbanks`.
 *
 * @param rows how many frequencies a spectrogram has: `fftSize` / 2 + 1
 * @returns `[bands, rows]`, one band after the other
 * @throws ArgumentError for unknown options and values that make no sense
 *
 * @example
 * ```ts
 * import { melFilterBank } from 'neurite/data'
 *
 * const bank = melFilterBank(201, { sampleRate: 16000, bands: 40 })
 * console.log(bank.length === 40 * 201, bank[0], Math.max(...bank) <= 1) // → true 0 true
 * ```
 */
export function melFilterBank(rows: number, options: MelOptions): Float32Array {
  requireKnownOptions('melFilterBank', options, melOptions)
  const { sampleRate, bands = 128, lowest = 0, highest = sampleRate / 2, scale = 'htk', norm = 'none' } = options
  requireWholeNumber('melFilterBank', 'rows', rows, 2)
  requireWholeNumber('melFilterBank', 'sampleRate', sampleRate, 1)
  requireWholeNumber('melFilterBank', 'bands', bands, 1)
  const areKnown = (scale === 'htk' || scale === 'slaney') && (norm === 'none' || norm === 'slaney')
  if (!areKnown || !(lowest >= 0 && lowest < highest && highest <= sampleRate / 2)) {
    throw new ArgumentError({
      what: `melFilterBank: from ${lowest} to ${highest} Hz, scale '${scale}', norm '${norm}'`,
      expected: `frequencies between 0 and ${sampleRate / 2} Hz, the scale htk or slaney, the norm none or slaney`,
      fix: 'correct the options, or leave them out',
    })
  }
  const low = hertzToMel(lowest, scale)
  const step = (hertzToMel(highest, scale) - low) / (bands + 1)
  const edges = Float64Array.from({ length: bands + 2 }, (_, i) => melToHertz(low + step * i, scale))
  const bank = new Float32Array(bands * rows)
  for (let band = 0; band < bands; band++) {
    const [left, middle, right] = [edges[band]!, edges[band + 1]!, edges[band + 2]!]
    const height = norm === 'slaney' ? 2 / (right - left) : 1
    for (let row = 0; row < rows; row++) {
      const hertz = (row * sampleRate) / 2 / (rows - 1)
      const inside = Math.min((hertz - left) / (middle - left), (right - hertz) / (right - middle))
      if (inside > 0) bank[band * rows + row] = height * inside
    }
  }
  return bank
}
