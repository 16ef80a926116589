import { describe, expect, test } from 'vitest'
import { closedPath, convexHull, type Spot } from '../../src/draw/hull.ts'
import { diagonalHeights, planePatch } from '../../src/draw/lifted.ts'
import { loopLayout } from '../../src/draw/loop-layout.ts'

describe('the convex hull', () => {
  const square: Spot[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ]

  test('corners in their order, whatever is inside or on a side', () => {
    expect(convexHull([[0.5, 0.5], [0.5, 0], ...square, [0.2, 0.7], [1, 1]])).toEqual(square)
  })

  test('a stretch has two corners, a place one, nothing none', () => {
    expect(
      convexHull([
        [0, 0],
        [0.5, 0.5],
        [1, 1],
      ]),
    ).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(
      convexHull([
        [2, 3],
        [2, 3],
      ]),
    ).toEqual([[2, 3]])
    expect(convexHull([])).toEqual([])
    expect(closedPath([])).toBe('')
    expect(closedPath(square.slice(0, 2))).toBe('M0.0 0.0L1.0 0.0')
    expect(closedPath(square.slice(0, 3))).toMatch(/Z$/)
  })

  test('holds every point of a cloud', () => {
    const cloud = Array.from({ length: 60 }, (_, i): Spot => [(i * 37) % 101, (i * 61) % 89])
    const hull = convexHull(cloud)
    for (const [x, y] of cloud) {
      hull.forEach(([ax, ay], i) => {
        const [bx, by] = hull[(i + 1) % hull.length]!
        expect((bx - ax) * (y - ay) - (by - ay) * (x - ax)).toBeGreaterThanOrEqual(0)
      })
    }
  })
})

describe('the way of the weights', () => {
  test('a tail that runs into a ring, every state once', () => {
    const { tail, ring, left } = loopLayout(0, 24, { from: 9, length: 4 })
    expect(tail.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(ring.map(({ step }) => step)).toEqual([9, 10, 11, 12])
    expect(left).toBe(0)
    const places = [...tail, ...ring].map(({ at }) => at.map((value) => value.toFixed(1)).join())
    expect(new Set(places).size).toBe(13)
  })

  test('a long way shows its end and counts the rest; without a ring the last states stand in a row', () => {
    const long = loopLayout(10, 90, { from: 60, length: 8 })
    expect(long.tail.length + long.left).toBe(50)
    expect(long.tail.at(-1)!.step).toBe(59)
    const row = loopLayout(0, 100, undefined)
    expect(row.ring).toEqual([])
    expect(row.tail.at(-1)!.step).toBe(100)
    expect(row.tail.length + row.left).toBe(101)
    expect(loopLayout(5, 5, undefined).tail.map(({ step }) => step)).toEqual([5])
  })
})

describe('points with a height', () => {
  test('the patch lies in its plane, over the floor, and where there is room', () => {
    for (const [weights, bias] of [
      [[1, 1, -2], -0.5],
      [[5, -3, 0.4], 0.2],
      [[0, 0, 1], -0.5],
    ] as const) {
      const patch = planePatch(weights, bias, -0.45, 1.45)
      expect(patch.length).toBeGreaterThanOrEqual(3)
      for (const [x, y, height] of patch) {
        expect(weights[0] * x + weights[1] * y + weights[2] * height + bias).toBeCloseTo(0, 9)
        expect(height).toBeGreaterThanOrEqual(-0.6 - 1e-9)
        expect(height).toBeLessThanOrEqual(1.7 + 1e-9)
      }
    }
  })

  test('without a height the plane stands upright over its line, and without weights there is none', () => {
    const patch = planePatch([1, 1, 0], -1, -0.45, 1.45)
    expect(patch).toHaveLength(4)
    for (const [x, y] of patch) expect(x + y).toBeCloseTo(1, 9)
    expect(planePatch([0, 0, 0], 1, -0.45, 1.45)).toEqual([])
    expect(planePatch([NaN, 0, 1], 1, -0.45, 1.45)).toEqual([])
  })

  test('the diagonals of a product pass each other at the middle, those of a sum meet', () => {
    expect(diagonalHeights([0, 0, 0, 1])).toEqual([0.5, 0])
    expect(diagonalHeights([0, 1, 1, 2])).toEqual([1, 1])
  })
})
