const floats = new Float64Array(1)
const integers = new BigInt64Array(floats.buffer)

/** Numbers float64 in order: neighbours differ by 1. */
function rank(x: number): bigint {
  floats[0] = x
  const bits = integers[0]!
  return bits >= 0n ? bits : -(bits & 0x7fffffffffffffffn)
}

/** How many float64 steps lie between two numbers; equal NaNs and infinities are 0 apart. */
export function ulpsBetween(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity
  const difference = rank(a) - rank(b)
  return Number(difference < 0n ? -difference : difference)
}

/** The largest distance in ulps of `actual` from `wanted` over `count` arguments, with the argument it occurs at. */
export function worst(
  count: number,
  argument: (i: number) => number,
  actual: (x: number) => number,
  wanted: (x: number) => number,
): { ulps: number; at: number } {
  let result = { ulps: 0, at: NaN }
  for (let i = 0; i < count; i++) {
    const x = argument(i)
    const ulps = ulpsBetween(actual(x), wanted(x))
    if (ulps > result.ulps) result = { ulps, at: x }
  }
  return result
}

/** `count` numbers spread evenly from `low` to `high`, at places that are not round. */
export function spread(low: number, high: number, count: number): (i: number) => number {
  return (i) => low + (high - low) * ((i + 0.3819660112501051) / count)
}
