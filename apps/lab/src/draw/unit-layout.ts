/** Where the parts of a neuron with two or three inputs lie in its picture. */
export const UNIT_WIDTH = 400

export interface Place {
  readonly x: number
  readonly y: number
}

const ROW = 46
export const PART_WIDTH = 70
export const PART_HEIGHT = 34

/** Sources from top to bottom, the bias last; each has its number halfway, and all lead to the sum. */
export function unitLayout(inputs: number): {
  readonly height: number
  readonly sources: readonly Place[]
  readonly numbers: readonly Place[]
  readonly sum: Place
  readonly output: Place
} {
  const rows = inputs + 1
  const height = rows * ROW + 12
  const rowAt = (i: number): number => 6 + ROW / 2 + i * ROW
  return {
    height,
    sources: Array.from({ length: rows }, (_, i) => ({ x: 38, y: rowAt(i) })),
    numbers: Array.from({ length: rows }, (_, i) => ({ x: 140, y: rowAt(i) })),
    sum: { x: 262, y: height / 2 },
    output: { x: 360, y: height / 2 },
  }
}

/** Inputs and the sum are drawn smaller than numbers. */
export const SOURCE_SIZE = 40

/** A wire from an input or the sum, leaving and arriving level. */
export function unitWire(from: Place, to: Place, size = SOURCE_SIZE): string {
  const [x0, x1] = [from.x + SOURCE_SIZE / 2, to.x - size / 2]
  const middle = (x0 + x1) / 2
  return `M${x0} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x1} ${to.y}`
}
