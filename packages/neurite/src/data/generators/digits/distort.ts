import { ROTATION } from './style.ts'
import type { Style } from './style.ts'

/** Random numbers that `distort` uses beside two for each point. */
export const DISTORT_NORMALS = 17

/** How much of its neighbours' wobble a point shares: curves stay round. */
const SHARED = 0.8

/**
 * Moves the points of a drawing as another hand, or the same hand another time, would: a wobble of the points, an
 * elastic distortion (a smooth displacement field of second and third degree), width against height, slant and rotation.
 *
 * @param points `x, y` pairs about the unit square, changed in place
 * @param count how many points
 * @param normals standard normal numbers: two for each point, then `DISTORT_NORMALS`; changed
 */
export function distort(points: Float64Array, count: number, normals: Float64Array, style: Style): void {
  shareWobble(normals, count)
  const w = 2 * count
  const { warp, wobble } = style
  const logStretch = style.stretch * normals[w + 14]!
  const stretch = 1 + logStretch * (1 + 0.5 * logStretch)
  const slant = style.slant + style.slantDeviation * normals[w + 15]!
  const angle = ROTATION * normals[w + 16]!
  const cosine = 1 - 0.5 * angle * angle
  for (let i = 0; i < count; i++) {
    // Coordinates from about -1 to 1 keep the terms of the field of one size.
    const x = 2 * points[2 * i]! - 0.6
    const y = 2 * points[2 * i + 1]! - 1
    const dx = field(normals, w, x, y)
    const dy = field(normals, w + 7, x, y)
    const warpedX = (x / 2 + warp * dx + wobble * normals[2 * i]!) * stretch
    const warpedY = y / 2 + warp * dy + wobble * normals[2 * i + 1]!
    const sheared = warpedX - slant * warpedY
    points[2 * i] = cosine * sheared - angle * warpedY
    points[2 * i + 1] = angle * sheared + cosine * warpedY
  }
}

/** A random polynomial of `x` and `y` without the terms that rotation, slant, stretch and place stand for. */
function field(c: Float64Array, at: number, x: number, y: number): number {
  return (
    c[at]! * x * x +
    c[at + 1]! * x * y +
    c[at + 2]! * y * y +
    c[at + 3]! * y * (1 - y * y) +
    c[at + 4]! * x * y * y +
    c[at + 5]! * x * x * y +
    c[at + 6]! * x * x * x
  )
}

function shareWobble(normals: Float64Array, count: number): void {
  const scale = 1 / Math.sqrt(1 + 2 * SHARED * SHARED)
  let beforeX = normals[0]!
  let beforeY = normals[1]!
  for (let i = 0; i < count; i++) {
    const x = normals[2 * i]!
    const y = normals[2 * i + 1]!
    const afterX = i + 1 < count ? normals[2 * i + 2]! : x
    const afterY = i + 1 < count ? normals[2 * i + 3]! : y
    normals[2 * i] = scale * (x + SHARED * (beforeX + afterX))
    normals[2 * i + 1] = scale * (y + SHARED * (beforeY + afterY))
    beforeX = x
    beforeY = y
  }
}
