import type { Polyline } from './trace.ts'

/** Width and height of a picture in pixels. */
export const PICTURE_SIZE = 28
/** Side of the square that the ink is scaled to fill. */
const BOX_SIZE = 20
const MARGIN = (PICTURE_SIZE - BOX_SIZE) / 2
/** Pixels over which the ink's edge fades. */
const SOFTNESS = 1.2
/** Upper limit of a line's width relative to the pen. */
export const MOST_PRESSURE = 1.5

/**
 * Scales and moves a polyline so that its ink, drawn with a round pen of `radius` pixels, fills a box of 20 x 20
 * pixels, as MNIST's digits do. The ratio of width to height stays.
 */
export function fitToBox(line: Polyline, radius: number): void {
  const { points, count } = line
  let left = Infinity
  let right = -Infinity
  let top = Infinity
  let bottom = -Infinity
  for (let i = 0; i < count; i++) {
    const x = points[2 * i]!
    const y = points[2 * i + 1]!
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  const scale = (BOX_SIZE - 2 * radius) / Math.max(right - left, bottom - top, 1e-6)
  const shiftX = PICTURE_SIZE / 2 - (scale * (left + right)) / 2
  const shiftY = PICTURE_SIZE / 2 - (scale * (top + bottom)) / 2
  for (let i = 0; i < count; i++) {
    points[2 * i] = points[2 * i]! * scale + shiftX
    points[2 * i + 1] = points[2 * i + 1]! * scale + shiftY
  }
}

/**
 * Writes to `gaps`, for every pixel, the distance of its centre from the edge of the ink, negative inside. Right only for
 * pixels nearer than one pixel; those further out keep a large number.
 */
function measureGaps(line: Polyline, radius: number, gaps: Float64Array): void {
  gaps.fill(9)
  const { points, count, joined, pressure } = line
  const reach = radius * MOST_PRESSURE + 1
  for (let i = 1; i < count; i++) {
    if (joined[i] === 0) continue
    const x0 = points[2 * i - 2]!
    const y0 = points[2 * i - 1]!
    const dx = points[2 * i]! - x0
    const dy = points[2 * i + 1]! - y0
    const inverse = 1 / (dx * dx + dy * dy + 1e-12)
    const r = radius * pressure[i]!
    const left = Math.max(0, Math.floor(Math.min(x0, x0 + dx) - reach))
    const right = Math.min(PICTURE_SIZE - 1, Math.floor(Math.max(x0, x0 + dx) + reach))
    const top = Math.max(0, Math.floor(Math.min(y0, y0 + dy) - reach))
    const bottom = Math.min(PICTURE_SIZE - 1, Math.floor(Math.max(y0, y0 + dy) + reach))
    for (let row = top; row <= bottom; row++) {
      const py = row + 0.5 - y0
      for (let column = left; column <= right; column++) {
        const px = column + 0.5 - x0
        let t = (px * dx + py * dy) * inverse
        t = t < 0 ? 0 : t > 1 ? 1 : t
        const ex = px - t * dx
        const ey = py - t * dy
        const gap = Math.sqrt(ex * ex + ey * ey) - r
        const at = row * PICTURE_SIZE + column
        if (gap < gaps[at]!) gaps[at] = gap
      }
    }
  }
}

/**
 * Draws a polyline, given in pixels, with a round pen of `radius` pixels and soft edges, and moves the ink's centre of
 * mass to the picture's centre by whole pixels, as MNIST does.
 *
 * @param scratch `PICTURE_SIZE^2` numbers to work with
 * @param out the picture, ink 255 on paper 0
 */
export function rasterise(line: Polyline, radius: number, scratch: Float64Array, out: Uint8Array): void {
  measureGaps(line, radius, scratch)
  let mass = 0
  let massX = 0
  let massY = 0
  for (let row = 0, at = 0; row < PICTURE_SIZE; row++) {
    for (let column = 0; column < PICTURE_SIZE; column++, at++) {
      const covered = 0.5 - scratch[at]! / SOFTNESS
      const ink = covered < 0 ? 0 : covered > 1 ? 1 : covered
      scratch[at] = ink
      mass += ink
      massX += ink * (column + 0.5)
      massY += ink * (row + 0.5)
    }
  }
  const moveX = wholeMove(massX / mass)
  const moveY = wholeMove(massY / mass)
  for (let row = 0; row < PICTURE_SIZE; row++) {
    const fromRow = row - moveY
    for (let column = 0; column < PICTURE_SIZE; column++) {
      const fromColumn = column - moveX
      const inside = fromRow >= 0 && fromRow < PICTURE_SIZE && fromColumn >= 0 && fromColumn < PICTURE_SIZE
      const ink = inside ? scratch[fromRow * PICTURE_SIZE + fromColumn]! : 0
      out[row * PICTURE_SIZE + column] = Math.floor(ink * 255 + 0.5)
    }
  }
}

/** Whole pixels from a centre of mass to the picture's centre, so few that the box stays inside the picture. */
function wholeMove(centre: number): number {
  return Math.max(-MARGIN, Math.min(MARGIN, Math.floor(PICTURE_SIZE / 2 - centre + 0.5)))
}
