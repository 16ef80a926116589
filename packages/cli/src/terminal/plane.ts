import colours from 'picocolors'

export interface PlaneOptions {
  /** x and y of each point, one after the other. */
  readonly points: ArrayLike<number>
  /** The class of each point. */
  readonly labels: ArrayLike<number>
  /** The class that the model gives to each of these points (x and y, one after the other). */
  readonly classify: (points: Float32Array) => ArrayLike<number> | Promise<ArrayLike<number>>
  /** Columns; half as many lines make both axes alike. */
  readonly width?: number
  readonly classNames?: readonly string[]
}

const grounds = ['·', '░', ' ', '▒']
const marks = ['o', 'x', '+', '*']
const paints = [colours.blue, colours.yellow, colours.green, colours.magenta]

/** Draws which part of the plane a model gives to which class, and the points on top of it. */
export async function drawPlane({ points, labels, classify, width = 50, classNames }: PlaneOptions): Promise<string[]> {
  const height = Math.round(width / 2.2)
  const [x, y] = [rangeOf(points, 0), rangeOf(points, 1)]
  const grid = new Float32Array(2 * width * height)
  for (let cell = 0; cell < width * height; cell++) {
    grid[2 * cell] = x.low + ((x.high - x.low) * ((cell % width) + 0.5)) / width
    grid[2 * cell + 1] = y.high - ((y.high - y.low) * (Math.floor(cell / width) + 0.5)) / height
  }
  const regions = await classify(grid)
  const cells = Array.from({ length: width * height }, (_, cell) => {
    const region = regions[cell]!
    return paints[region % 4]!(colours.dim(grounds[region % 4]))
  })
  for (let i = 0; i < labels.length; i++) {
    const column = Math.floor((width * (points[2 * i]! - x.low)) / (x.high - x.low))
    const row = Math.floor((height * (y.high - points[2 * i + 1]!)) / (y.high - y.low))
    cells[row * width + column] = paints[labels[i]! % 4]!(colours.bold(marks[labels[i]! % 4]))
  }
  const rows = Array.from({ length: height }, (_, row) => cells.slice(row * width, (row + 1) * width).join(''))
  const classes = Array.from({ length: 1 + Array.from(labels).reduce((a, b) => Math.max(a, b), 0) }, (_, index) => {
    const name = classNames?.[index] ?? `class ${index}`
    return paints[index % 4]!(
      `${marks[index % 4]!} ${name}, region ${grounds[index % 4] === ' ' ? '(empty)' : grounds[index % 4]!}`,
    )
  })
  return [...rows, '', classes.join('   ')]
}

/** From the least to the largest coordinate, and a little more. */
function rangeOf(points: ArrayLike<number>, offset: number): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (let i = offset; i < points.length; i += 2) {
    low = Math.min(low, points[i]!)
    high = Math.max(high, points[i]!)
  }
  const margin = 0.12 * (high - low) || 1
  return { low: low - margin, high: high + margin }
}
