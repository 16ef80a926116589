import type { Spot } from './hull.ts'

export const LIFTED_WIDTH = 300
export const LIFTED_HEIGHT = 230

/** Across, into the picture, and up. */
export type Place3 = readonly [x: number, y: number, height: number]

/** Heights that have room; a floor of -0.35 to 1.35 each way does, too. */
const LOWEST = -0.6
const HIGHEST = 1.7

/** Looking down on the floor from the front: x to the right, y backwards, the height upwards. */
export const onPaper = ([x, y, height]: Place3): Spot => [62 + 128 * x + 62 * y, 186 - 46 * y - 74 * height]

/** Where `a x + b y + c height + d` is 0, over the floor between `low` and `high`, as far as there is room for it. */
export function planePatch(
  [a, b, c]: readonly [number, number, number],
  d: number,
  low: number,
  high: number,
): readonly Place3[] {
  const corners: readonly Spot[] = [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ]
  if (c === 0) return uprightPatch(a, b, d, corners)
  const patch = corners.map(([x, y]): Place3 => [x, y, -(a * x + b * y + d) / c])
  if (!patch.every(([, , height]) => Number.isFinite(height))) return []
  return clipped(
    clipped(patch, (height) => height - LOWEST),
    (height) => HIGHEST - height,
  )
}

/** A plane that no height enters stands upright over a line of the floor. */
function uprightPatch(a: number, b: number, d: number, corners: readonly Spot[]): readonly Place3[] {
  const ends: Spot[] = []
  for (const [i, [x0, y0]] of corners.entries()) {
    const [x1, y1] = corners[(i + 1) % corners.length]!
    const [from, to] = [a * x0 + b * y0 + d, a * x1 + b * y1 + d]
    if (from >= 0 === to >= 0) continue
    const share = from / (from - to)
    ends.push([x0 + share * (x1 - x0), y0 + share * (y1 - y0)])
  }
  const [first, second] = ends
  if (first === undefined || second === undefined) return []
  return [
    [...first, -0.15],
    [...second, -0.15],
    [...second, 1.15],
    [...first, 1.15],
  ]
}

/** The part of a flat shape where `inside` of the height is not below 0. */
function clipped(corners: readonly Place3[], inside: (height: number) => number): readonly Place3[] {
  return corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % corners.length]!
    const [here, there] = [inside(corner[2]), inside(next[2])]
    const kept: Place3[] = here >= 0 ? [corner] : []
    if (here >= 0 === there >= 0) return kept
    const share = here / (here - there)
    const between = corner.map((value, k) => value + share * (next[k]! - value)) as unknown as Place3
    return [...kept, between]
  })
}

/** How far the two diagonals of a square lie apart where they pass its middle, from the heights of 00, 01, 10 and 11. */
export function diagonalHeights([h00, h01, h10, h11]: ArrayLike<number> & Iterable<number>): readonly [number, number] {
  return [(h00! + h11!) / 2, (h01! + h10!) / 2]
}
