import { describe, expect, test } from 'vitest'
import { blobs, circles, halfPlanes, type PlanarData, type TwoClasses, xor } from '../../../src/data/index.ts'
import { perceptronBound } from '../../../src/data/separation/perceptron-bound.ts'
import { separate } from '../../../src/data/separation/separate.ts'
import { ArgumentError } from '../../../src/errors.ts'
import { RandomStream } from '../../../src/math/random.ts'

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

const examplesOf = ({ inputs, labels }: PlanarData): TwoClasses => ({
  points: Array.from(labels, (_, i) => [inputs[2 * i]!, inputs[2 * i + 1]!, 1]),
  labels,
})

/** The answer proves itself: a line that separates, or a mixture of turned examples that is 0. */
function expectProof({ points, labels }: TwoClasses): boolean {
  const found = separate({ points, labels })
  const turned = points.map((point, i) => (labels[i] === 1 ? point : point.map((value) => -value)))
  if (found.separable) {
    expect(dot(found.line, found.line)).toBeCloseTo(1, 12)
    expect(found.margin).toBeGreaterThan(0)
    expect(Math.min(...turned.map((z) => dot(found.line, z)))).toBeCloseTo(found.margin, 12)
    return true
  }
  for (const { share } of found.witnesses) expect(share).toBeGreaterThan(0)
  expect(found.witnesses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  for (let k = 0; k < points[0]!.length; k++) {
    expect(found.witnesses.reduce((sum, { example, share }) => sum + share * turned[example]![k]!, 0)).toBeCloseTo(0, 9)
  }
  return false
}

describe('separate', () => {
  test('the margin is the widest: worked by hand for two points', () => {
    const found = separate({
      points: [
        [3, 4],
        [-3, -4],
      ],
      labels: [1, 0],
    })
    expect(found).toMatchObject({ separable: true, margin: 5 })
    const three = separate({
      points: [
        [1, 5],
        [1, -5],
        [2, 0],
      ],
      labels: [1, 1, 1],
    })
    expect(three).toMatchObject({ separable: true, margin: 1, line: [1, 0] })
  })

  test('no line has a wider margin: 500 others are tried on each of 20 data sets', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { points, labels } = examplesOf(halfPlanes({ samples: 30, margin: 0.1, seed }))
      const found = separate({ points, labels })
      if (!found.separable) throw new Error('it says that no line exists')
      const stream = new RandomStream(seed, 'other lines')
      for (let trial = 0; trial < 500; trial++) {
        const other = found.line.map((value) => value + stream.normal(0, trial % 2 === 0 ? 0.01 : 0.5))
        const length = Math.sqrt(dot(other, other))
        const margin = Math.min(...points.map((point, i) => (dot(other, point) / length) * (2 * labels[i]! - 1)))
        expect(margin).toBeLessThanOrEqual(found.margin + 1e-12)
      }
    }
  })

  test('the proof can be checked: points of both classes, mixed by the shares, are the same point', () => {
    for (const data of [
      xor({ samples: 100, noise: 0.1 }),
      circles({ samples: 100 }),
      blobs({ samples: 100, noise: 1 }),
    ]) {
      const examples = examplesOf(data)
      const separation = separate(examples)
      if (separation.separable) throw new Error('it says that a line exists')
      const mixture = (label: number, k: number): number =>
        separation.witnesses.reduce(
          (sum, { example, share }) =>
            sum + (examples.labels[example] === label ? share * examples.points[example]![k]! : 0),
          0,
        )
      for (const { share } of separation.witnesses) expect(share).toBeGreaterThan(0)
      // The third coordinate is the constant 1: both classes have the share 1/2.
      expect(mixture(0, 2)).toBeCloseTo(0.5, 12)
      for (const k of [0, 1, 2]) expect(mixture(0, k)).toBeCloseTo(mixture(1, k), 12)
    }
  })

  test('one point of class 1 between two of class 0, and a point with both labels', () => {
    expect(
      separate({
        points: [
          [0, 1],
          [1, 1],
          [2, 1],
        ],
        labels: [0, 1, 0],
      }).separable,
    ).toBe(false)
    expect(
      separate({
        points: [
          [0.3, 1],
          [0.3, 1],
        ],
        labels: [0, 1],
      }).separable,
    ).toBe(false)
  })

  test('points of a coarse grid, many of them alike or on one line: the answer always proves itself', () => {
    const stream = new RandomStream(3, 'grid')
    const found = { lines: 0, proofs: 0 }
    for (let trial = 0; trial < 3000; trial++) {
      const n = 1 + stream.integer(9)
      const grid = 2 + stream.integer(5)
      const points = Array.from({ length: n }, () => [stream.integer(grid) / 10, stream.integer(grid) / 10, 1])
      const labels = Array.from({ length: n }, () => stream.integer(2))
      if (expectProof({ points, labels })) found.lines++
      else found.proofs++
    }
    expect(Math.min(found.lines, found.proofs)).toBeGreaterThan(500)
  })

  test('a gap of a millionth is found', () => {
    for (const gap of [1e-3, 1e-5, 1e-6]) {
      const points = [
        [0.3, 0.7, 1],
        [0.3 + gap, 0.7, 1],
        [-0.5, 0.2, 1],
        [0.9, -0.4, 1],
      ]
      expect(expectProof({ points, labels: [0, 1, 0, 1] }), `gap ${gap}`).toBe(true)
    }
  })

  test('says what is wrong with points and labels', () => {
    for (const [points, labels] of [
      [[], []],
      [[[]], [1]],
      [[[1]], [1, 0]],
      [[[1]], [2]],
      [
        [[1], [1, 2]],
        [1, 0],
      ],
      [[[NaN]], [1]],
    ] as const) {
      expect(() => separate({ points, labels })).toThrow(ArgumentError)
    }
  })
})

