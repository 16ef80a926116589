import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { blobs } from '../../../src/data/generators/blobs.ts'
import { circles } from '../../../src/data/generators/circles.ts'
import { halfPlanes } from '../../../src/data/generators/half-planes.ts'
import type { PlanarData, PlanarOptions } from '../../../src/data/generators/planar.ts'
import { separate } from '../../../src/data/separation/separate.ts'
import { spirals } from '../../../src/data/generators/spirals.ts'
import { truthTable } from '../../../src/data/generators/truth-table.ts'
import { twoMoons } from '../../../src/data/generators/two-moons.ts'
import { xor } from '../../../src/data/generators/xor.ts'
import { ArgumentError } from '../../../src/errors.ts'

const generators: Readonly<Record<string, (options: PlanarOptions) => PlanarData>> = {
  xor,
  circles,
  twoMoons,
  spirals,
  blobs,
  halfPlanes,
}

const hashes: Readonly<Record<string, string>> = {
  xor: '8896967948c95116',
  circles: 'e8f7294d983af22f',
  twoMoons: 'cbfc2d4ef27249c7',
  spirals: '9946190c1720d147',
  blobs: 'd0b96657daa4d8b5',
  halfPlanes: 'a47dae494f72288d',
}

describe.each(Object.keys(generators))('%s', (name) => {
  const generate = generators[name]!

  test('gives [samples, 2] inputs and balanced labels', () => {
    const { inputs, labels } = generate({ samples: 101 })
    expect(inputs).toBeInstanceOf(Float32Array)
    expect(labels).toBeInstanceOf(Int32Array)
    expect([inputs.length, labels.length]).toEqual([202, 101])
    const ones = labels.filter((label) => label === 1).length
    expect(Math.abs(ones - 50.5)).toBeLessThanOrEqual(1)
  })

  test('gives the same bytes in every engine, others for another seed', () => {
    const { inputs, labels } = generate({ samples: 300, seed: 5, noise: 0.1 })
    const hash = createHash('sha256').update(Buffer.from(inputs.buffer)).update(Buffer.from(labels.buffer))
    expect(hash.digest('hex').slice(0, 16)).toBe(hashes[name])
    expect(generate({ samples: 300, seed: 6, noise: 0.1 }).inputs).not.toEqual(inputs)
  })

  test('gives one point, and says what is wrong with an option', () => {
    expect(generate({ samples: 1 }).inputs.every(Number.isFinite)).toBe(true)
    for (const samples of [0, -3, 1.5, NaN]) expect(() => generate({ samples })).toThrow(ArgumentError)
    for (const noise of [-0.1, NaN]) expect(() => generate({ samples: 4, noise })).toThrow(ArgumentError)
    expect(() => generate({ samples: 4, seed: 0.5 })).toThrow(ArgumentError)
    const misspelt: object = { samples: 4, nois: 1 }
    expect(() => generate(misspelt as PlanarOptions)).toThrow("there is no option 'nois'")
  })
})

test('xor is the truth table', () => {
  const { inputs, labels } = xor({ samples: 4 })
  expect([...inputs]).toEqual([0, 0, 0, 1, 1, 0, 1, 1])
  expect([...labels]).toEqual([0, 1, 1, 0])
})

test('the 16 truth tables are all there are', () => {
  const answers = Array.from({ length: 16 }, (_, table) => [...truthTable({ table }).labels].join(''))
  expect(new Set(answers).size).toBe(16)
  expect([answers[1], answers[6], answers[7], answers[14]]).toEqual(['0001', '0110', '0111', '1110'])
  expect([...truthTable({ table: 6 }).inputs]).toEqual([...xor({ samples: 4 }).inputs])
  for (const table of [-1, 16, 1.5, NaN]) expect(() => truthTable({ table })).toThrow(ArgumentError)
})

test('half planes keep their distance from a line, which the seed decides', () => {
  const gap = (margin: number, seed: number): number => {
    const { inputs, labels } = halfPlanes({ samples: 400, margin, seed })
    expect(inputs.every((value) => Math.abs(value) <= 1)).toBe(true)
    const points = Array.from(labels, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!, 1])
    const found = separate({ points, labels })
    if (!found.separable) throw new Error('it says that no line exists')
    const [a, b] = found.line as [number, number]
    return found.margin / Math.hypot(a, b)
  }
  for (let seed = 0; seed < 20; seed++) {
    for (const margin of [0.025, 0.1, 0.3, 0.5]) {
      expect(gap(margin, seed)).toBeGreaterThan(margin * 0.9)
      expect(gap(margin, seed)).toBeLessThan(margin + 0.06)
    }
  }
  for (const margin of [-0.1, 0.6, NaN]) expect(() => halfPlanes({ samples: 4, margin })).toThrow(ArgumentError)
})

test('circles lie on their radii', () => {
  const { inputs, labels } = circles({ samples: 50, noise: 0, factor: 0.3 })
  labels.forEach((label, i) => expect(radiusOf(inputs, i)).toBeCloseTo(label === 0 ? 1 : 0.3, 5))
})

test('moons are two half circles', () => {
  const { inputs, labels } = twoMoons({ samples: 60, noise: 0 })
  labels.forEach((label, i) => {
    const x = inputs[2 * i]! - (label === 0 ? 0 : 1)
    const y = inputs[2 * i + 1]! - (label === 0 ? 0 : 0.5)
    expect(Math.hypot(x, y)).toBeCloseTo(1, 5)
    expect(label === 0 ? y >= -1e-6 : y <= 1e-6).toBe(true)
  })
})

test('spiral arms differ by a rotation', () => {
  const { inputs, labels } = spirals({ samples: 90, noise: 0, arms: 3, turns: 1 })
  labels.forEach((label, i) => {
    const along = (radiusOf(inputs, i) - 0.1) / 0.9
    const angle = 2 * Math.PI * (along + label / 3)
    expect(inputs[2 * i]!).toBeCloseTo(radiusOf(inputs, i) * Math.cos(angle), 4)
    expect(inputs[2 * i + 1]!).toBeCloseTo(radiusOf(inputs, i) * Math.sin(angle), 4)
  })
  expect(() => spirals({ samples: 10, arms: 1 })).toThrow(ArgumentError)
  expect(() => spirals({ samples: 10, turns: 0 })).toThrow(ArgumentError)
})

test.each([2, 3, 5])('%d separable blobs are divided by straight lines', (classes) => {
  const { inputs, labels } = blobs({ samples: 2000, classes, separable: true })
  for (let label = 0; label < classes; label++) {
    const angle = 0.5 + (2 * Math.PI * label) / classes
    let nearestOwn = Infinity
    let furthestOther = -Infinity
    for (let i = 0; i < 2000; i++) {
      const along = inputs[2 * i]! * Math.cos(angle) + inputs[2 * i + 1]! * Math.sin(angle)
      if (labels[i] === label) nearestOwn = Math.min(nearestOwn, along)
      else furthestOther = Math.max(furthestOther, along)
    }
    expect(nearestOwn).toBeGreaterThan(furthestOther)
  }
})

test('blobs refuse options outside their range', () => {
  expect(() => blobs({ samples: 10, classes: 1 })).toThrow(ArgumentError)
  expect(() => blobs({ samples: 10, radius: 0, separable: true })).toThrow(ArgumentError)
  expect(() => blobs({ samples: 10, noise: 50, separable: true })).toThrow(ArgumentError)
  expect(() => circles({ samples: 10, factor: 1 })).toThrow(ArgumentError)
})

function radiusOf(inputs: Float32Array, i: number): number {
  return Math.hypot(inputs[2 * i]!, inputs[2 * i + 1]!)
}
