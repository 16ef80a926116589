import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { balls } from '../../../src/data/generators/balls.ts'
import { shapeDistance, turnedShape } from '../../../src/data/generators/shapes.ts'
import { ArgumentError } from '../../../src/errors.ts'

describe('balls', () => {
  test('gives pictures from 0 to 1 and as many with a ball as without', () => {
    const { images, labels } = balls({ samples: 40, size: 20, clutter: 2, noise: 0.5, darker: true })
    expect(images.length).toBe(40 * 20 * 20)
    expect(images.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(labels.filter((label) => label === 1).length).toBe(20)
  })

  test('gives the same bytes in every engine', () => {
    const { images } = balls({ samples: 100, seed: 4 })
    const bytes = Uint8Array.from(images, (value) => Math.floor(value * 255))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '5b28466c174d9f6874518dec18ae60362101438acf8340dcc8c4c2f42f5f18bf',
    )
  })

  test('makes each picture from the seed and its number only', () => {
    const whole = balls({ samples: 20, size: 12, seed: 7 }).images
    const part = balls({ samples: 7, size: 12, seed: 7, first: 13 })
    expect(part.images).toEqual(whole.subarray(13 * 144))
    expect(part.labels[0]).toBe(1)
  })

  test('the answer cannot be read from the mean brightness', () => {
    const { images, labels } = balls({ samples: 2000 })
    const sums = [0, 0]
    for (let i = 0; i < 2000; i++) {
      for (let k = 0; k < 784; k++) sums[labels[i]!]! += images[i * 784 + k]! / 784_000
    }
    expect(Math.abs(sums[1]! - sums[0]!)).toBeLessThan(0.05)
  })

  test('without noise, the pixels of a ball that differ from the background form a disc', () => {
    const { images } = balls({ samples: 2, noise: 0, first: 0 })
    const picture = images.subarray(784)
    const bright = [...picture.keys()].filter((at) => picture[at]! > (Math.max(...picture) + Math.min(...picture)) / 2)
    const width = new Set(bright.map((at) => at % 28)).size
    const height = new Set(bright.map((at) => Math.floor(at / 28))).size
    expect(Math.abs(width - height)).toBeLessThanOrEqual(1)
    expect(Math.abs(bright.length / (width * height) - Math.PI / 4)).toBeLessThan(0.08)
  })

  test('places say where the ball lies: bright inside, dark outside, in all four directions', () => {
    const { images, places } = balls({ samples: 2, noise: 0, size: 40, seed: 3 })
    const [x, y, radius] = places.subarray(3) as unknown as [number, number, number]
    const pixel = (column: number, row: number): number => images[1600 + Math.floor(row) * 40 + Math.floor(column)]!
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const) {
      const outside = pixel(x + dx * (radius + 2), y + dy * (radius + 2))
      expect(pixel(x + dx * (radius - 2), y + dy * (radius - 2))).toBeGreaterThan(outside + 0.05)
    }
  })

  test('says what is wrong with an option', () => {
    const bad = [{ samples: 0 }, { samples: 1, size: 7 }, { samples: 1, noise: 2 }, { samples: 1, clutter: 0.5 }]
    for (const options of bad) expect(() => balls(options)).toThrow(ArgumentError)
    expect(() => balls({ samples: 1, first: -1 })).toThrow(ArgumentError)
    const misspelt: object = { samples: 1, siez: 3 }
    expect(() => balls(misspelt as { samples: number })).toThrow("there is no option 'siez'")
  })
})

test.each([
  ['ball', 0, 10, 0],
  ['square', 0, 8.5, 0],
  ['triangle', 0, 0, 6],
  ['cross', 0, 10, 0],
  ['line', 0, 12, 0],
  ['square', Math.PI / 2, 0, 8.5],
] as const)('the edge of a %s turned by %d passes through (%d, %d)', (name, angle, x, y) => {
  const shape = turnedShape(name, 5, 5, 10, angle)
  expect(shapeDistance(shape, 5 + x, 5 + y)).toBeCloseTo(0, 9)
  expect(shapeDistance(shape, 5, 5)).toBeLessThan(0)
  expect(shapeDistance(shape, 5 + 2 * x, 5 + 2 * y)).toBeGreaterThan(0)
})