describe('perceptronBound', () => {
  /** Mistakes of the rule, one example after the other, until a pass has none. */
  function mistakesOf({ points, labels }: TwoClasses, start: readonly number[]): number {
    let weights = [...start]
    for (let mistakes = 0, right = 0, i = 0; ; i = (i + 1) % points.length) {
      const sign = 2 * labels[i]! - 1
      if (sign * dot(weights, points[i]!) > 0) {
        if (++right === points.length) return mistakes
        continue
      }
      weights = weights.map((weight, k) => weight + sign * points[i]![k]!)
      mistakes++
      right = 0
    }
  }

  test('is (R/gamma)^2 from 0, and holds from any start, for 200 data sets', () => {
    let nearest = 0
    for (let seed = 0; seed < 200; seed++) {
      const margin = [0.3, 0.1, 0.025][seed % 3]!
      const examples = examplesOf(halfPlanes({ samples: 2 + (seed % 20), margin, seed }))
      const fromZero = perceptronBound(examples)!
      const ratio = fromZero.radius / fromZero.margin
      expect(fromZero.most).toBe(Math.floor(ratio * ratio * (1 + 1e-12)))
      const stream = new RandomStream(seed, 'start')
      for (const size of [0, 1, 10]) {
        const start = [1, 2, 3].map(() => stream.normal(0, size))
        const bound = perceptronBound(examples, start)!
        const made = mistakesOf(examples, start)
        expect(made).toBeLessThanOrEqual(bound.most)
        if (made > 0) nearest = Math.max(nearest, made / bound.most)
      }
    }
    expect(nearest).toBeGreaterThan(0.2)
  })

  test('the largest k that the two facts about w·u allow', () => {
    const examples = examplesOf(halfPlanes({ samples: 40, margin: 0.1, seed: 4 }))
    const found = separate(examples)
    if (!found.separable) throw new Error('it says that no line exists')
    for (const start of [
      [0, 0, 0],
      [1, -2, 0.5],
      found.line.map((value) => 5 * value),
      found.line.map((value) => -5 * value),
    ]) {
      const { most, margin, radius } = perceptronBound(examples, start)!
      const allows = (k: number): boolean =>
        k * margin + dot(start, found.line) <= Math.sqrt(dot(start, start) + k * radius * radius) + 1e-9
      expect(allows(most)).toBe(true)
      expect(allows(most + 1)).toBe(false)
    }
  })

  test('there is none where no line exists, and a start must fit', () => {
    expect(perceptronBound(examplesOf(xor({ samples: 4 })))).toBeUndefined()
    const examples = examplesOf(halfPlanes({ samples: 4 }))
    expect(() => perceptronBound(examples, [1])).toThrow(ArgumentError)
    expect(() => perceptronBound(examples, [1, NaN, 0])).toThrow(ArgumentError)
  })
})
