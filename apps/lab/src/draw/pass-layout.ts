import { GIVENS, OPERATIONS, WEIGHTS } from '../core/scalar-graph.ts'

/** Where each box of the written-out network lies. */
export interface BoxPlace {
  readonly name: string
  readonly x: number
  readonly y: number
}

export const BOX_WIDTH = 68
export const BOX_HEIGHT = 46
export const PASS_WIDTH = 968
export const PASS_HEIGHT = 448

/** Columns from left to right: what is given, products, sums, bias, σ, and the same again for the output. */
const PLACES: Readonly<Record<string, readonly [column: number, row: number]>> = {
  x1: [0, 3.5],
  x2: [0, 4.5],
  w11: [0, 0],
  w12: [0, 1],
  b1: [1, 2.1],
  w21: [0, 7],
  w22: [0, 8],
  b2: [1, 5.9],
  p11: [1, 0],
  p12: [1, 1],
  s1: [2, 0.5],
  z1: [3, 0.9],
  h1: [4, 0.9],
  p21: [1, 7],
  p22: [1, 8],
  s2: [2, 7.5],
  z2: [3, 7.1],
  h2: [4, 7.1],
  v1: [4, 2.6],
  v2: [4, 5.4],
  q1: [5, 2],
  q2: [5, 6],
  s: [6, 4],
  c: [6, 5.6],
  z: [7, 4],
  y: [8, 4],
  t: [8, 5.6],
  e: [9, 4],
  L: [10, 4],
}

export const boxes: readonly BoxPlace[] = [...GIVENS, ...WEIGHTS, ...OPERATIONS.map(({ name }) => name)].map((name) => {
  const [column, row] = PLACES[name]!
  return { name, x: 38 + column * 89, y: 30 + row * 48.5 }
})

/** The wire from one box to another. */
export function passWire(from: BoxPlace, to: BoxPlace): string {
  const [x0, x1] = [from.x + BOX_WIDTH / 2, to.x - BOX_WIDTH / 2]
  if (x1 < x0)
    return `M${from.x} ${from.y - Math.sign(from.y - to.y) * (BOX_HEIGHT / 2)}L${to.x} ${to.y + Math.sign(from.y - to.y) * (BOX_HEIGHT / 2)}`
  const middle = (x0 + x1) / 2
  return `M${x0} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x1} ${to.y}`
}

/** The width of a stream of blame: with the root of its size, so that faint streams still show. */
export function blameWidth(gradient: number, most: number): number {
  const share = most === 0 ? 0 : Math.abs(gradient) / most
  return Number.isFinite(share) ? 0.8 + 7.2 * Math.sqrt(share) : 8
}
