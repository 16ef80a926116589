import { cos, sin } from '../../math/trigonometry.ts'

/**
 * The discrete Fourier transform of complex numbers of one length, any length; quick where it is a product of small
 * numbers. Stockham's form: every pass takes one factor and leaves the numbers in order.
 */
export class Fourier {
  readonly size: number
  /** Input and result of `transform`. */
  readonly real: Float64Array
  readonly imaginary: Float64Array
  private readonly factors: readonly number[]
  private readonly cosines: Float64Array
  private readonly sines: Float64Array
  private readonly otherReal: Float64Array
  private readonly otherImaginary: Float64Array

  constructor(size: number) {
    this.size = size
    this.real = new Float64Array(size)
    this.imaginary = new Float64Array(size)
    this.otherReal = new Float64Array(size)
    this.otherImaginary = new Float64Array(size)
    this.factors = factorsOf(size)
    this.cosines = new Float64Array(size)
    this.sines = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      const angle = (2 * Math.PI * i) / size
      this.cosines[i] = cos(angle)
      this.sines[i] = -sin(angle)
    }
  }

  /** Replaces `real` and `imaginary` by their transform. */
  transform(): void {
    const { real, imaginary, otherReal, otherImaginary } = this
    let stride = 1
    let isSwapped = false
    for (const factor of this.factors) {
      const from = isSwapped ? [otherReal, otherImaginary] : [real, imaginary]
      const into = isSwapped ? [real, imaginary] : [otherReal, otherImaginary]
      if (factor === 2) this.passOfTwo(stride, from[0]!, from[1]!, into[0]!, into[1]!)
      else if (factor === 4) this.passOfFour(stride, from[0]!, from[1]!, into[0]!, into[1]!)
      else this.pass(factor, stride, from[0]!, from[1]!, into[0]!, into[1]!)
      stride *= factor
      isSwapped = !isSwapped
    }
    if (!isSwapped) return
    real.set(otherReal)
    imaginary.set(otherImaginary)
  }

  private passOfTwo(
    stride: number,
    fromReal: Float64Array,
    fromImaginary: Float64Array,
    real: Float64Array,
    imaginary: Float64Array,
  ): void {
    const { cosines, sines } = this
    const half = this.size / 2
    for (let start = 0; start < half; start += stride) {
      const wr = cosines[start]!
      const wi = sines[start]!
      for (let q = 0; q < stride; q++) {
        const a = start + q
        const b = a + half
        const into = a + start
        const dr = fromReal[a]! - fromReal[b]!
        const di = fromImaginary[a]! - fromImaginary[b]!
        real[into] = fromReal[a]! + fromReal[b]!
        imaginary[into] = fromImaginary[a]! + fromImaginary[b]!
        real[into + stride] = dr * wr - di * wi
        imaginary[into + stride] = dr * wi + di * wr
      }
    }
  }

  private passOfFour(
    stride: number,
    fromReal: Float64Array,
    fromImaginary: Float64Array,
    real: Float64Array,
    imaginary: Float64Array,
  ): void {
    const { cosines, sines } = this
    const quarter = this.size / 4
    for (let start = 0; start < quarter; start += stride) {
      const w1r = cosines[start]!
      const w1i = sines[start]!
      const w2r = cosines[2 * start]!
      const w2i = sines[2 * start]!
      const w3r = cosines[3 * start]!
      const w3i = sines[3 * start]!
      for (let q = 0; q < stride; q++) {
        const a = start + q
        const b = a + quarter
        const c = b + quarter
        const d = c + quarter
        const into = a + 3 * start
        const acr = fromReal[a]! + fromReal[c]!
        const aci = fromImaginary[a]! + fromImaginary[c]!
        const bdr = fromReal[b]! + fromReal[d]!
        const bdi = fromImaginary[b]! + fromImaginary[d]!
        const amcr = fromReal[a]! - fromReal[c]!
        const amci = fromImaginary[a]! - fromImaginary[c]!
        const bmdr = fromReal[b]! - fromReal[d]!
        const bmdi = fromImaginary[b]! - fromImaginary[d]!
        // One quarter turn: (b - d) times -i.
        const oneR = amcr + bmdi
        const oneI = amci - bmdr
        const twoR = acr - bdr
        const twoI = aci - bdi
        const threeR = amcr - bmdi
        const threeI = amci + bmdr
        real[into] = acr + bdr
        imaginary[into] = aci + bdi
        real[into + stride] = oneR * w1r - oneI * w1i
        imaginary[into + stride] = oneR * w1i + oneI * w1r
        real[into + 2 * stride] = twoR * w2r - twoI * w2i
        imaginary[into + 2 * stride] = twoR * w2i + twoI * w2r
        real[into + 3 * stride] = threeR * w3r - threeI * w3i
        imaginary[into + 3 * stride] = threeR * w3i + threeI * w3r
      }
    }
  }

  /** A pass for any factor, by the definition. */
  private pass(
    factor: number,
    stride: number,
    fromReal: Float64Array,
    fromImaginary: Float64Array,
    real: Float64Array,
    imaginary: Float64Array,
  ): void {
    const { cosines, sines, size } = this
    const part = size / factor
    for (let start = 0; start < part; start += stride) {
      for (let r = 0; r < factor; r++) {
        const wr = cosines[start * r]!
        const wi = sines[start * r]!
        for (let q = 0; q < stride; q++) {
          let sumR = 0
          let sumI = 0
          for (let j = 0; j < factor; j++) {
            const turn = ((j * r) % factor) * part
            const at = start + q + part * j
            sumR += fromReal[at]! * cosines[turn]! - fromImaginary[at]! * sines[turn]!
            sumI += fromReal[at]! * sines[turn]! + fromImaginary[at]! * cosines[turn]!
          }
          const into = start * factor + r * stride + q
          real[into] = sumR * wr - sumI * wi
          imaginary[into] = sumR * wi + sumI * wr
        }
      }
    }
  }
}

/** Fours first, then the prime factors. */
function factorsOf(size: number): number[] {
  const factors: number[] = []
  let rest = size
  const take = (factor: number): void => {
    while (rest % factor === 0) {
      factors.push(factor)
      rest /= factor
    }
  }
  take(4)
  for (let factor = 2; factor * factor <= rest; factor++) take(factor)
  // What no smaller number divides is prime.
  if (rest > 1) factors.push(rest)
  return factors
}
