import { ArgumentError, DataError } from '../../errors.ts'
import { cos } from '../../math/trigonometry.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { Fourier } from './fft.ts'

export interface SpectrogramOptions {
  /** Samples per transform; 400 by default. There are `fftSize` / 2 + 1 frequencies. */
  readonly fftSize?: number
  /** Samples under the window, at most `fftSize`, which is the default; the rest is 0. */
  readonly windowLength?: number
  /** Samples from one frame to the next; half the window by default. */
  readonly hopLength?: number
  /**
   * Whether frames are centred on their samples; the sound is mirrored at its ends then. True by default. Otherwise the
   * first frame begins with the first sample.
   */
  readonly center?: boolean
  /** 2 for the power (the default), 1 for the magnitude. */
  readonly power?: 1 | 2
}

/** How strong each frequency is at each time. */
export interface Spectrogram {
  /** `[rows, frames]`: all times of the lowest frequency first. */
  readonly data: Float32Array
  /** Frequencies, or bands of them. */
  readonly rows: number
  /** Times. */
  readonly frames: number
}

export const spectrogramOptions = ['fftSize', 'windowLength', 'hopLength', 'center', 'power']

/**
 * The spectrogram of a sound: windows of Hann, and the square of the size of their Fourier transform. Defaults are those
 * of torchaudio's `Spectrogram`.
 *
 * @throws DataError for a sound that is too short to be mirrored at its ends, or shorter than one window
 * @throws ArgumentError for unknown options and values that make no sense
 *
 * @example
 * ```ts
 * import { spectrogram } from 'neurite/data'
 *
 * const tone = Float32Array.from({ length: 1000 }, (_, i) => [0, 1, 0, -1][i % 4]!)
 * const { data, rows, frames } = spectrogram(tone, { fftSize: 64 })
 * const loudest = Array.from({ length: rows }, (_, row) => data[row * frames + 10]!)
 * console.log(rows, frames, loudest.indexOf(Math.max(...loudest))) // → 33 32 16
 * ```
 */
export function spectrogram(samples: Float32Array, options: SpectrogramOptions = {}): Spectrogram {
  requireKnownOptions('spectrogram', options, spectrogramOptions)
  return new Analyser('spectrogram', options).spectrogram(samples)
}

/** Computes spectrograms with one set of options; keeps its tables. */
export class Analyser {
  readonly fftSize: number
  readonly rows: number
  private readonly hopLength: number
  private readonly center: boolean
  private readonly power: 1 | 2
  private readonly window: Float64Array
  private readonly fourier: Fourier

  constructor(where: string, options: SpectrogramOptions) {
    const { fftSize = 400, center = true, power = 2 } = options
    requireWholeNumber(where, 'fftSize', fftSize, 2)
    const { windowLength = fftSize } = options
    requireWholeNumber(where, 'windowLength', windowLength, 1)
    const { hopLength = Math.max(1, Math.floor(windowLength / 2)) } = options
    requireWholeNumber(where, 'hopLength', hopLength, 1)
    if (windowLength > fftSize || (power !== 1 && power !== 2)) {
      throw new ArgumentError({
        what: `${where}: windowLength is ${windowLength}, fftSize ${fftSize}, power ${String(power)}`,
        expected: 'a window that is not longer than fftSize, and the power 1 or 2',
        fix: 'correct the options, or leave them out',
      })
    }
    this.fftSize = fftSize
    this.rows = Math.floor(fftSize / 2) + 1
    this.hopLength = hopLength
    this.center = center
    this.power = power
    this.window = hannWindow(windowLength, fftSize)
    this.fourier = new Fourier(fftSize)
  }

  /** How many frames a sound of so many samples has. */
  frames(length: number): number {
    const half = Math.floor(this.fftSize / 2)
    if (this.center ? length <= half : length < this.fftSize) {
      throw new DataError({
        what: `the sound has ${length} samples, and a frame ${this.fftSize}`,
        expected: this.center ? `at least ${half + 1} samples` : `at least ${this.fftSize} samples`,
        fix: 'pass a longer sound, or a smaller fftSize',
      })
    }
    return 1 + Math.floor((this.center ? length - (this.fftSize % 2) : length - this.fftSize) / this.hopLength)
  }

  spectrogram(samples: Float32Array): Spectrogram {
    const { rows, fourier, power } = this
    const frames = this.frames(samples.length)
    const data = new Float32Array(rows * frames)
    const { real, imaginary } = fourier
    // One transform of complex numbers does two frames.
    for (let frame = 0; frame < frames; frame += 2) {
      this.fill(real, samples, frame)
      if (frame + 1 < frames) this.fill(imaginary, samples, frame + 1)
      else imaginary.fill(0)
      fourier.transform()
      for (let row = 0; row < rows; row++) {
        const back = row === 0 ? 0 : this.fftSize - row
        const ar = (real[row]! + real[back]!) / 2
        const ai = (imaginary[row]! - imaginary[back]!) / 2
        const br = (imaginary[row]! + imaginary[back]!) / 2
        const bi = (real[back]! - real[row]!) / 2
        const first = ar * ar + ai * ai
        const second = br * br + bi * bi
        data[row * frames + frame] = power === 2 ? first : Math.sqrt(first)
        if (frame + 1 < frames) data[row * frames + frame + 1] = power === 2 ? second : Math.sqrt(second)
      }
    }
    return { data, rows, frames }
  }

  /** Copies the samples of a frame under the window. */
  private fill(out: Float64Array, samples: Float32Array, frame: number): void {
    const { window, fftSize } = this
    const start = frame * this.hopLength - (this.center ? Math.floor(fftSize / 2) : 0)
    const last = samples.length - 1
    for (let i = 0; i < fftSize; i++) {
      let at = start + i
      if (at < 0) at = -at
      if (at > last) at = 2 * last - at
      out[i] = window[i]! * samples[at]!
    }
  }
}

/** A window of Hann in its periodic form, in the middle of `fftSize` places. */
function hannWindow(length: number, fftSize: number): Float64Array {
  const window = new Float64Array(fftSize)
  const start = Math.floor((fftSize - length) / 2)
  for (let i = 0; i < length; i++) window[start + i] = 0.5 - 0.5 * cos((2 * Math.PI * i) / length)
  return window
}
