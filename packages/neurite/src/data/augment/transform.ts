import type { RandomStream } from '../../math/random.ts'

/**
 * Where the pixels of a picture come from. A pixel at (u, v) of the new picture, counted from its centre, is taken from
 * (xx u + xy v + x, yx u + yy v + y) of the old one, counted from its centre.
 */
export interface Placement {
  xx: number
  xy: number
  x: number
  yx: number
  yy: number
  y: number
}

/** Moves pixels. Several in a row are done in one pass over the picture, so that it is blurred only once. */
export interface GeometricTransform {
  readonly kind: 'geometric'
  readonly name: string
  /** What lies outside the picture. */
  readonly fill: number
  /** Random words that it draws per example. */
  readonly words: number
  /** Height and width of the result; the same as before where this is left out. */
  readonly size?: (height: number, width: number) => readonly [height: number, width: number]
  /** Puts its movement behind those that `placement` holds. */
  readonly place: (placement: Placement, stream: RandomStream, height: number, width: number) => void
}

/** Bends a picture by a smooth random field. */
export interface ElasticTransform {
  readonly kind: 'elastic'
  readonly name: string
  readonly fill: number
  /** Deviation of the movement of a pixel, on each axis, in pixels. */
  readonly deviation: number
  /** Distance of the field's control points in pixels. */
  readonly spacing: number
}

/** Changes values where they are. Write one of your own for anything that this room lacks. */
export interface ValueTransform {
  readonly kind: 'values'
  readonly name: string
  /** Random words that it draws at most for an example of this shape. */
  readonly words: (shape: readonly number[]) => number
  /** Changes the values of one example. The stream stands at words of its own for each example. */
  readonly apply: (values: Float32Array, shape: readonly number[], stream: RandomStream) => void
}

/** A step of an augmentation. */
export type Transform = GeometricTransform | ElasticTransform | ValueTransform

/** Puts the linear map `(u, v) -> (a u + b v, c u + d v)` behind a placement, as that from new to old pixels. */
export function placeLinear(placement: Placement, a: number, b: number, c: number, d: number): void {
  const { xx, xy, yx, yy } = placement
  placement.xx = xx * a + xy * c
  placement.xy = xx * b + xy * d
  placement.yx = yx * a + yy * c
  placement.yy = yx * b + yy * d
}

/** Puts a movement of the old pixels' places behind a placement. */
export function placeShift(placement: Placement, u: number, v: number): void {
  placement.x += placement.xx * u + placement.xy * v
  placement.y += placement.yx * u + placement.yy * v
}
