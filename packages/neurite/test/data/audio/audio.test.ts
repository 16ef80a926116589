import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  hertzToMel,
  logMel,
  logMelDataset,
  melFilterBank,
  melToHertz,
  resample,
  spectrogram,
  spokenDigits,
} from '../../../src/data/index.ts'
import type { LogMelDatasetOptions, MelOptions, ResampleOptions, SpectrogramOptions } from '../../../src/data/index.ts'
import { Fourier } from '../../../src/data/audio/fft.ts'
import { ArgumentError, DataError } from '../../../src/errors.ts'
import { needs, sharedPath } from '../../support/shared.ts'

interface Fixtures {
  spectrograms: { length: number; options: SpectrogramOptions; shape: [number, number]; data: number[] }[]
  banks: { rows: number; options: MelOptions; data: number[] }[]
  resampled: { length: number; options: ResampleOptions; data: number[] }[]
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/audio/audio.json', import.meta.url), 'utf8'),
) as Fixtures

/** The sound of scripts/fixtures/make-audio-fixtures.py. */
const sound = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (((i * 7919) % 1009) - 504) / 1024 + (((i * i) % 128) - 64) / 256)

/** The largest difference, as a part of the largest number. */
function error(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  return Math.max(...expected.map((value, i) => Math.abs(value - found[i]!))) / largest
}

describe('the Fourier transform', () => {
  test.each([1, 2, 3, 4, 5, 8, 12, 16, 30, 45, 49, 64, 97, 100, 256, 400])('of %i numbers', (size) => {
    const fourier = new Fourier(size)
    const real = Array.from({ length: size }, (_, i) => ((i * 37) % 11) - 5)
    const imaginary = Array.from({ length: size }, (_, i) => ((i * 53) % 13) - 6)
    fourier.real.set(real)
    fourier.imaginary.set(imaginary)
    fourier.transform()
    for (let k = 0; k < size; k++) {
      let [sumR, sumI] = [0, 0]
      for (let i = 0; i < size; i++) {
        const angle = (-2 * Math.PI * ((i * k) % size)) / size
        sumR += real[i]! * Math.cos(angle) - imaginary[i]! * Math.sin(angle)
        sumI += real[i]! * Math.sin(angle) + imaginary[i]! * Math.cos(angle)
      }
      expect(Math.hypot(sumR - fourier.real[k]!, sumI - fourier.imaginary[k]!)).toBeLessThan(1e-11 * size)
    }
  })
})

describe('the spectrogram', () => {
  test.each(fixtures.spectrograms)(
    'is that of PyTorch: $length samples, $options',
    ({ length, options, shape, data }) => {
      const found = spectrogram(sound(length), options)
      expect([found.rows, found.frames]).toEqual(shape)
      expect(error(found.data, data)).toBeLessThan(1e-6)
    },
  )

  test('refuses sounds that are too short, and wrong options', () => {
    expect(() => spectrogram(sound(200))).toThrow(DataError)
    expect(() => spectrogram(sound(63), { fftSize: 64, center: false })).toThrow('at least 64 samples')
    expect(spectrogram(sound(64), { fftSize: 64, center: false }).frames).toBe(1)
    expect(() => spectrogram(sound(500), { windowLength: 401 })).toThrow(ArgumentError)
    expect(() => spectrogram(sound(500), { power: 3 as 2 })).toThrow('power 3')
    expect(() => spectrogram(sound(500), { hop: 3 } as SpectrogramOptions)).toThrow("no option 'hop'")
  })
})

describe('the mel scale', () => {
  test('goes there and back, and has the values of the sources', () => {
    for (const scale of ['htk', 'slaney'] as const) {
      for (const hertz of [0, 60, 999, 1000, 1001, 8000]) {
        expect(melToHertz(hertzToMel(hertz, scale), scale)).toBeCloseTo(hertz, 8)
      }
    }
    expect(hertzToMel(60, 'slaney')).toBeCloseTo(0.9, 12)
    expect(hertzToMel(6400, 'slaney')).toBeCloseTo(42, 12)
    expect(hertzToMel(1000)).toBeCloseTo(999.9855, 4)
  })

  test.each(fixtures.banks)('has the bands of the definition: $options', ({ rows, options, data }) => {
    expect(error(melFilterBank(rows, options), data)).toBeLessThan(1e-6)
  })

  test('refuses wrong options', () => {
    expect(() => melFilterBank(33, { sampleRate: 8000, highest: 5000 })).toThrow(ArgumentError)
    expect(() => melFilterBank(33, { sampleRate: 8000, lowest: 4000 })).toThrow('from 4000 to 4000 Hz')
    expect(() => melFilterBank(33, { sampleRate: 8000, scale: 'bark' as 'htk' })).toThrow("scale 'bark'")
  })
})

describe('resampling', () => {
  test.each(fixtures.resampled)('follows the formula: $options', ({ length, options, data }) => {
    expect(error(resample(sound(length), options), data)).toBeLessThan(1e-6)
  })

  test('keeps a tone that both rates can hold, and takes away one that the lower cannot', () => {
    const tone = (hertz: number, rate: number): Float32Array =>
      Float32Array.from({ length: rate / 10 }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate))
    const low = resample(tone(500, 16000), { from: 16000, to: 8000 })
    const expected = tone(500, 8000)
    for (let i = 100; i < 700; i++) expect(Math.abs(low[i]! - expected[i]!)).toBeLessThan(0.01)
    const gone = resample(tone(6000, 16000), { from: 16000, to: 8000 })
    expect(Math.max(...gone.subarray(100, 700).map(Math.abs))).toBeLessThan(0.02)
  })

  test('to the same rate is a copy; wrong options are refused', () => {
    const samples = sound(10)
    const same = resample(samples, { from: 8, to: 8 })
    expect(same).toEqual(samples)
    expect(same).not.toBe(samples)
    expect(() => resample(samples, { from: 8.5, to: 8 })).toThrow(ArgumentError)
    expect(() => resample(samples, { from: 9, to: 8, rolloff: 2 })).toThrow('rolloff is 2')
  })
})

