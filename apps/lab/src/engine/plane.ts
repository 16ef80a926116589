/** Points of the plane with a class each, 0 or 1. */
export interface Points {
  readonly inputs: Float32Array
  readonly labels: Float32Array
}

/** Points between -reach and reach in both directions, row by row from the top left: what a surface is drawn from. */
export function gridPoints(size: number, reach: number): Float32Array {
  const points = new Float32Array(size * size * 2)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = 2 * (row * size + column)
      points[at] = reach * ((2 * column + 1) / size - 1)
      points[at + 1] = reach * (1 - (2 * row + 1) / size)
    }
  }
  return points
}

/** How far the picture of the world reaches from its middle. */
export const WORLD_REACH = 1.7
export const GRID_SIZE = 50
