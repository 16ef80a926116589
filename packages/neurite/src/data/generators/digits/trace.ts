/** Straight lines between two neighbouring points of a curve. */
const LINES_PER_SPAN = 4

/** A drawing as short straight lines. */
export interface Polyline {
  /** `x, y` pairs. */
  readonly points: Float64Array
  /** How many points are filled. */
  count: number
  /** For every point whether a line leads to it from the point before (1) or the pen was lifted (0). */
  readonly joined: Uint8Array
  /** For every point the width of the line that leads to it, relative to the pen's. */
  readonly pressure: Float64Array
}

/** An empty polyline with room for the curves through `most` points. */
export function createPolyline(most: number): Polyline {
  const capacity = most * (LINES_PER_SPAN + 1)
  return {
    points: new Float64Array(2 * capacity),
    count: 0,
    joined: new Uint8Array(capacity),
    pressure: new Float64Array(capacity),
  }
}

/**
 * Draws every piece as a Catmull-Rom curve through its points (Catmull and Rom 1974), as short straight lines.
 *
 * @param points control points as `x, y` pairs
 * @param pressures the line's relative width at each control point
 * @param pieces first and last point of each curve
 */
export function traceCurves(points: Float64Array, pressures: Float64Array, pieces: Int32Array, out: Polyline): void {
  let count = 0
  for (let p = 0; p < pieces.length; p += 2) {
    const first = pieces[p]!
    const last = pieces[p + 1]!
    for (let i = first; i < last; i++) {
      const x1 = points[2 * i]!
      const y1 = points[2 * i + 1]!
      const x2 = points[2 * i + 2]!
      const y2 = points[2 * i + 3]!
      const before = i > first ? i - 1 : i
      const after = i + 1 < last ? i + 2 : i + 1
      const startX = (x2 - points[2 * before]!) / 2
      const startY = (y2 - points[2 * before + 1]!) / 2
      const endX = (points[2 * after]! - x1) / 2
      const endY = (points[2 * after + 1]! - y1) / 2
      for (let k = i === first ? 0 : 1; k <= LINES_PER_SPAN; k++) {
        const t = k / LINES_PER_SPAN
        const u = 1 - t
        // Hermite's basis with the tangents above.
        const value1 = u * u * (1 + 2 * t)
        const value2 = t * t * (3 - 2 * t)
        const slope1 = t * u * u
        const slope2 = -t * t * u
        out.points[2 * count] = value1 * x1 + value2 * x2 + slope1 * startX + slope2 * endX
        out.points[2 * count + 1] = value1 * y1 + value2 * y2 + slope1 * startY + slope2 * endY
        out.pressure[count] = u * pressures[i]! + t * pressures[i + 1]!
        out.joined[count] = k === 0 ? 0 : 1
        count++
      }
    }
  }
  out.count = count
}
