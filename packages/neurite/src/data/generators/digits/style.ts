/**
 * How a digit's writing varies. Lengths are in units of the digit's height. Slant, width and pen were set so that the
 * means and deviations measured on MNIST's training pictures are met or somewhat exceeded.
 */
export interface Style {
  /** Radius of the pen in pixels, in the middle. */
  readonly pen: number
  /** Deviation of every control point on its own. */
  readonly wobble: number
  /** Deviation of the smooth displacement field's coefficients. */
  readonly warp: number
  /** Mean and deviation of the horizontal shift to the right per unit of height. */
  readonly slant: number
  readonly slantDeviation: number
  /** Deviation of the logarithm of width over height. */
  readonly stretch: number
}

/** Deviation of the rotation in radians. */
export const ROTATION = 0.1
/** Deviation of the logarithm of the pen's radius, and the limits of the radius in pixels. */
export const PEN_DEVIATION = 0.28
export const THINNEST_PEN = 0.7
export const THICKEST_PEN = 2.8
/** Deviation of the line's width along the stroke, relative to the pen. */
export const PRESSURE = 0.3
/** A digit lies between its variant's poses (0 and 1) or this much beyond. */
export const BEYOND_POSE = 0.4

function style(
  pen: number,
  wobble: number,
  warp: number,
  slant: number,
  slantDeviation: number,
  stretch: number,
): Style {
  return { pen, wobble, warp, slant, slantDeviation, stretch }
}

/** The styles of the digits 0 to 9. */
export const styles: readonly Style[] = [
  style(1.375, 0.054, 0.08, 0.25, 0.24, 0.25),
  style(1.3125, 0.024, 0.032, 0.3, 0.27, 0.25),
  style(1.25, 0.06, 0.08, 0.15, 0.3, 0.25),
  style(1.1875, 0.06, 0.08, 0.15, 0.27, 0.2),
  style(1.15, 0.06, 0.08, 0.2, 0.3, 0.225),
  style(1.0625, 0.06, 0.08, 0.2, 0.3, 0.25),
  style(1.1875, 0.06, 0.072, 0.05, 0.21, 0.2),
  style(1.1875, 0.06, 0.064, 0.05, 0.225, 0.1875),
  style(1.1, 0.06, 0.08, 0.15, 0.255, 0.25),
  style(1.125, 0.06, 0.08, 0.15, 0.255, 0.225),
]
