import { ArgumentError } from '../errors.ts'

/**
 * Throws ArgumentError when `options` holds a name that `known` lacks: a misspelt option must not be ignored.
 * `where` is the call as the user wrote it, such as `new DataLoader`.
 */
export function rejectUnknownOptions(where: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    throw new ArgumentError({
      what: `${where}: there is no option '${name}'`,
      expected: `only ${known.join(', ')}`,
      fix: 'correct the spelling, or leave the option out',
    })
  }
}

/** Throws ArgumentError unless `value` is a whole number of at least `least`. */
export function requireWholeNumber(where: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new ArgumentError({
    what: `${where}: ${name} is ${value}`,
    expected: `a whole number, ${least} or more`,
    fix: `pass a ${name} such as ${Math.max(least, 1)}`,
  })
}
