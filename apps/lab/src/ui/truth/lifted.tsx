import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { rowName, ROWS, XNOR, XOR } from '../../core/truth.ts'
import { closedPath, convexHull, type Spot } from '../../draw/hull.ts'
import { diagonalHeights, LIFTED_HEIGHT, LIFTED_WIDTH, onPaper, type Place3, planePatch } from '../../draw/lifted.ts'
import { rowMark } from '../../draw/marks.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'

/** The rows with the third input as their height: what meets on the floor may pass above. */
export function Lifted({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab } = usePage()
  const { lifted: words } = useLaterWords().truth
  const print = useShortNumbers()
  const { inputs, labels, features } = frame.points
  const { low, high } = frame.surface
  const places = Array.from({ length: ROWS }, (_, row): Place3 => [
    inputs[2 * row]!,
    inputs[2 * row + 1]!,
    features?.[row] ?? 0,
  ])
  const floor = places.map(([x, y]): Place3 => [x, y, 0])
  const hullOf = (label: number): string =>
    closedPath(convexHull(places.filter((_, row) => labels[row] === label).map(onPaper)))
  const weights = frame.weights
  const plane = planePatch(
    [weights[0]!, weights[1]!, features === undefined ? 0 : weights[2]!],
    weights.at(-1)!,
    low,
    high,
  )
  const { table = 0 } = lab.run.value.spec.data
  const heights = features === undefined ? undefined : diagonalHeights(features)
  const crossing = places.reduce(([x, y], [px, py]): Spot => [x + px / ROWS, y + py / ROWS], [0, 0] as Spot)
  const isCrossed = table === XOR || table === XNOR
  const gap = heights === undefined ? 0 : Math.abs(heights[0] - heights[1])
  const told =
    features === undefined ? words.flat : isCrossed ? (gap === 0 ? words.same : words.apart(print(gap))) : words.up
  const ground = [
    [low, low, 0],
    [high, low, 0],
    [high, high, 0],
    [low, high, 0],
  ].map((corner) => onPaper(corner as unknown as Place3))
  return (
    <div class="lifted">
      <svg
        viewBox={`0 0 ${LIFTED_WIDTH} ${LIFTED_HEIGHT}`}
        role="img"
        aria-label={words.picture(places.map(([, , height], row) => `${rowName(row)}: ${print(height)}`).join('; '))}
      >
        <path class="lifted-floor" d={closedPath(ground)} />
        <path class="lifted-plane" d={closedPath(plane.map(onPaper))} />
        {floor.map((place, row) => {
          const [[x0, y0], [x1, y1]] = [onPaper(place), onPaper(places[row]!)]
          return <path key={row} class="lifted-stem" d={`M${x0} ${y0}L${x1} ${y1}`} />
        })}
        <path class="hull minus" d={hullOf(0)} />
        <path class="hull plus" d={hullOf(1)} />
        {heights !== undefined && isCrossed && gap > 0 && (
          <path
            class="lifted-gap"
            d={`M${onPaper([...crossing, heights[0]]).join(' ')}L${onPaper([...crossing, heights[1]]).join(' ')}`}
          />
        )}
        {places.map((place, row) => {
          const [x, y] = onPaper(place)
          return (
            <g key={row}>
              <path {...rowMark(labels[row]!, x, y, 7)} />
              <text class="row-name" x={x + (place[0] < 0.5 ? -18 : 18)} y={y + 4}>
                {rowName(row)}
              </text>
            </g>
          )
        })}
      </svg>
      <p class="lifted-text" data-gap={features === undefined ? '' : gap}>
        {told} {features !== undefined && words.plane}
      </p>
    </div>
  )
}
