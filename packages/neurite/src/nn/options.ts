import { ArgumentError } from '../errors.ts'

/** Throws ArgumentError unless `value` is a whole number of at least `least`. */
export function requireSize(layer: string, name: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new ArgumentError({
    what: `${layer}: ${name} is ${String(value)}`,
    expected: `a whole number, ${least} or more`,
    fix: `pass a ${name} such as ${Math.max(least, 8)}`,
  })
}

/** Throws ArgumentError for a name in `options` that does not exist: a misspelt option must not be ignored. */
export function requireKnownOptions(where: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    throw new ArgumentError({
      what: `${where}: there is no option '${name}'`,
      expected: `only ${known.join(', ')}`,
      fix: 'correct the spelling, or leave the option out',
    })
  }
}
