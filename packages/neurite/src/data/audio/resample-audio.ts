import { ArgumentError } from '../../errors.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'

export interface ResampleOptions {
  /** Samples per second of the sound. */
  readonly from: number
  /** Samples per second of the result. */
  readonly to: number
  /** Zero crossings of the sinc on each side; more is sharper and slower. 6 by default. */
  readonly lowpassWidth?: number
  /** Where the filter cuts, as a part of the lower of both halved rates; 0.99 by default. */
  readonly rolloff?: number
}

/**
 * Brings a sound to another sample rate: a sinc under a window of Hann, which also takes away what the lower rate cannot
 * hold. The result has `ceil(length to / from)` samples. Defaults are those of torchaudio's `resample`.
 *
 * Source: J. O. Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample.
 *
 * @throws ArgumentError for unknown options and rates that are no whole numbers above 0
 *
 * @example
 * ```ts
 * import { resample } from 'neurite/data'
 *
 * const tone = Float32Array.from({ length: 800 }, (_, i) => Math.sin((2 * Math.PI * 100 * i) / 8000))
 * const faster = resample(tone, { from: 8000, to: 16000 })
 * console.log(faster.length, Math.abs(faster[800]! - tone[400]!) < 0.01) // → 1600 true
 * ```
 */
export function resample(samples: Float32Array, options: ResampleOptions): Float32Array {
  requireKnownOptions('resample', options, ['from', 'to', 'lowpassWidth', 'rolloff'])
  const { from, to, lowpassWidth = 6, rolloff = 0.99 } = options
  requireWholeNumber('resample', 'from', from, 1)
  requireWholeNumber('resample', 'to', to, 1)
  requireWholeNumber('resample', 'lowpassWidth', lowpassWidth, 1)
  if (!(rolloff > 0 && rolloff <= 1)) {
    throw new ArgumentError({
      what: `resample: rolloff is ${rolloff}`,
      expected: 'a number above 0, at most 1',
      fix: 'leave rolloff out for 0.99',
    })
  }
  if (from === to) return samples.slice()
  const common = greatestCommonDivisor(from, to)
  const step = from / common
  const phases = to / common
  // Rates are counted in units of their common divisor; the filter cuts at `cut`.
  const cut = Math.min(step, phases) * rolloff
  const width = Math.ceil((lowpassWidth * step) / cut)
  const taps = 2 * width + step
  const kernels = makeKernels({ step, phases, cut, width, taps, lowpassWidth })
  const result = new Float32Array(Math.ceil((samples.length * phases) / step))
  for (let i = 0; i < result.length; i++) {
    const phase = i % phases
    const start = Math.floor(i / phases) * step - width
    const first = Math.max(0, -start)
    const end = Math.min(taps, samples.length - start)
    let sum = 0
    for (let tap = first; tap < end; tap++) sum += kernels[phase * taps + tap]! * samples[start + tap]!
    result[i] = sum
  }
  return result
}

/** One filter per place of a new sample between the old ones. */
function makeKernels(parts: {
  step: number
  phases: number
  cut: number
  width: number
  taps: number
  lowpassWidth: number
}): Float64Array {
  const { step, phases, cut, width, taps, lowpassWidth } = parts
  const kernels = new Float64Array(phases * taps)
  for (let phase = 0; phase < phases; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const t = cut * ((tap - width) / step - phase / phases)
      if (Math.abs(t) >= lowpassWidth) continue
      const window = cos((Math.PI * t) / lowpassWidth / 2)
      const sinc = t === 0 ? 1 : sin(Math.PI * t) / (Math.PI * t)
      kernels[phase * taps + tap] = (sinc * window * window * cut) / step
    }
  }
  return kernels
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
