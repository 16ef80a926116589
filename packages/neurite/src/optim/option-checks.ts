import { ArgumentError } from '../errors.ts'

/** Throws ArgumentError unless an option is a finite number in a range; `below` is not included. */
export function checkOption(
  where: string,
  name: string,
  value: unknown,
  { least = 0, below, above }: { readonly least?: number; readonly below?: number; readonly above?: number } = {},
): void {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (above === undefined ? value >= least : value > above) &&
    (below === undefined || value < below)
  if (fits) return
  const lower = above === undefined ? `of at least ${least}` : `above ${above}`
  throw new ArgumentError({
    what: `${where}: ${name} is ${String(value)}`,
    expected: `a number ${lower}${below === undefined ? '' : ` and below ${below}`}`,
    fix: name === 'learningRate' ? 'pass a learning rate such as 0.01' : `pass another ${name}, or leave it out`,
  })
}
