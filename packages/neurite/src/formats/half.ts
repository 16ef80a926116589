/** Shared scratch: the bits of one float32. */
const asFloat = new Float32Array(1)
const asBits = new Uint32Array(asFloat.buffer)

/** float16 values (IEEE 754 binary16, as their 16 bits) to float32: exact, since every float16 is a float32. */
export function float16ToFloat32(halves: Uint16Array): Float32Array {
  const result = new Float32Array(halves.length)
  const bits = new Uint32Array(result.buffer)
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!
    const sign = (half & 0x8000) << 16
    const exponent = (half >> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) {
      // A subnormal is fraction * 2^-24; the product is exact, and its sign is set apart so that -0 stays -0.
      result[i] = fraction / 16777216
      bits[i] = bits[i]! | sign
    } else if (exponent === 31) {
      bits[i] = sign | 0x7f800000 | (fraction << 13)
    } else {
      bits[i] = sign | ((exponent + 112) << 23) | (fraction << 13)
    }
  }
  return result
}

/** float32 to float16, rounded to the nearest, ties to even; beyond 65504 the result is infinite; NaN stays NaN. */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const result = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) {
    asFloat[0] = values[i]!
    const bits = asBits[0]!
    const sign = (bits >>> 16) & 0x8000
    const exponent = ((bits >>> 23) & 0xff) - 112
    const fraction = bits & 0x7fffff
    if (exponent === 143) {
      result[i] = sign | (fraction === 0 ? 0x7c00 : 0x7e00)
    } else if (exponent >= 31) {
      result[i] = sign | 0x7c00
    } else if (exponent <= 0) {
      // Below 2^-14 the value becomes a multiple of 2^-24; under half of that it is 0.
      result[i] = exponent < -10 ? sign : sign | roundedShift(fraction | 0x800000, 14 - exponent)
    } else {
      // A carry out of the fraction lands in the exponent, which is what rounding up to the next power of two means.
      result[i] = sign | roundedShift((exponent << 23) | fraction, 13)
    }
  }
  return result
}

/** bfloat16 values (the upper 16 bits of a float32) to float32: exact. */
export function bfloat16ToFloat32(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length)
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16
  return new Float32Array(bits.buffer)
}

/** float32 to bfloat16, rounded to the nearest, ties to even; NaN stays NaN. */
export function float32ToBfloat16(values: Float32Array): Uint16Array {
  const result = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) {
    asFloat[0] = values[i]!
    const bits = asBits[0]!
    const isNaN = (bits & 0x7fffffff) > 0x7f800000
    result[i] = isNaN ? (bits >>> 16) | 0x40 : roundedShift(bits, 16)
  }
  return result
}

/** `value >>> by`, rounded to the nearest, ties to even. */
function roundedShift(value: number, by: number): number {
  const kept = value >>> by
  const lost = value & ((1 << by) - 1)
  const half = 1 << (by - 1)
  return lost > half || (lost === half && (kept & 1) === 1) ? kept + 1 : kept
}
