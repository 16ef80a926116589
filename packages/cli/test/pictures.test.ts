import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { DataError, FileFormatError } from 'neurite'
import { generateDigits } from 'neurite/data'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { contrast } from '../src/pictures/contrast.ts'
import { toGrey } from '../src/pictures/grey.ts'
import { cut } from '../src/pictures/grey-picture.ts'
import type { GreyPicture } from '../src/pictures/grey-picture.ts'
import { readPng } from '../src/pictures/read-png.ts'
import { resize } from '../src/pictures/resize.ts'
import { toDigit } from '../src/pictures/to-digit.ts'
import { toSquare } from '../src/pictures/to-square.ts'
import { temporaryFolder } from './support.ts'

const folder = temporaryFolder()
let files = 0

/** Writes bytes into a file and gives its path. */
function file(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.png`)
  writeFileSync(path, bytes)
  return path
}

/** A PNG file whose pixels are [red, green, blue, alpha]. */
function png(width: number, height: number, pixel: (x: number, y: number) => number[], options = {}): string {
  const picture = new PNG({ width, height })
  for (let i = 0; i < width * height; i++) picture.data.set(pixel(i % width, Math.floor(i / width)), 4 * i)
  return file(PNG.sync.write(picture, options))
}

const grey = (width: number, height: number, value: (x: number, y: number) => number): GreyPicture => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
})

const { images } = generateDigits({ samples: 200, seed: 7 })
const digit = (i: number): GreyPicture => grey(28, 28, (x, y) => images[i * 784 + y * 28 + x]! / 255)

/** A digit on a larger sheet, so that it has to be found. */
const sheet = (i: number): GreyPicture => cut(digit(i), { left: -10, top: -6, width: 56, height: 40 })

/** The mean difference of two pictures' pixels. */
const difference = (a: GreyPicture, b: GreyPicture): number =>
  Array.from(a.pixels).reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]!), 0) / a.pixels.length

describe('readPng', () => {
  test('reads colours and transparency', () => {
    const { width, height, rgba } = readPng(png(3, 2, (x, y) => [10 * x, 20 * y, 30, 200 + x]))
    expect([width, height]).toEqual([3, 2])
    expect([...rgba.subarray(4 * 4, 4 * 5)]).toEqual([10, 20, 30, 201])
  })

  test.each([0, 2, 4, 6])('reads colour type %i', (colorType) => {
    const { rgba } = readPng(png(4, 4, () => [77, 77, 77, 255], { colorType, inputColorType: 6 }))
    expect([...rgba.subarray(0, 4)]).toEqual([77, 77, 77, 255])
  })

  test('reads one bit per pixel with a palette', () => {
    const chunk = (type: string, content: number[] | Uint8Array): Buffer => {
      const body = Buffer.concat([Buffer.from(type), Buffer.from(content)])
      const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
      length.writeUInt32BE(content.length)
      sum.writeUInt32BE(crc32(body))
      return Buffer.concat([length, body, sum])
    }
    const bytes = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', [0, 0, 0, 2, 0, 0, 0, 2, 1, 3, 0, 0, 0]),
      chunk('PLTE', [255, 0, 0, 0, 0, 255]),
      // Two rows: no filter, then the bits 01 and 10.
      chunk('IDAT', deflateSync(Buffer.from([0, 0b01000000, 0, 0b10000000]))),
      chunk('IEND', []),
    ])
    const { rgba } = readPng(file(bytes))
    expect([0, 1, 2, 3].map((i) => rgba[4 * i])).toEqual([255, 0, 0, 255])
    expect([0, 1, 2, 3].map((i) => rgba[4 * i + 2])).toEqual([0, 255, 255, 0])
  })

  test('no file, no PNG, half a PNG, and one of an absurd size', () => {
    expect(() => readPng(join(folder, 'none.png'))).toThrow(DataError)
    expect(() => readPng(file(Buffer.from('GIF89a....')))).toThrow(/is no PNG file/)
    const whole = PNG.sync.write(new PNG({ width: 50, height: 50 }))
    expect(() => readPng(file(whole.subarray(0, whole.length - 40)))).toThrow(FileFormatError)
    expect(() => readPng(file(whole.subarray(0, 12)))).toThrow(FileFormatError)
    const huge = Buffer.from(whole)
    huge.writeUInt32BE(10_000_000, 16)
    expect(() => readPng(file(huge))).toThrow(/10000000 x 50 pixels/)
  })
})

describe('toGrey', () => {
  test('weights red, green and blue as the eye does', () => {
    const { pixels } = toGrey({
      width: 3,
      height: 1,
      rgba: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255),
    })
    expect([...pixels].map((value) => value.toFixed(3))).toEqual(['0.299', '0.587', '0.114'])
  })

  test('dark writing on nothing stands on white, bright writing on nothing on black', () => {
    const dark = toGrey({ width: 2, height: 1, rgba: Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 0) })
    expect([...dark.pixels]).toEqual([0, 1])
    const bright = toGrey({ width: 2, height: 1, rgba: Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 0) })
    expect(bright.pixels[0]).toBeCloseTo(1, 6)
    expect(bright.pixels[1]).toBe(0)
  })
})

describe('resize', () => {
  test('the same size changes nothing, and an even grey stays even', () => {
    expect(resize(digit(3), 28, 28).pixels).toEqual(digit(3).pixels)
    for (const [width, height] of [
      [7, 5],
      [90, 3],
    ] as const) {
      const { pixels } = resize(
        grey(31, 17, () => 0.4),
        width,
        height,
      )
      expect(pixels).toHaveLength(width * height)
      for (const value of pixels) expect(value).toBeCloseTo(0.4, 6)
    }
  })

  test('a line of one pixel stays visible when the picture becomes ten times smaller', () => {
    const { pixels } = resize(
      grey(200, 200, (x) => Number(x === 103)),
      20,
      20,
    )
    const middle = Array.from({ length: 20 }, (_, x) => pixels[10 * 20 + x]!)
    expect(middle.reduce((a, b) => a + b, 0)).toBeCloseTo(0.1, 6)
  })
})

describe('toDigit', () => {
  test('a picture in the form of MNIST stays as it is', () => {
    for (let i = 0; i < 200; i++) expect(difference(toDigit(digit(i), 'test'), digit(i))).toBeLessThan(1e-4)
  })

  test.each([
    [
      'ten times as large',
      (p: GreyPicture) => grey(560, 400, (x, y) => p.pixels[Math.floor(y / 10) * 56 + Math.floor(x / 10)]!),
    ],
    ['black on white', (p: GreyPicture) => grey(56, 40, (x, y) => 1 - p.pixels[y * 56 + x]!)],
    ['with weak contrast on grey', (p: GreyPicture) => grey(56, 40, (x, y) => 0.6 - 0.3 * p.pixels[y * 56 + x]!)],
    [
      'in the corner of a large sheet',
      (p: GreyPicture) => grey(300, 200, (x, y) => (x < 56 && y >= 160 ? 1 - p.pixels[(y - 160) * 56 + x]! : 1)),
    ],
  ])('%s: the same digit comes out', (_name, change) => {
    const plain = Array.from({ length: 40 }, (_, i) => toDigit(sheet(i), 'test'))
    for (const [i, expected] of plain.entries()) {
      const found = toDigit(change(sheet(i)), 'test')
      expect(difference(found, expected)).toBeLessThan(0.1)
      const distances = plain.map((other) => difference(found, other))
      expect(distances.indexOf(Math.min(...distances))).toBe(i)
    }
  })

  test('the digit fills a box of 20, and its centre of mass is the middle', () => {
    const bar = toDigit(
      grey(100, 160, (x, y) => Number(x > 30 && x < 50 && y > 20 && y < 140)),
      'test',
    )
    let [mass, x, y] = [0, 0, 0]
    for (let i = 0; i < 784; i++) {
      mass += bar.pixels[i]!
      x += bar.pixels[i]! * ((i % 28) + 0.5)
      y += bar.pixels[i]! * (Math.floor(i / 28) + 0.5)
    }
    expect(Math.abs(x / mass - 14)).toBeLessThan(0.6)
    expect(Math.abs(y / mass - 14)).toBeLessThan(0.6)
    const rows = Array.from({ length: 28 }, (_, row) =>
      bar.pixels.slice(row * 28, row * 28 + 28).some((value) => value > 0.1),
    )
    expect(rows.filter(Boolean)).toHaveLength(20)
  })

  test('a thin pen becomes as thick as one needs it', () => {
    const thin = toDigit(
      grey(400, 400, (x, y) => Number(x >= 199 && x <= 201 && y > 50 && y < 350)),
      'test',
    )
    const ink = thin.pixels.reduce((sum, value) => sum + value, 0)
    expect(ink).toBeGreaterThan(20 * 1.3)
    expect(ink).toBeLessThan(20 * 4)
  })

  test('an empty sheet is an error that names the file', () => {
    expect(() =>
      toDigit(
        grey(50, 50, () => 1),
        'empty.png',
      ),
    ).toThrow(/empty\.png shows no writing/)
    expect(() =>
      toDigit(
        grey(50, 50, (x) => 0.5 + x / 2000),
        'shadow.png',
      ),
    ).toThrow(DataError)
  })
})

describe('pictures of other things', () => {
  test('the square in the middle of a wide picture', () => {
    const square = toSquare(
      grey(60, 20, (x) => Number(x >= 20 && x < 40)),
      10,
    )
    expect([square.width, square.height]).toEqual([10, 10])
    for (const value of square.pixels) expect(value).toBeCloseTo(1, 6)
  })

  test('contrast is the same for bright on dark and dark on bright', () => {
    const spot = (inside: number, outside: number): GreyPicture =>
      contrast(grey(9, 9, (x, y) => (x === 4 && y === 4 ? inside : outside)))
    for (const picture of [spot(0.9, 0.2), spot(0.1, 0.6)]) {
      expect(picture.pixels[40]).toBe(1)
      expect(picture.pixels[0]).toBe(0)
    }
  })
})
