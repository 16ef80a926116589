import { ArgumentError } from '../errors.ts'

export { requireKnownOptions } from '../known-options.ts'

/** Throws ArgumentError unless `value` is a whole number of at least `least`. */
export function requireSize(layer: string, name: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new ArgumentError({
    what: `${layer}: ${name} is ${String(value)}`,
    expected: `a whole number, ${least} or more`,
    fix: `pass a ${name} such as ${Math.max(least, 8)}`,
  })
}
