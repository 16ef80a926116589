import { ArgumentError } from '../../errors.ts'

/** Vectors in two classes. A constant 1 behind each makes the bias of a line a number like the others. */
export interface TwoClasses {
  readonly points: readonly (readonly number[])[]
  /** 0 or 1, one for each point. */
  readonly labels: ArrayLike<number>
}

/** A line that has every example on its own side, or the proof that there is none. */
export type Separation =
  | {
      readonly separable: true
      /** Weights of the line, of length 1 together. */
      readonly line: readonly number[]
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

/** What float64 cannot tell from 0, against the longest example. */
const TINY = 1e-12

/**
 * Finds the line (in more dimensions: the plane) through the origin with the widest margin, or proves that none separates
 * the classes. Put a constant 1 behind each point for lines that may pass the origin by.
 *
 * Turn the examples of class 0 round: z = x for class 1, z = -x for class 0. A line w separates the classes if w·z > 0
 * for every z. All mixtures of the z (with positive shares that add up to 1) form a body. Its point nearest to 0 decides:
 * if it is not 0, it is the direction of the best line, and its length is the margin. If it is 0, then a mixture
 * of z's is 0, so a mixture of the w·z is w·0 = 0 for every w, and not all of them can be positive: no line exists
 * (P. Gordan, 1873). A margin under about 1e-8 of the longest example cannot be told from none.
 *
 * Source of the search: P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976).
 *
 * @throws ArgumentError for no points, points of different lengths, numbers that are not finite, other labels than 0 and 1
 *
 * @example
 * ```ts
 * import { separate } from 'neurite/data'
 *
 * const found = separate({ points: [[3, 4], [-3, -4]], labels: [1, 0] })
 * if (found.separable) console.log(found.margin, found.line.join(' ')) // → 5 0.6 0.8
 * ```
 */
export function separate({ points, labels }: TwoClasses): Separation {
  check(points, labels)
  const turned = points.map((point, i) => (labels[i] === 1 ? point : point.map((value) => -value)))
  const size = Math.sqrt(Math.max(...turned.map((z) => dot(z, z))))
  // The corners that make up the current mixture, and their shares.
  let corners = [turned.reduce((best, z, i) => (dot(z, z) < dot(turned[best]!, turned[best]!) ? i : best), 0)]
  let shares = [1]
  let before = Infinity
  for (;;) {
    const nearest = mix(turned, corners, shares)
    const length = Math.sqrt(dot(nearest, nearest))
    const next = turned.reduce((best, z, i) => (dot(nearest, z) < dot(nearest, turned[best]!) ? i : best), 0)
    // The corner furthest towards 0: if it is no further than the mixture, the mixture is the nearest point. A mixture
    // that comes no nearer to 0 has met the limits of float64.
    const isNearest = dot(nearest, turned[next]!) >= length * length - TINY * length * size || length >= before
    if (length <= TINY * size || isNearest || corners.includes(next)) {
      const line = nearest.map((value) => value / length)
      const margin = Math.min(...turned.map((z) => dot(line, z)))
      if (length > TINY * size && margin > 0) return { separable: true, line, margin }
      const witnesses = corners.map((example, i) => ({ example, share: shares[i]! }))
      return { separable: false, witnesses, remainder: length }
    }
    before = length
    corners.push(next)
    shares.push(0)
    // Walk to the point nearest to 0 of the flat through the corners. Where that lies outside, stop at the border, and
    // leave out the corners that no longer count.
    for (;;) {
      const wanted = nearestOfFlat(corners.map((i) => turned[i]!))
      // Corners that lie in one flat within rounding have no single answer: the last one adds nothing.
      if (wanted === undefined) {
        corners.pop()
        shares.pop()
        break
      }
      if (wanted.every((share) => share > TINY)) {
        shares = wanted
        break
      }
      const step = Math.min(...shares.map((share, i) => (wanted[i]! <= TINY ? share / (share - wanted[i]!) : 1)))
      shares = shares.map((share, i) => share + step * (wanted[i]! - share))
      const kept = shares.map((share) => share > TINY)
      corners = corners.filter((_, i) => kept[i])
      shares = shares.filter((_, i) => kept[i])
    }
  }
}

function check(points: TwoClasses['points'], labels: TwoClasses['labels']): void {
  const width = points[0]?.length ?? 0
  const fault =
    width === 0
      ? 'there are no points, or points without numbers'
      : labels.length !== points.length
        ? `${points.length} points have ${labels.length} labels`
        : Array.from(labels).some((label) => label !== 0 && label !== 1)
          ? 'a label is neither 0 nor 1'
          : points.some((point) => point.length !== width || !point.every(Number.isFinite))
            ? 'the points differ in length, or hold numbers that are not finite'
            : undefined
  if (fault === undefined) return
  throw new ArgumentError({
    what: `separate: ${fault}`,
    expected: 'points of one length with finite numbers, each with the label 0 or 1',
    fix: 'pass { points: [[0.5, 1, 1], [-0.5, 0, 1]], labels: [1, 0] }',
  })
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

function mix(points: readonly (readonly number[])[], corners: readonly number[], shares: readonly number[]): number[] {
  return points[0]!.map((_, k) => corners.reduce((sum, corner, i) => sum + shares[i]! * points[corner]![k]!, 0))
}

/** The shares (adding up to 1, of any sign) whose mixture of the points has the least length; undefined where many have. */
function nearestOfFlat(points: readonly (readonly number[])[]): number[] | undefined {
  const rows = points.map((a) => [...points.map((b) => dot(a, b) + 1), 1])
  const shares = solve(rows)
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (!Number.isFinite(1 / total) || !shares.every(Number.isFinite)) return undefined
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
