export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

/**
 * The first element that lies further from the expected one than `absolute + relative |expected|`, as text; '' when there is
 * none. NaN equals NaN; an infinity equals only itself. The sign of zero is not compared.
 */
export function mismatch(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Tolerance,
): string {
  if (actual.length !== expected.length) return `${what}: ${actual.length} values instead of ${expected.length}`
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i]!
    const e = expected[i]!
    const equal = a === e || (Number.isNaN(a) && Number.isNaN(e))
    const near = Number.isFinite(e) && Math.abs(a - e) <= absolute + relative * Math.abs(e)
    if (!equal && !near) return `${what}: element ${i} is ${a} instead of ${e}`
  }
  return ''
}
