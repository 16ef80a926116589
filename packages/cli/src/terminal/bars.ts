import colours from 'picocolors'
import { percent } from './text.ts'

/** Columns of the longest bar. */
const barWidth = 24

/** A line for each class: its name, a bar as long as its probability, the probability. The largest stands out. */
export function probabilityBars(probabilities: ArrayLike<number>, names: readonly string[]): string[] {
  const width = Math.max(...names.map((name) => name.length))
  const most = Math.max(...Array.from(probabilities))
  return names.map((name, i) => {
    const bar = '█'.repeat(Math.round(barWidth * probabilities[i]!)).padEnd(barWidth)
    const line = `${name.padStart(width)}  ${bar}  ${percent(probabilities[i]!).padStart(7)}`
    return probabilities[i] === most ? colours.green(line) : line
  })
}
