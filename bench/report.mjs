import { cellName } from './measure.mjs'

/** @typedef {import('./measure.mjs').Entry} Entry */
/** @typedef {import('./measure.mjs').Failure} Failure */
/** @typedef {import('./peaks.mjs').Peaks} Peaks */

/** @param {number} value three digits that mean something */
export function round3(value) {
  if (!Number.isFinite(value)) return '-'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-4))))
  return value.toFixed(digits)
}

/**
 * A table that reads well both as Markdown and in a terminal.
 * @param {readonly (readonly string[])[]} rows the first holds the headings; all but the first column are numbers
 */
export function alignedTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (/** @type {readonly string[]} */ row) => {
    const cells = widths.map((width, column) =>
      column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width),
    )
    return `| ${cells.join(' | ')} |`
  }
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  const [heading = [], ...body] = rows
  return [line(heading), rule, ...body.map(line)].join('\n')
}

const major = (/** @type {Entry} */ entry) => entry.node?.split('.')[0] ?? ''

/** Neurite's settings that the others are compared with, each a column. @param {readonly Entry[]} entries */
function comparisonColumns(entries) {
  /** @type {Map<string, { heading: string, node: string, mode: string | null }>} */
  const columns = new Map()
  for (const entry of entries.filter(({ system }) => system === 'neurite')) {
    const heading = `${entry.mode} ${major(entry)}`
    columns.set(heading, { heading, node: major(entry), mode: entry.mode })
  }
  return [...columns.values()]
}

/** What stands in the place of the time. @param {Failure} failure */
const outcome = ({ system, limitMs }) =>
  limitMs !== undefined ? `> ${limitMs / 1000} s` : system === 'neurite' ? 'failed' : 'cannot'

/**
 * Every cell with its median, spread, and how many times its median is that of Neurite in each setting, on as many
 * threads where both were measured; then the cells without a figure.
 * @param {readonly Entry[]} entries
 * @param {readonly Failure[]} failures
 */
export function mainTable(entries, failures = []) {
  const columns = comparisonColumns(entries)
  const rows = [['', 'ms', 'p10', 'p90', ...columns.map(({ heading }) => `÷ ${heading}`)]]
  for (const workload of new Set([...entries, ...failures].map((entry) => entry.workload))) {
    const cells = entries.filter((entry) => entry.workload === workload)
    rows.push([`**${workload}**`])
    for (const entry of cells) {
      const ratios = columns.map(({ node, mode }) => {
        const own = cells.filter((cell) => cell.system === 'neurite' && major(cell) === node && cell.mode === mode)
        const same = own.find(({ threads }) => threads === entry.threads || workload.startsWith('startup'))
        return same ? round3(entry.medianMs / same.medianMs) : '-'
      })
      rows.push([cellName(entry), ...[entry.medianMs, entry.p10, entry.p90].map(round3), ...ratios])
    }
    for (const failure of failures.filter((one) => one.workload === workload))
      rows.push([failure.cell, outcome(failure)])
  }
  return alignedTable(rows)
}

/** Multiplications and additions of a product, in GFLOP/s. @param {Entry} entry */
export function gigaflops({ workload, medianMs }) {
  const n = Number(workload.split('-')[1])
  return (2 * n * n * n) / (medianMs * 1e6)
}

const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`

/**
 * Products in GFLOP/s, as a share of the peaks of as many cores and of OpenBLAS on as many threads.
 * @param {readonly Entry[]} entries
 * @param {Peaks | undefined} peaks
 */
export function productTable(entries, peaks) {
  const headings = ['', 'GFLOP/s', '128-bit FMA', '128-bit mul + add', '256-bit FMA', '256-bit mul + add', 'OpenBLAS']
  const rows = [headings]
  for (const workload of new Set(entries.map((entry) => entry.workload).filter((name) => name.startsWith('G1')))) {
    const cells = entries.filter((entry) => entry.workload === workload)
    rows.push([`**${workload}**`])
    for (const entry of cells) {
      const speed = gigaflops(entry)
      const blas = cells.find(({ system, threads }) => system === 'openblas' && threads === entry.threads)
      const { fma128, mulAdd128, fma256, mulAdd256 } = peaks ?? {}
      const shares = [fma128, mulAdd128, fma256, mulAdd256].map((peak) =>
        peak === undefined ? '-' : percent(speed / (peak * entry.threads)),
      )
      rows.push([cellName(entry), round3(speed), ...shares, blas ? percent(speed / gigaflops(blas)) : '-'])
    }
  }
  return rows.length > 1 ? alignedTable(rows) : ''
}

/** @param {readonly Entry[]} entries the text of a JSON file: one object per cell, with no other keys */
export const jsonText = (entries) => {
  const objects = entries.map(({ workload, system, version, node, mode, threads, medianMs, p10, p90, steps }) => ({
    workload,
    system,
    version,
    node,
    mode,
    threads,
    medianMs,
    p10,
    p90,
    steps,
  }))
  return `${JSON.stringify(objects, null, 2)}\n`
}

/**
 * A part of the page that is written by hand and stays when the rest is written anew.
 * @param {string} before the page as it was
 * @param {string} name
 */
function keptPart(before, name) {
  const open = `<!-- ${name}: written by hand, kept by \`npm run bench\` -->`
  const close = `<!-- end of the ${name} -->`
  const begin = before.indexOf(open)
  const end = before.indexOf(close)
  const text = begin >= 0 && end > begin ? before.slice(begin + open.length, end).trim() : ''
  return [open, text, close]
}

/**
 * The page of results: what was measured now, and the notes of the page before.
 * @param {{ before: string, date: string, machine: readonly string[], targets: string, tables: readonly string[], remarks: readonly string[] }} page
 */
export function resultsPage({ before, date, machine, targets, tables, remarks }) {
  return [
    '# Results',
    `Written by \`npm run bench\` on ${date}. Only ratios within one run count; see [README.md](README.md) for how it measures.`,
    machine.map((line) => `- ${line}`).join('\n'),
    '## Targets',
    targets,
    '## What fell short, why, and the next idea',
    ...keptPart(before, 'notes'),
    '## The largest remaining cost of each workload',
    ...keptPart(before, 'costs'),
    '## All cells',
    [
      'Milliseconds per step (T), inference (I) or product (G); for startup, above a process that does nothing. `÷ fast 24`',
      'tells how many times as long as Neurite a system takes, Neurite in its fast mode on Node 24 with as many threads.',
      'Of a system that cannot do it, or did not finish in time, the reason stands below.',
    ].join('\n'),
    ...tables.filter((table) => table !== ''),
    remarks.map((remark) => `- ${remark}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