describe('log-mel', () => {
  const options = { sampleRate: 8000, fftSize: 128, hopLength: 64, bands: 20 }

  test('is the logarithm of the bands of the power', () => {
    const samples = sound(1000)
    const { data, rows, frames } = logMel(samples, options)
    const power = spectrogram(samples, { fftSize: 128, hopLength: 64 })
    const bank = melFilterBank(65, { sampleRate: 8000, bands: 20 })
    expect([rows, frames]).toEqual([20, power.frames])
    for (let band = 0; band < rows; band++) {
      for (let frame = 0; frame < frames; frame++) {
        let sum = 0
        for (let row = 0; row < 65; row++) sum += bank[band * 65 + row]! * power.data[row * frames + frame]!
        expect(data[band * frames + frame]).toBeCloseTo(Math.log(sum + 1e-6), 5)
      }
    }
  })

  test('is normalised over the recording, or each band by itself', () => {
    const moments = (values: Float32Array): [number, number] => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length
      return [mean, Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)]
    }
    const whole = logMel(sound(1000), { ...options, normalise: 'recording' })
    const bands = logMel(sound(1000), { ...options, normalise: 'band' })
    for (const values of [whole.data, bands.data.subarray(0, bands.frames)]) {
      const [mean, deviation] = moments(values)
      expect(mean).toBeCloseTo(0, 5)
      expect(deviation).toBeCloseTo(1, 5)
    }
    expect(Math.abs(moments(whole.data.subarray(0, whole.frames))[0])).toBeGreaterThan(0.05)
    const silence = logMel(new Float32Array(1000), { ...options, normalise: 'band' })
    expect(silence.data.every((value) => value === 0)).toBe(true)
  })

  test('refuses wrong options', () => {
    expect(() => logMel(sound(1000), { ...options, floor: 0 })).toThrow('floor is 0')
    expect(() => logMel(sound(1000), { ...options, normalise: 'all' as 'none' })).toThrow("normalise 'all'")
    expect(() => logMel(sound(1000), { ...options, mels: 3 } as never)).toThrow("no option 'mels'")
  })
})

describe('a dataset of sounds', () => {
  const sounds = [sound(700), sound(1500)].map((samples, label) => ({ samples, label }))
  const options: LogMelDatasetOptions = { sampleRate: 8000, fftSize: 128, hopLength: 64, bands: 10, length: 1000 }

  test('cuts and fills to one length, as pictures or sequences', async () => {
    const pictures = await logMelDataset(sounds, { ...options, classNames: ['a', 'b'] })
    const sequences = await logMelDataset(sounds, { ...options, layout: 'sequence' })
    expect([pictures.inputShape, sequences.inputShape]).toEqual([
      [1, 10, 16],
      [16, 10],
    ])
    const { length: _, ...rest } = options
    const cut = logMel(sound(1500).slice(0, 1000), rest)
    expect(pictures.example(1)).toEqual({ input: cut.data, target: Int32Array.of(1) })
    const filled = new Float32Array(1000)
    filled.set(sound(700))
    const { input } = sequences.example(0)
    const expected = logMel(filled, rest)
    for (let i = 0; i < 160; i++) expect(input[i]).toBe(expected.data[(i % 10) * 16 + Math.floor(i / 10)])
  })

  test('refuses no sounds, and wrong options', async () => {
    await expect(logMelDataset([], options)).rejects.toThrow(DataError)
    await expect(logMelDataset(sounds, { ...options, layout: 'row' as 'picture' })).rejects.toThrow("layout is 'row'")
    await expect(logMelDataset(sounds, { ...options, size: 1 } as never)).rejects.toThrow("no option 'size'")
    await expect(logMelDataset(sounds, { ...options, length: 60 })).rejects.toThrow('at least 65 samples')
  })

  test('of spoken digits: the nearest known spectrogram names most of those of one speaker', async (context) => {
    const mirror = needs(context, '../shared/data/fsdd', sharedPath('data/fsdd'))
    const { train, test: held } = await spokenDigits({ mirror, speakers: ['theo'] })
    const chosen: LogMelDatasetOptions = {
      sampleRate: 8000,
      fftSize: 256,
      hopLength: 128,
      bands: 32,
      length: 4000,
      normalise: 'recording',
    }
    const [known, asked] = [await logMelDataset(train, chosen), await logMelDataset(held, chosen)]
    const all = Array.from({ length: known.length }, (_, i) => {
      const { input, target } = known.example(i)
      return { input: Float32Array.from(input), target }
    })
    let right = 0
    for (let i = 0; i < asked.length; i++) {
      const { input, target } = asked.example(i)
      const distances = all.map(({ input: other }) => other.reduce((sum, x, at) => sum + (x - input[at]!) ** 2, 0))
      if (all[distances.indexOf(Math.min(...distances))]!.target[0] === target[0]) right++
    }
    expect(right / asked.length).toBeGreaterThan(0.8)
  })
})
