import { dot } from './perceptron.ts'
import type { Examples, Point } from './perceptron.ts'

/** A line that has every example on its own side, or the proof that there is none. */
export type Separation =
  | {
      readonly separable: true
      /** Weights and bias of the line, of length 1 together. */
      readonly line: Point
      /** gamma: how far the nearest example lies from the line. */
      readonly margin: number
    }
  | {
      readonly separable: false
      /** Numbers of a few examples, and how much each of them counts. The counts are positive and add up to 1. */
      readonly witnesses: readonly { readonly example: number; readonly share: number }[]
      /** How far the sum of the proof is from 0; nothing but the rounding of the computer. */
      readonly remainder: number
    }

/**
 * Finds the line with the widest margin, or proves that no line separates the classes.
 *
 * Turn the examples of class 0 round: z = x for class 1, z = -x for class 0. A line w separates the classes if w·z > 0
 * for every z. All mixtures of the z (with positive shares that add up to 1) form a body. Its point nearest to 0 decides:
 * if it is not 0, it is the direction of the best line, and its length is the margin. If it is 0, then a mixture
 * of z's is 0, so a mixture of the w·z is w·0 = 0 for every w, and not all of them can be positive: no line exists
 * (P. Gordan, 1873).
 *
 * Source of the search: P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976).
 */
export function separate({ points, labels }: Examples): Separation {
  const turned = points.map((point, i) => (labels[i] === 1 ? point : point.map((value) => -value)))
  const size = Math.max(...turned.map((z) => dot(z, z)))
  // The corners that make up the current mixture, and their shares.
  let corners = [turned.reduce((best, z, i) => (dot(z, z) < dot(turned[best]!, turned[best]!) ? i : best), 0)]
  let shares = [1]
  for (;;) {
    const nearest = mix(turned, corners, shares)
    const length = Math.sqrt(dot(nearest, nearest))
    if (length <= 1e-12 * Math.sqrt(size)) {
      const witnesses = corners.map((example, i) => ({ example, share: shares[i]! }))
      return { separable: false, witnesses, remainder: length }
    }
    // The corner furthest towards 0: if it is no further than the mixture, the mixture is the nearest point.
    const next = turned.reduce((best, z, i) => (dot(nearest, z) < dot(nearest, turned[best]!) ? i : best), 0)
    if (dot(nearest, turned[next]!) >= length * length - 1e-12 * size || corners.includes(next)) {
      const line = nearest.map((value) => value / length)
      return { separable: true, line, margin: Math.min(...turned.map((z) => dot(line, z))) }
    }
    corners.push(next)
    shares.push(0)
    // Walk to the point nearest to 0 of the flat through the corners. Where that lies outside, stop at the border, and
    // leave out the corners that no longer count.
    for (;;) {
      const wanted = nearestOfFlat(corners.map((i) => turned[i]!))
      if (wanted.every((share) => share > 1e-12)) {
        shares = wanted
        break
      }
      const step = Math.min(...shares.map((share, i) => (wanted[i]! <= 1e-12 ? share / (share - wanted[i]!) : 1)))
      shares = shares.map((share, i) => share + step * (wanted[i]! - share))
      const kept = shares.map((share) => share > 1e-12)
      corners = corners.filter((_, i) => kept[i])
      shares = shares.filter((_, i) => kept[i])
    }
  }
}

function mix(points: readonly Point[], corners: readonly number[], shares: readonly number[]): number[] {
  return points[0]!.map((_, k) => corners.reduce((sum, corner, i) => sum + shares[i]! * points[corner]![k]!, 0))
}

/** The shares (adding up to 1, of any sign) whose mixture of the points has the least length. */
function nearestOfFlat(points: readonly Point[]): number[] {
  const rows = points.map((a) => [...points.map((b) => dot(a, b) + 1), 1])
  const shares = solve(rows)
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => share / total)
}

/** Solves linear equations, given as rows with the right side last, by elimination. */
function solve(rows: number[][]): number[] {
  const n = rows.length
  for (let column = 0; column < n; column++) {
    const pivot = rows.slice(column).reduce((best, row, i) => {
      return Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? column + i : best
    }, column)
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let row = 0; row < n; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let k = column; k <= n; k++) rows[row]![k]! -= factor * rows[column]![k]!
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!)
}
