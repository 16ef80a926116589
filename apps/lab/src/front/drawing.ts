/** A square drawing: ink from 0 to 1, row by row. */
export const SIDE = 84

export const emptyDrawing = (): Float32Array => new Float32Array(SIDE * SIDE)

/** Adds a stroke of a round pen between two points, given in pixels of the drawing. */
export function stroke(
  drawing: Float32Array,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  radius = 3.4,
): Float32Array {
  const next = drawing.slice()
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))))
  for (let i = 0; i <= steps; i++) {
    const [x, y] = [fromX + ((toX - fromX) * i) / steps, fromY + ((toY - fromY) * i) / steps]
    for (let row = Math.max(0, Math.floor(y - radius)); row <= Math.min(SIDE - 1, y + radius); row++) {
      for (let column = Math.max(0, Math.floor(x - radius)); column <= Math.min(SIDE - 1, x + radius); column++) {
        const [dx, dy] = [column - x, row - y]
        const ink = Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(dx * dx + dy * dy)))
        next[row * SIDE + column] = Math.max(next[row * SIDE + column]!, ink)
      }
    }
  }
  return next
}

/** A digit of 28 x 28 pixels as a drawing, three times as large. */
export function enlarged(pixels: Float32Array): Float32Array {
  const drawing = emptyDrawing()
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      drawing[row * SIDE + column] = pixels[Math.floor(row / 3) * 28 + Math.floor(column / 3)]!
    }
  }
  return drawing
}
