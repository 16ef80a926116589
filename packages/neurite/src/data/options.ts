import { ArgumentError } from '../errors.ts'

export { requireKnownOptions } from '../known-options.ts'

/** Throws ArgumentError unless `value` is a whole number of at least `least`. */
export function requireWholeNumber(where: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new ArgumentError({
    what: `${where}: ${name} is ${value}`,
    expected: `a whole number, ${least} or more`,
    fix: `pass a ${name} such as ${Math.max(least, 1)}`,
  })
}
