import cliProgress from 'cli-progress'
import type { SingleBar } from 'cli-progress'
import colours from 'picocolors'
import { visibleWidth } from './text.ts'

/** A text beside a bar, and what to write where there is little room. */
export type BarText = string | { readonly long: string; readonly short: string }

/** What a bar shows beside itself; the texts in the order of their importance, the least important last. */
export interface BarContent {
  readonly fraction: number
  readonly before: string
  readonly after: readonly BarText[]
}

const widestBar = 40
const narrowestBar = 6

/** A progress bar in the last line of a terminal. Lines can be written above it. */
export class LiveLine {
  private bar: SingleBar | undefined
  private readonly stream: NodeJS.WriteStream

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  show(content: BarContent): void {
    if (this.bar === undefined) {
      this.bar = new cliProgress.SingleBar({
        format: (_options, _params, payload: BarContent) => layOut(payload, Math.max(40, this.stream.columns) - 1),
        stream: this.stream,
        clearOnComplete: true,
        hideCursor: true,
        // Ctrl-C ends the training first; the bar must not end the process.
        gracefulExit: false,
        forceRedraw: true,
        fps: 12,
      })
      this.bar.start(1, 0, content)
    } else {
      this.bar.update(content.fraction, content)
    }
  }

  /** Writes lines above the bar. */
  print(line: string): void {
    // The bar remembers where the cursor was when it began, so a line above it needs a new bar.
    this.clear()
    this.stream.write(`${line}\n`)
  }

  /** Takes the bar away. */
  clear(): void {
    this.bar?.stop()
    this.bar = undefined
  }
}

/** One line of at most `width` columns: texts become short or are left out, the least important first. */
export function layOut({ fraction, before, after }: BarContent, width: number): string {
  const size = (texts: readonly string[]): number => visibleWidth([before, '', ...texts].join('  '))
  const fits = (texts: readonly string[]): boolean => size(texts) + narrowestBar <= width
  const long = after.map((text) => (typeof text === 'string' ? text : text.long))
  let texts = fits(long) ? long : after.map((text) => (typeof text === 'string' ? text : text.short))
  while (texts.length > 0 && !fits(texts)) texts = texts.slice(0, -1)
  const columns = Math.max(0, Math.min(widestBar, width - size(texts)))
  const full = Math.round(columns * Math.min(1, fraction))
  const bar = colours.cyan('█'.repeat(full)) + colours.dim('░'.repeat(columns - full))
  return [before, bar, ...texts].join('  ')
}
