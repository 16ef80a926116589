/** Where the parts of one neuron lie in its picture, and how its sum is drawn as bars. */
export const NEURON_WIDTH = 400
export const NEURON_HEIGHT = 158

/** The middle of a part, and how wide it is: a number of six characters fits in each that can hold one. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
}

export const INPUT_PLACES: readonly [Place, Place] = [
  { x: 36, y: 34, width: 58 },
  { x: 36, y: 90, width: 58 },
]
export const WEIGHT_PLACES: readonly [Place, Place] = [
  { x: 130, y: 38, width: 76 },
  { x: 130, y: 86, width: 76 },
]
export const BIAS_PLACE: Place = { x: 130, y: 132, width: 76 }
export const SUM_PLACE: Place = { x: 240, y: 62, width: 76 }
export const OUTPUT_PLACE: Place = { x: 348, y: 62, width: 92 }
export const PART_HEIGHT = 34

/** The wire from an input, or from the bias, to the sum. */
export function neuronWire(from: Place, to: Place = SUM_PLACE): string {
  const [x0, x1] = [from.x + from.width / 2, to.x - to.width / 2]
  const middle = x0 + (x1 - x0) * 0.5
  return `M${x0} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x1} ${to.y}`
}

/** One term of a sum as a bar: it begins where the one before ended. */
export interface SumBar {
  readonly from: number
  readonly to: number
}

export function sumBars(terms: readonly number[]): SumBar[] {
  let at = 0
  return terms.map((term) => {
    const from = at
    at += term
    return { from, to: at }
  })
}

/** How far an axis must reach to both sides so that bars and threshold fit, in round numbers. */
export function barReach(bars: readonly SumBar[], threshold: number): number {
  const most = Math.max(1, Math.abs(threshold), ...bars.flatMap(({ from, to }) => [Math.abs(from), Math.abs(to)]))
  return Number.isFinite(most) ? Math.ceil(most * 1.1 * 2) / 2 : 1
}
