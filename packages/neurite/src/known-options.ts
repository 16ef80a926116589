import { ArgumentError } from './errors.ts'

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
