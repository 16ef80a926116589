import { ArgumentError } from 'neurite'

/** A reader for an option that takes a whole number within bounds; throws ArgumentError for anything else. */
export function wholeNumber(option: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value
    throw new ArgumentError({
      what: `${option} is '${text}'`,
      expected:
        most === Number.MAX_SAFE_INTEGER
          ? `a whole number, ${least} or more`
          : `a whole number from ${least} to ${most}`,
      fix: `write for example ${option} ${Math.max(least, 1)}`,
    })
  }
}
