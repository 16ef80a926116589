/** The matrix as text. */
import type { MatrixBackend } from './backends.ts'
import {
  cellOf,
  columns,
  directions,
  hasGradient,
  isOwn,
  operationNames,
  type Column,
  type Direction,
} from './columns.ts'

const INTRODUCTION = `# Operation matrix

Written by \`npm run matrix\`; \`npm test\` runs every cell and fails when this page is not up to date or a cell is empty.

A number says how many samples a cell holds. _cases_: edge cases of shapes, dtypes and values against the float64 definition;
gradients on the reference backend against central differences in float64, first and second order (definitions against their
lowered forms). _torch_: numbers made by PyTorch in float64. _fused_: the operation between random elementwise chains, whose
results follow from PyTorch's numbers. \`-\`: nothing flows back. \`own\`: PyTorch has no such function.
`

/** What the cell shows; throws for a cell that should hold samples and does not. */
export function cellText(name: string, backend: MatrixBackend, direction: Direction, column: Column): string {
  if (direction === 'gradient' && !hasGradient(name)) return '-'
  if (column === 'torch' && isOwn(name, direction)) return 'own'
  const { samples } = cellOf(name, backend, direction, column)
  if (samples > 0) return String(samples)
  throw new Error(`${name} has no samples for ${backend.name}, ${direction}, ${column}`)
}

export function matrixPage(backends: readonly MatrixBackend[]): string {
  const heads = backends.flatMap(({ name }) =>
    directions.flatMap((direction) => columns.map((column) => `${name} ${direction} ${column}`)),
  )
  const rows = [...operationNames].map((name) => [
    `\`${name}\``,
    ...backends.flatMap((backend) =>
      directions.flatMap((direction) => columns.map((column) => cellText(name, backend, direction, column))),
    ),
  ])
  return `${INTRODUCTION}\n${markdownTable(['operation', ...heads], rows)}`
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |\n`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |\n`
  return line(heads) + rule + rows.map(line).join('')
}
