/** Where a surface crosses zero, as the path of an SVG (marching squares). Coordinates run from 0 to 1, downwards. */
export function zeroContour(values: Float32Array, size: number, level = 0): string {
  const parts: string[] = []
  const at = (row: number, column: number): number => values[row * size + column]! - level
  const print = (x: number, y: number): string => `${((x + 0.5) / size).toFixed(4)} ${((y + 0.5) / size).toFixed(4)}`
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)] as const
      const crossings = crossingsOf(corners, row, column)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        parts.push(`M${print(...crossings[i]!)}L${print(...crossings[i + 1]!)}`)
      }
    }
  }
  return parts.join('')
}

type Point = readonly [x: number, y: number]

function crossingsOf([a, b, c, d]: readonly [number, number, number, number], row: number, column: number): Point[] {
  const found: Point[] = []
  const isOver = (value: number): boolean => value > 0
  if (isOver(a) !== isOver(b)) found.push([column + a / (a - b), row])
  if (isOver(b) !== isOver(c)) found.push([column + 1, row + b / (b - c)])
  if (isOver(c) !== isOver(d)) found.push([column + d / (d - c), row + 1])
  if (isOver(d) !== isOver(a)) found.push([column, row + a / (a - d)])
  return found
}

/** Where the surface crosses zero along its middle row: x between -reach and reach. */
export function crossingsAlongMiddle(values: Float32Array, size: number, reach: number): number[] {
  const row = Math.floor(size / 2)
  const found: number[] = []
  for (let column = 0; column + 1 < size; column++) {
    const [a, b] = [values[row * size + column]!, values[row * size + column + 1]!]
    if (a > 0 !== b > 0) found.push(reach * ((2 * (column + a / (a - b)) + 1) / size - 1))
  }
  return found
}

/** Levels between the lowest and the highest value, each so many times as far above the lowest as the one before. */
export function logLevels(values: Float32Array, factor: number, count: number): number[] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const levels: number[] = []
  for (let above = (high - low) / factor; levels.length < count; above /= factor) levels.unshift(low + above)
  return levels
}
