/** What the process tells whoever started it. */
export const exitCodes = {
  done: 0,
  /** Something went wrong while working. */
  failed: 1,
  /** The command was written wrongly. */
  usage: 2,
  /** Ended by Ctrl-C before there was anything to keep (128 + SIGINT, the convention of shells). */
  interrupted: 130,
} as const
