/** The plane of the two weights, and the bias on a line below it. */
export const PLANE = 300
/** Where the line of the bias lies below the plane. */
export const BIAS_Y = PLANE + 34
export const PLANE_HEIGHT = PLANE + 52
const RIM = 14

/** A round number that no weight lies beyond; the same for all pictures of nearly the same size. */
export function planeReach(weights: readonly (readonly number[])[]): number {
  const most = Math.max(1.5, ...weights.flatMap((each) => each.map(Math.abs)).filter(Number.isFinite))
  let reach = 2
  while (reach < most) reach *= reach % 3 === 0 ? 4 / 3 : 1.5
  return Math.round(reach)
}

export const planePlace =
  (reach: number) =>
  ([x, y]: readonly [number, number]): readonly [number, number] => [
    PLANE / 2 + (x / reach) * (PLANE / 2 - RIM),
    PLANE / 2 - (y / reach) * (PLANE / 2 - RIM),
  ]

/** A line through all places in turn. */
export const trailPath = (places: readonly (readonly [number, number])[]): string =>
  places.length < 2 ? '' : `M${places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`
