import { ArgumentError, DataError } from '../../errors.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { Slices } from '../pause.ts'
import { TensorDataset } from '../tensor-dataset.ts'
import { LogMel, logMelOptions } from './log-mel.ts'
import type { LogMelOptions } from './log-mel.ts'

/** A sound with its class. */
export interface LabelledSound {
  readonly samples: Float32Array
  readonly label: number
}

export interface LogMelDatasetOptions extends LogMelOptions {
  /** Samples of each sound that are used: shorter ones are followed by silence, longer ones are cut. */
  readonly length: number
  /** `picture` (the default): [1, bands, frames], for convolutions. `sequence`: [frames, bands], for recurrent networks. */
  readonly layout?: 'picture' | 'sequence'
  readonly classNames?: readonly string[]
}

/**
 * A dataset of the log-mel spectrograms of sounds, brought to one length. The event loop gets its turn while they are
 * computed.
 *
 * @throws DataError for no sounds, and for a length that is too short for a frame
 * @throws ArgumentError for unknown options and values that make no sense
 *
 * @example
 * ```ts
 * import { logMelDataset } from 'neurite/data'
 *
 * const sounds = [0, 1].map((label) => ({ label, samples: Float32Array.from({ length: 900 }, (_, i) => i % (label + 2)) }))
 * const dataset = await logMelDataset(sounds, { sampleRate: 8000, fftSize: 256, hopLength: 100, bands: 20, length: 1000 })
 * console.log(dataset.length, dataset.inputShape) // → 2 [ 1, 20, 11 ]
 * ```
 */
export async function logMelDataset(
  sounds: readonly LabelledSound[],
  options: LogMelDatasetOptions,
): Promise<TensorDataset> {
  requireKnownOptions('logMelDataset', options, [...logMelOptions, 'length', 'layout', 'classNames'])
  const { length, layout = 'picture', classNames, ...rest } = options
  requireWholeNumber('logMelDataset', 'length', length, 1)
  if (layout !== 'picture' && layout !== 'sequence') {
    throw new ArgumentError({
      what: `logMelDataset: layout is '${String(layout)}'`,
      expected: "'picture' or 'sequence'",
      fix: "leave it out for 'picture'",
    })
  }
  if (sounds.length === 0) {
    throw new DataError({
      what: 'logMelDataset: there are no sounds',
      expected: 'at least one',
      fix: 'pass the sounds',
    })
  }
  const analyser = new LogMel('logMelDataset', rest)
  const { bands } = analyser
  const frames = analyser.frames(length)
  const data = new Float32Array(sounds.length * bands * frames)
  const samples = new Float32Array(length)
  const slices = new Slices()
  for (const [index, sound] of sounds.entries()) {
    await slices.pause()
    samples.fill(0).set(sound.samples.subarray(0, length))
    const { data: values } = analyser.spectrogram(samples)
    const into = index * bands * frames
    if (layout === 'picture') {
      data.set(values, into)
      continue
    }
    for (let frame = 0; frame < frames; frame++) {
      for (let band = 0; band < bands; band++) data[into + frame * bands + band] = values[band * frames + frame]!
    }
  }
  return new TensorDataset({
    inputs: { data, shape: layout === 'picture' ? [1, bands, frames] : [frames, bands] },
    targets: { data: Int32Array.from(sounds, ({ label }) => label), shape: [] },
    ...(classNames === undefined ? {} : { classNames }),
  })
}
