import { erf } from '../../math/erf.ts'
import type { RandomStream } from '../../math/random.ts'

const CELLS = 4096
/** Numbers made of 16 bits each: a cell of the table and 16 places in it. */
const PLACES = 65536

let quantiles: Float64Array | undefined

/** Adds normal noise, of 16 bits per number and at most 4.3 deviations: ten times as fast as `fillNormal`. */
export function addNormal(values: Float32Array, deviation: number, stream: RandomStream): void {
  quantiles ??= makeQuantiles()
  for (let i = 0; i < values.length; i += 2) {
    const word = stream.bits()
    values[i] = values[i]! + deviation * quantileOf(word & 0xffff, quantiles)
    if (i + 1 < values.length) values[i + 1] = values[i + 1]! + deviation * quantileOf(word >>> 16, quantiles)
  }
}

/** Random words that `addNormal` draws. */
export function wordsOfNormal(count: number): number {
  return Math.ceil(count / 2)
}

function quantileOf(place: number, table: Float64Array): number {
  const cell = place >>> 4
  return table[cell]! + (table[cell + 1]! - table[cell]!) * (((place & 15) + 0.5) / 16)
}

/** Where the normal distribution reaches each of the parts 0 to CELLS; the ends lie half a place inside. */
function makeQuantiles(): Float64Array {
  const table = new Float64Array(CELLS + 1)
  for (let i = 0; i < CELLS / 2; i++) {
    const quantile = quantileAt(Math.max(i / CELLS, 0.5 / PLACES))
    table[i] = quantile
    table[CELLS - i] = -quantile
  }
  return table
}

/** The quantile of a probability below one half, by bisection. */
function quantileAt(probability: number): number {
  let low = -5
  let high = 0
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (0.5 + 0.5 * erf(middle * Math.SQRT1_2) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
