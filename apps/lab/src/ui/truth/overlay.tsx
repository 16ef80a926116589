import type { JSX } from 'preact'
import { ROWS } from '../../core/truth.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { zeroContour } from '../../draw/contour.ts'
import { closedPath, convexHull, type Spot } from '../../draw/hull.ts'

/** The hulls of both classes, where they meet, and the boundary where it is no straight line. */
export function Overlay({
  frame,
  place,
  side,
  hasHulls,
}: {
  readonly frame: TruthFrame
  readonly place: (spot: Spot) => Spot
  readonly side: number
  readonly hasHulls: boolean
}): JSX.Element {
  const { inputs, labels } = frame.points
  const { size, sums } = frame.surface
  const spots = Array.from({ length: ROWS }, (_, row): Spot => [inputs[2 * row]!, inputs[2 * row + 1]!])
  const hullOf = (label: number): string =>
    closedPath(convexHull(spots.filter((_, row) => labels[row] === label)).map(place))
  const meeting = frame.meeting === undefined ? undefined : place([frame.meeting.place[0]!, frame.meeting.place[1]!])
  return (
    <>
      {hasHulls && (
        <>
          <path class="hull minus" d={hullOf(0)} />
          <path class="hull plus" d={hullOf(1)} />
        </>
      )}
      {frame.feature !== 'none' && sums.every(Number.isFinite) && (
        <path
          class="contour"
          d={zeroContour(sums, size)}
          transform={`scale(${side})`}
          vector-effect="non-scaling-stroke"
        />
      )}
      {hasHulls && meeting !== undefined && (
        <path class="meeting" d={`M${meeting[0] - 6} ${meeting[1]}l6 -6l6 6l-6 6z`} />
      )}
    </>
  )
}
