/** Where a command tells what happens: lines for people, or one JSON object per line for programs. */
export interface Output {
  readonly isJson: boolean
  /** Whether lines can be redrawn: a terminal, and not JSON. */
  readonly isLive: boolean
  readonly columns: number
  /** Lines for people; silent with --json. */
  say(...lines: readonly string[]): void
  /** One JSON object with --json; silent otherwise. */
  event(name: string, fields?: object): void
}

/** The output of this process. */
export function createOutput(isJson: boolean): Output {
  const { stdout } = process
  return {
    isJson,
    isLive: !isJson && stdout.isTTY,
    get columns() {
      return stdout.isTTY ? Math.max(40, stdout.columns) : 80
    },
    say(...lines) {
      if (!isJson) stdout.write(`${lines.join('\n')}\n`)
    },
    event(name, fields = {}) {
      if (isJson) stdout.write(`${JSON.stringify({ event: name, ...fields })}\n`)
    },
  }
}
