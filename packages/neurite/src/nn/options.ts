import { requireWhole } from '../option-checks.ts'

export { requireKnownOptions } from '../known-options.ts'

/** Throws ArgumentError unless `value` is a whole number of at least `least`. */
export function requireSize(layer: string, name: string, value: number, least = 1): void {
  requireWhole(layer, name, value, least)
}
