import { DTypeError } from './errors.ts'

/** Throws DTypeError unless a tensor has one of these dtypes; the first one is what the error says to convert it to. */
export function requireDType(
  where: string,
  { dtype }: { readonly dtype: string },
  accepted: readonly string[],
  name = 'a tensor',
): void {
  if (accepted.includes(dtype)) return
  throw new DTypeError({
    what: `${where}: got ${name} of dtype ${dtype}`,
    expected: accepted.join(' or '),
    fix: `convert it first: x.to('${accepted[0]}')`,
  })
}
