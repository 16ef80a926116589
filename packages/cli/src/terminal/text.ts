import { stripVTControlCharacters } from 'node:util'

/** How many columns a line takes up, colours not counted. */
export function visibleWidth(line: string): number {
  return stripVTControlCharacters(line).length
}

/** Fills a line with spaces on the right, up to `width` columns. */
export function padVisible(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - visibleWidth(line)))
}

/** Puts blocks of lines next to each other. */
export function sideBySide(blocks: readonly (readonly string[])[], gap = 3): string[] {
  const widths = blocks.map((block) => Math.max(0, ...block.map(visibleWidth)))
  const height = Math.max(0, ...blocks.map((block) => block.length))
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map((block, index) => padVisible(block[row] ?? '', widths[index]!))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/** Moves every line to the right. */
export function indent(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(by) + line))
}

/** `0.987` as `98.7 %`. */
export function percent(fraction: number, digits = 1): string {
  return `${(100 * fraction).toFixed(digits)} %`
}

/** `12345` as `12,345`. */
export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Seconds as `4.2 s`, `42 s` or `3:05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`
}
