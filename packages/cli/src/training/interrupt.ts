import { exitCodes } from '../command-line/exit-codes.ts'

/** Ends the work at the first Ctrl-C in an orderly way, and at once at the second. */
export class Interrupt {
  private readonly controller = new AbortController()
  private readonly onFirst: () => void

  /** @param onFirst tells the user what happens now */
  constructor(onFirst: () => void) {
    this.onFirst = onFirst
    process.on('SIGINT', this.listener)
    process.on('SIGTERM', this.listener)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  get happened(): boolean {
    return this.controller.signal.aborted
  }

  /** From here on Ctrl-C does what it usually does. */
  release(): void {
    process.off('SIGINT', this.listener)
    process.off('SIGTERM', this.listener)
  }

  private readonly listener = (): void => {
    if (this.happened) {
      // The bar hides the cursor, and nobody else would bring it back.
      if (process.stdout.isTTY) process.stdout.write('\u001B[?25h\n')
      process.exit(exitCodes.interrupted)
    } else {
      this.controller.abort(new Interrupted())
      this.onFirst()
    }
  }
}

/** Why loading data ended early. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted by Ctrl-C')
  }
}
