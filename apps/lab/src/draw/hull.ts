/** A place in a picture or in the plane. */
export type Spot = readonly [x: number, y: number]

/** The corners of the smallest convex shape that holds all places, in their order around it; a line has two, a place one. */
export function convexHull(spots: readonly Spot[]): Spot[] {
  const sorted = [...spots].sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
  const distinct = sorted.filter(([x, y], i) => i === 0 || x !== sorted[i - 1]![0] || y !== sorted[i - 1]![1])
  if (distinct.length < 3) return distinct
  // Along the lower border, and back along the upper one.
  const border = (places: readonly Spot[]): Spot[] => {
    const kept: Spot[] = []
    for (const spot of places) {
      while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, spot) <= 0) kept.pop()
      kept.push(spot)
    }
    return kept.slice(0, -1)
  }
  return [...border(distinct), ...border(distinct.toReversed())]
}

/** Above 0 for a turn to the left from `a` over `b` to `c`, 0 for none. */
const turn = ([ax, ay]: Spot, [bx, by]: Spot, [cx, cy]: Spot): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

/** Corners as the path of an SVG; a stretch between two is drawn once. */
export const closedPath = (corners: readonly Spot[]): string =>
  corners.length === 0
    ? ''
    : `M${corners.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}${corners.length > 2 ? 'Z' : ''}`
