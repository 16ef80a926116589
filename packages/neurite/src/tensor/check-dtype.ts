import { DTypeError } from '../errors.ts'

const DTYPES: readonly string[] = ['float32', 'int32', 'uint8', 'bool']

/** Throws DTypeError for a dtype that does not exist. */
export function checkDType(dtype: string): void {
  if (DTYPES.includes(dtype)) return
  throw new DTypeError({
    what: `the dtype '${dtype}' does not exist here`,
    expected: DTYPES.map((name) => `'${name}'`).join(', '),
    fix: "use 'float32' for numbers with fractions, 'int32' for whole ones",
  })
}
