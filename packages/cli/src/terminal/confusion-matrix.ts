import colours from 'picocolors'
import { percent } from './text.ts'

/** Counts examples by what they are (rows) and what the network says (columns). */
export function countConfusion(actual: Int32Array, predicted: Int32Array, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < actual.length; i++) counts[actual[i]!]![predicted[i]!]!++
  return counts
}

/** Draws a confusion matrix: a row per class, what its examples were taken for, and how many of them were right. */
export function confusionMatrix(counts: readonly (readonly number[])[], classNames: readonly string[]): string[] {
  const cells = counts.flat().map((count) => String(count).length)
  const cell = Math.max(4, 2 + Math.max(...cells), ...classNames.map((name) => name.length + 2))
  const label = Math.max(...classNames.map((name) => name.length)) + 2
  const header = ' '.repeat(label) + classNames.map((name) => name.padStart(cell)).join('') + '   right'
  const rows = counts.map((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const right = total === 0 ? '-' : percent(row[actual]! / total)
    return (
      classNames[actual]!.padStart(label) +
      row.map((count, i) => paint(count, i === actual, cell)).join('') +
      right.padStart(8)
    )
  })
  return [colours.dim(header), ...rows]
}

function paint(count: number, isRight: boolean, width: number): string {
  const text = (count === 0 ? '·' : String(count)).padStart(width)
  if (isRight) return colours.green(text)
  return count === 0 ? colours.dim(text) : colours.red(text)
}
