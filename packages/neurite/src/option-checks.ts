import { ArgumentError } from './errors.ts'

/** Throws ArgumentError unless `value` is one of these names. */
export function requireOneOf(where: string, name: string, value: unknown, known: readonly string[]): void {
  if (known.includes(value as string)) return
  throw new ArgumentError({
    what: `${where}: ${name} is '${String(value)}'`,
    expected: known.map((each) => `'${each}'`).join(' or '),
    fix: 'use one of these, or leave it out',
  })
}

/** Throws ArgumentError unless `value` is a whole number in a range; both ends are included. */
export function requireWhole(where: string, name: string, value: number, least = 0, most?: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= (most ?? value)) return
  throw new ArgumentError({
    what: `${where}: ${name} is ${String(value)}`,
    expected: `a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`,
    fix: 'choose another number',
  })
}

/** Throws ArgumentError unless `value` is a finite number in a range, which starts at 0 where nothing else is said. */
export function requireNumber(
  where: string,
  name: string,
  value: unknown,
  limits: { readonly above?: number; readonly least?: number; readonly most?: number; readonly below?: number } = {},
): void {
  const { above, least = above === undefined ? 0 : -Infinity, most = Infinity, below = Infinity } = limits
  const fits = typeof value === 'number' && value >= least && value > (above ?? -Infinity) && value <= most
  if (fits && value < below) return
  const lower = above === undefined ? `of at least ${least}` : `above ${above}`
  const upper = most < Infinity ? ` and at most ${most}` : below < Infinity ? ` and below ${below}` : ''
  throw new ArgumentError({
    what: `${where}: ${name} is ${String(value)}`,
    expected: `a number ${lower}${upper}`,
    fix: 'choose another number, or leave it out',
  })
}
