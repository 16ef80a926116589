import type { RandomStream } from '../../math/random.ts'
import type { Placement } from './transform.ts'

/** The root of the mean square of a cubic B-spline surface whose control points have deviation 1. */
const EVENNESS = 151 / 315

/** The width of a uniform distribution of deviation 1. */
const UNIFORM_WIDTH = Math.sqrt(12)

/** The linear part of a placement. */
export type LinearPart = Pick<Placement, 'xx' | 'xy' | 'yx' | 'yy'>

/** Smooth random movements of pixels on both axes: a uniform cubic B-spline over random control points. */
export class SplineField {
  /** Random words per field. */
  readonly words: number
  private readonly spacing: number
  /** Half the width of the distribution of the control points. */
  private readonly reach: number
  /** Control points per row. */
  private readonly points: number
  /** The movements of the control points in x, then those in y, row by row. */
  private readonly controls: Float64Array
  /** The control points of one row of pixels. */
  private readonly rowX: Float64Array
  private readonly rowY: Float64Array

  /** A field over `height` x `width` pixels; pixels move by `deviation`, control points are `spacing` pixels apart. */
  constructor(height: number, width: number, deviation: number, spacing: number) {
    this.spacing = spacing
    this.reach = (UNIFORM_WIDTH * deviation) / EVENNESS / 2
    this.points = Math.floor((width - 1) / spacing) + 4
    this.words = 2 * this.points * (Math.floor((height - 1) / spacing) + 4)
    this.controls = new Float64Array(this.words)
    this.rowX = new Float64Array(this.points)
    this.rowY = new Float64Array(this.points)
  }

  /** Draws another field. Control points are uniform: each pixel's movement, a mean of sixteen, is as good as normal. */
  draw(stream: RandomStream): void {
    const { controls, reach } = this
    const step = (2 * reach) / 4294967296
    for (let i = 0; i < controls.length; i++) controls[i] = stream.bits() * step - reach
  }

  /** Adds the movements of a row of pixels, mapped by `linear`, to the places where they come from. */
  addRow(row: number, fromX: Float64Array, fromY: Float64Array, linear: LinearPart): void {
    this.placeRow(row, linear)
    const { rowX, rowY, spacing } = this
    const width = fromX.length
    const step = 1 / spacing
    for (let cell = 0, x = 0; x < width; cell++) {
      const end = Math.min(width, Math.ceil((cell + 1) * spacing))
      // The four control points around a cell make a cubic polynomial of the place in it.
      const x0 = (rowX[cell]! + 4 * rowX[cell + 1]! + rowX[cell + 2]!) / 6
      const x1 = (rowX[cell + 2]! - rowX[cell]!) / 2
      const x2 = (rowX[cell]! - 2 * rowX[cell + 1]! + rowX[cell + 2]!) / 2
      const x3 = (rowX[cell + 3]! - rowX[cell]! + 3 * (rowX[cell + 1]! - rowX[cell + 2]!)) / 6
      const y0 = (rowY[cell]! + 4 * rowY[cell + 1]! + rowY[cell + 2]!) / 6
      const y1 = (rowY[cell + 2]! - rowY[cell]!) / 2
      const y2 = (rowY[cell]! - 2 * rowY[cell + 1]! + rowY[cell + 2]!) / 2
      const y3 = (rowY[cell + 3]! - rowY[cell]! + 3 * (rowY[cell + 1]! - rowY[cell + 2]!)) / 6
      for (; x < end; x++) {
        const t = x * step - cell
        fromX[x] = fromX[x]! + (x0 + t * (x1 + t * (x2 + t * x3)))
        fromY[x] = fromY[x]! + (y0 + t * (y1 + t * (y2 + t * y3)))
      }
    }
  }

  /** Computes the control points of one row of pixels, mapped already. */
  private placeRow(row: number, { xx, xy, yx, yy }: LinearPart): void {
    const { controls, rowX, rowY, points, spacing } = this
    const cell = Math.floor(row / spacing)
    const t = row / spacing - cell
    const s = 1 - t
    const a = (s * s * s) / 6
    const b = (3 * t * t * t - 6 * t * t + 4) / 6
    const c = (3 * s * s * s - 6 * s * s + 4) / 6
    const d = (t * t * t) / 6
    const half = controls.length / 2
    for (let i = 0; i < points; i++) {
      const one = cell * points + i
      const two = one + points
      const three = two + points
      const four = three + points
      const dx = a * controls[one]! + b * controls[two]! + c * controls[three]! + d * controls[four]!
      const dy =
        a * controls[half + one]! + b * controls[half + two]! + c * controls[half + three]! + d * controls[half + four]!
      rowX[i] = xx * dx + xy * dy
      rowY[i] = yx * dx + yy * dy
    }
  }
}
