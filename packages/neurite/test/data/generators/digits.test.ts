import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { generateDigits } from '../../../src/data/generators/digits/index.ts'
import { templates } from '../../../src/data/generators/digits/templates.ts'
import { ArgumentError } from '../../../src/errors.ts'
import { needs, sharedPath } from '../../support/shared.ts'

const PIXELS = 28 * 28

describe('generateDigits', () => {
  test('gives pictures and labels of the promised shape, every class equally often', () => {
    const { images, labels } = generateDigits({ samples: 200, seed: 1 })
    expect(images).toBeInstanceOf(Uint8Array)
    expect(images.length).toBe(200 * PIXELS)
    const counts = Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length)
    expect(counts).toEqual(Array.from({ length: 10 }, () => 20))
  })

  test('gives the same bytes in every engine', () => {
    const { images } = generateDigits({ samples: 1000, seed: 42 })
    expect(createHash('sha256').update(images).digest('hex')).toBe(
      'f9d28407ba07637e78a9ee8405b5a030d7c36545d22a901973fe50ac8c6b8fc3',
    )
  })

  test('makes each digit from the seed and its number only', () => {
    const whole = generateDigits({ samples: 60, seed: 7 }).images
    const part = generateDigits({ samples: 25, seed: 7, first: 35 })
    expect(part.images).toEqual(whole.subarray(35 * PIXELS))
    expect(part.labels[0]).toBe(5)
    expect(generateDigits({ samples: 60, seed: 8 }).images).not.toEqual(whole)
  })

  test('repeats no picture', () => {
    const { images } = generateDigits({ samples: 2000, seed: 3 })
    const seen = new Set<string>()
    for (let i = 0; i < 2000; i++)
      seen.add(Buffer.from(images.subarray(i * PIXELS, (i + 1) * PIXELS)).toString('latin1'))
    expect(seen.size).toBe(2000)
  })

  test('fills a box of about 20 x 20 with its centre of mass in the middle, full ink on empty paper', () => {
    const { images } = generateDigits({ samples: 500, seed: 5 })
    for (let i = 0; i < 500; i++) {
      const ink = measureInk(images.subarray(i * PIXELS, (i + 1) * PIXELS))
      expect(ink.side, `picture ${i}`).toBeGreaterThanOrEqual(18)
      expect(ink.side, `picture ${i}`).toBeLessThanOrEqual(25)
      expect(Math.abs(ink.centreX - 14), `picture ${i}`).toBeLessThanOrEqual(0.6)
      expect(Math.abs(ink.centreY - 14), `picture ${i}`).toBeLessThanOrEqual(0.6)
      expect(ink.darkest, `picture ${i}`).toBeGreaterThan(200)
    }
  })

  test('says what is wrong with an option', () => {
    for (const samples of [0, -1, 2.5, NaN]) expect(() => generateDigits({ samples })).toThrow(ArgumentError)
    expect(() => generateDigits({ samples: 1, seed: -1 })).toThrow(ArgumentError)
    expect(() => generateDigits({ samples: 1, first: 0.5 })).toThrow(ArgumentError)
    const misspelt: object = { samples: 1, sead: 3 }
    expect(() => generateDigits(misspelt as { samples: number })).toThrow("there is no option 'sead'")
  })

  test('resembles MNIST: the nearest generated picture mostly shows the same digit', (context) => {
    const folder = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
    const read = (name: string): Buffer => gunzipSync(readFileSync(`${folder}/${name}.gz`))
    const [start, count] = [20_000, 300]
    const pictures = read('train-images-idx3-ubyte').subarray(16 + start * PIXELS, 16 + (start + count) * PIXELS)
    const wanted = read('train-labels-idx1-ubyte').subarray(8 + start, 8 + start + count)
    const { images, labels } = generateDigits({ samples: 4000, seed: 1 })
    let right = 0
    for (let i = 0; i < count; i++) {
      const nearest = nearestPicture(pictures.subarray(i * PIXELS, (i + 1) * PIXELS), images)
      if (labels[nearest] === wanted[i]) right++
    }
    expect(right / count).toBeGreaterThan(0.78)
  })
})

test('both poses of every variant have the same strokes', () => {
  for (const [digit, variants] of templates.entries()) {
    for (const { from, to, pieces } of variants) {
      expect(from.length, `digit ${digit}`).toBe(to.length)
      expect(pieces[pieces.length - 1], `digit ${digit}`).toBe(from.length / 2 - 1)
      expect(from.length / 2, `digit ${digit}`).toBeLessThanOrEqual(24)
      for (const number of [...from, ...to]) expect(number >= -0.3 && number <= 1.3, `digit ${digit}`).toBe(true)
    }
  }
})

function measureInk(picture: Uint8Array): { side: number; centreX: number; centreY: number; darkest: number } {
  let [left, right, top, bottom, mass, massX, massY, darkest] = [28, -1, 28, -1, 0, 0, 0, 0]
  picture.forEach((ink, at) => {
    if (ink === 0) return
    const x = at % 28
    const y = Math.floor(at / 28)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
    mass += ink
    massX += ink * (x + 0.5)
    massY += ink * (y + 0.5)
    darkest = Math.max(darkest, ink)
  })
  return { side: Math.max(right - left, bottom - top) + 1, centreX: massX / mass, centreY: massY / mass, darkest }
}

function nearestPicture(picture: Uint8Array, candidates: Uint8Array): number {
  let best = Infinity
  let found = -1
  for (let start = 0; start < candidates.length; start += PIXELS) {
    let distance = 0
    for (let k = 0; k < PIXELS && distance < best; k++) {
      const difference = picture[k]! - candidates[start + k]!
      distance += difference * difference
    }
    if (distance >= best) continue
    best = distance
    found = start / PIXELS
  }
  return found
}
