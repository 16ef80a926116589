import { lineInSquare } from './line.ts'

export type Point = readonly [x: number, y: number]

/** The numbers of a neuron that decide where its line lies. */
export interface LineNumbers {
  readonly weights: readonly [number, number]
  readonly bias: number
  readonly threshold: number
}

/** The part of a neuron's line inside the picture; undefined where none is to be seen. */
export function lineInPicture(
  { weights: [a, b], bias, threshold }: LineNumbers,
  low: number,
  high: number,
): readonly [Point, Point] | undefined {
  if (a === 0 && b === 0) return undefined
  const middle = (low + high) / 2
  const found = lineInSquare(a, b, bias - threshold + (a + b) * middle, (high - low) / 2)
  return found === undefined
    ? undefined
    : [
        [found[0] + middle, found[1] + middle],
        [found[2] + middle, found[3] + middle],
      ]
}

export const between = ([x0, y0]: Point, [x1, y1]: Point, share: number): Point => [
  x0 + (x1 - x0) * share,
  y0 + (y1 - y0) * share,
]

const short = (value: number): number => Math.round(value * 1000) / 1000

/** The bias with which the line goes through a place. */
export function shifted({ weights: [a, b], threshold }: LineNumbers, [x, y]: Point): number {
  return short(threshold - a * x - b * y)
}

/** Weights and bias with which the line goes through a pivot and another place; the weights keep their length and side. */
export function turned(
  { weights: [a, b], threshold }: LineNumbers,
  pivot: Point,
  [x, y]: Point,
): { readonly weights: readonly [number, number]; readonly bias: number } | undefined {
  const [dx, dy] = [x - pivot[0], y - pivot[1]]
  const size = Math.sqrt(dx * dx + dy * dy)
  if (size < 1e-3) return undefined
  const length = Math.sqrt(a * a + b * b)
  const side = a * -dy + b * dx >= 0 ? 1 : -1
  const weights = [short((side * length * -dy) / size), short((side * length * dx) / size)] as const
  return { weights, bias: short(threshold - weights[0] * pivot[0] - weights[1] * pivot[1]) }
}

/** An arrow from a spot of the picture to the side on which a neuron says yes. */
export function arrowPath([a, b]: readonly [number, number], [x, y]: Point): string {
  const length = Math.sqrt(a * a + b * b)
  const [ux, uy] = [a / length, -b / length]
  const tip = [x + 34 * ux, y + 34 * uy] as const
  const wing = (side: number): string =>
    `${(tip[0] - 8 * ux + side * 4 * uy).toFixed(1)} ${(tip[1] - 8 * uy - side * 4 * ux).toFixed(1)}`
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${tip.map((value) => value.toFixed(1)).join(' ')}M${wing(1)}L${tip.join(' ')}L${wing(-1)}`
}
