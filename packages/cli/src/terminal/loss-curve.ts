import asciichart from 'asciichart'

export interface LossCurveOptions {
  /** Columns for the whole chart, axis included. */
  readonly width: number
  /** Lines for the curve. */
  readonly height: number
}

/** Columns that the numbers at the axis take up. */
const axisWidth = 9

/** Draws how the loss went down, as lines of text: the axis on the left, the first and the last step below. */
export function lossCurve(losses: readonly number[], { width, height }: LossCurveOptions): string[] {
  const finite = losses.filter(Number.isFinite)
  if (finite.length < 2) return []
  const columns = Math.max(10, width - axisWidth)
  const curve = fitToColumns(finite, columns)
  const chart = asciichart.plot(curve, {
    height: height - 1,
    min: Math.min(0, ...curve),
    format: (value: number) => value.toFixed(axisDigits(Math.max(...curve))).padStart(axisWidth - 2),
  })
  const [first, last] = ['step 1', `step ${finite.length}`]
  const room = Math.max(1, columns - first.length - last.length)
  return [...chart.split('\n').map((line) => line.trimEnd()), ' '.repeat(axisWidth) + first + ' '.repeat(room) + last]
}

function axisDigits(largest: number): number {
  return largest < 0.1 ? 4 : largest < 100 ? 2 : 0
}

/** As many values as there are columns: means of neighbours where there are more, straight lines between them where there are fewer. */
export function fitToColumns(values: readonly number[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    if (values.length <= columns) {
      const place = (column * (values.length - 1)) / (columns - 1)
      const before = Math.floor(place)
      const after = Math.min(values.length - 1, before + 1)
      return values[before]! + (place - before) * (values[after]! - values[before]!)
    }
    const part = values.slice(
      Math.floor((column * values.length) / columns),
      Math.floor(((column + 1) * values.length) / columns),
    )
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}
