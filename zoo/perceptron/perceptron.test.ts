import { blobs, xor } from 'neurite/data'
import { describe, expect, test } from 'vitest'
import { learn } from './learn.ts'
import { dot, examplesOf, Perceptron } from './perceptron.ts'

describe('the learning rule', () => {
  test('an error moves the weights by the example, up or down; no error moves nothing', () => {
    const perceptron = new Perceptron(2, 0)
    perceptron.weights = [0, 0, -1]
    expect(perceptron.learn({ points: [[2, 3, 1]], labels: [1] })).toBe(1)
    expect(perceptron.weights).toEqual([2, 3, 0])
    expect(perceptron.learn({ points: [[2, 3, 1]], labels: [1] })).toBe(0)
    expect(perceptron.weights).toEqual([2, 3, 0])
    expect(perceptron.learn({ points: [[1, 1, 1]], labels: [0] })).toBe(1)
    expect(perceptron.weights).toEqual([1, 2, -1])
  })

  test('the start is random, and follows from the seed', () => {
    expect(new Perceptron(2, 1).weights).toEqual(new Perceptron(2, 1).weights)
    expect(new Perceptron(2, 1).weights).not.toEqual(new Perceptron(2, 2).weights)
  })
})

describe('separable data', () => {
  test('it ends without mistakes and keeps within the bound, for 100 data sets', () => {
    for (let seed = 0; seed < 100; seed++) {
      const examples = examplesOf(blobs({ samples: 60, separable: true, noise: 0.8, seed }))
      const { perceptron, mistakes, bound, separation } = learn(examples, seed)
      expect(mistakes.at(-1)).toBe(0)
      examples.points.forEach((point, i) => expect(perceptron.predict(point)).toBe(examples.labels[i]))
      const made = mistakes.reduce((sum, count) => sum + count, 0)
      expect(made).toBeLessThanOrEqual(bound!.fromStart)
      if (!separation.separable) throw new Error('it says that no line exists')
      // The margin is that of a line which really separates, so the bound that is made of it is no guess.
      const distances = examples.points.map((point, i) => (2 * examples.labels[i]! - 1) * dot(separation.line, point))
      expect(Math.min(...distances)).toBeCloseTo(bound!.margin, 12)
      expect(Math.sqrt(dot(separation.line, separation.line))).toBeCloseTo(1, 12)
    }
  })

  test('the bound is (R/gamma)^2', () => {
    const points = [
      [3, 4],
      [-3, -4],
    ]
    const { bound, mistakes } = learn({ points, labels: [1, 0] }, 0)
    expect(bound).toMatchObject({ radius: 5, margin: 5 })
    expect(bound!.fromZero).toBeCloseTo(1, 12)
    expect(mistakes.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(bound!.fromStart)
  })
})

describe('data that no line separates', () => {
  test('XOR: the proof names all four corners with equal shares', () => {
    const examples = examplesOf(xor({ samples: 4 }))
    const { mistakes, separation, bound } = learn(examples, 0)
    expect(mistakes.every((count) => count > 0)).toBe(true)
    expect(bound).toBeUndefined()
    if (separation.separable) throw new Error('it says that a line exists')
    expect(separation.witnesses.map(({ example }) => example).sort((a, b) => a - b)).toEqual([0, 1, 2, 3])
    for (const { share } of separation.witnesses) expect(share).toBeCloseTo(0.25, 12)
  })
})
