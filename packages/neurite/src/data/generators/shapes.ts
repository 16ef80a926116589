import { cos, sin } from '../../math/trigonometry.ts'

/** What `shapeDistance` can draw. */
export type ShapeName = 'ball' | 'square' | 'triangle' | 'cross' | 'line'

/** A shape in a picture; lengths in pixels. */
export interface Shape {
  readonly name: ShapeName
  readonly x: number
  readonly y: number
  /** Radius of the ball, and of the circle that the other shapes fill about as much. */
  readonly radius: number
  readonly cosine: number
  readonly sine: number
}

/** A shape turned by `angle` radians. */
export function turnedShape(name: ShapeName, x: number, y: number, radius: number, angle: number): Shape {
  return { name, x, y, radius, cosine: cos(angle), sine: sin(angle) }
}

const HALF_SQRT_3 = Math.sqrt(3) / 2

/** Distance of a point from a shape's edge in pixels, negative inside; near corners it may be too small, as bounds are. */
export function shapeDistance(shape: Shape, px: number, py: number): number {
  const dx = px - shape.x
  const dy = py - shape.y
  const u = shape.cosine * dx + shape.sine * dy
  const v = shape.cosine * dy - shape.sine * dx
  const r = shape.radius
  switch (shape.name) {
    case 'ball':
      return Math.sqrt(dx * dx + dy * dy) - r
    case 'square':
      return Math.max(Math.abs(u), Math.abs(v)) - 0.85 * r
    case 'triangle':
      return Math.max(v, HALF_SQRT_3 * u - 0.5 * v, -HALF_SQRT_3 * u - 0.5 * v) - 0.6 * r
    case 'cross':
      return Math.min(bar(u, v, r), bar(v, u, r))
    case 'line':
      return bar(u, v, 1.2 * r)
  }
}

function bar(along: number, across: number, length: number): number {
  return Math.max(Math.abs(along) - length, Math.abs(across) - 0.28 * length)
}
