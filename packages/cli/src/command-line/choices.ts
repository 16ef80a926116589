import { ArgumentError } from 'neurite'
import { closest } from './closest.ts'

/**
 * The entry with a name that the user typed.
 *
 * @throws ArgumentError that lists the names, and guesses what was meant
 */
export function choose<T>(what: string, name: string, choices: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(choices, name)) return choices[name]!
  const names = Object.keys(choices)
  const guess = closest(name, names)
  throw new ArgumentError({
    what: `there is no ${what} '${name}'`,
    expected: names.length === 1 ? names[0]! : `one of ${names.join(', ')}`,
    fix: guess === undefined ? `choose one of these; 'neurite recipes' tells more` : `did you mean '${guess}'?`,
  })
}
