import type { JSX } from 'preact'
import type { CurvePoint, SurfaceFrame } from '../../core/protocol.ts'
import { logPlace } from '../../draw/log-scale.ts'
import { useNumbers, usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'

const WIDTH = 300
const HEIGHT = 90

/** What came of the steps so far: the last ones one by one, and the whole way. */
export function JudgeCurves({
  frame,
  pinned,
}: {
  readonly frame: SurfaceFrame
  readonly pinned: SurfaceFrame | undefined
}): JSX.Element {
  return (
    <div class="judge-curves">
      <RecentSteps recent={frame.recent} />
      <WholeCurve curve={frame.curve} pinned={pinned?.curve} />
    </div>
  )
}

/** The last steps one by one: hollow what the slope promised, filled what came. */
function RecentSteps({ recent }: { readonly recent: SurfaceFrame['recent'] }): JSX.Element {
  const { surface } = useLaterWords()
  const title = surface.recent(recent.length)
  if (recent.length === 0) return <></>
  const all = recent.map(({ actual }) => actual)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  // A promise far below everything that came is drawn at the edge.
  const promised = Math.min(...recent.map(({ predicted }) => predicted))
  const low = Math.min(least, Math.max(least - (most - least), promised))
  const room = Math.max(most - low, 1e-12 * Math.abs(most)) * 0.08
  const x = (i: number): number => ((i + 0.5) / Math.max(recent.length, 6)) * WIDTH
  const y = (value: number): number =>
    HEIGHT * (1 - Math.max(0, Math.min(1, (value - low + room) / (most - low + 2 * room))))
  return (
    <figure class="recent">
      <svg viewBox={`-6 -6 ${WIDTH + 12} ${HEIGHT + 12}`} role="img" aria-label={title}>
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        <path
          class="recent-line"
          d={`M${recent.map(({ actual }, i) => `${x(i).toFixed(1)} ${y(actual).toFixed(1)}`).join('L')}`}
        />
        {recent.map(({ step, predicted, actual }, i) => (
          <g key={step}>
            <circle class="mark-predicted" cx={x(i)} cy={y(predicted)} r="4.2" />
            <circle class="mark-actual" cx={x(i)} cy={y(actual)} r="3" />
          </g>
        ))}
      </svg>
      <figcaption aria-hidden="true">
        {title}
        <br />○ {surface.recentKeys[0]} <span class="gap" /> ● {surface.recentKeys[1]}
      </figcaption>
    </figure>
  )
}

/** The loss of the whole way; each tenth of its height is the same factor. */
function WholeCurve({
  curve,
  pinned,
}: {
  readonly curve: readonly CurvePoint[]
  readonly pinned: readonly CurvePoint[] | undefined
}): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { judge } = messages
  const { surface } = useLaterWords()
  const all = [...curve, ...(pinned ?? [])].filter(({ loss }) => Number.isFinite(loss) && loss > 0)
  const losses = all.map(({ loss }) => loss)
  const [low, high] = [Math.min(...losses) / 1.5, Math.max(...losses) * 1.5]
  const steps = Math.max(1, ...all.map(({ step }) => step))
  const path = (points: readonly CurvePoint[]): string => {
    const places = points
      .filter(({ loss }) => Number.isFinite(loss) && loss > 0)
      .map(({ step, loss }) => `${((step / steps) * WIDTH).toFixed(1)} ${logPlace(loss, low, high, HEIGHT).toFixed(1)}`)
    return places.length === 0 ? '' : `M${places.join('L')}`
  }
  const told = (points: readonly CurvePoint[]): string => {
    const [first, last] = [points[0], points.at(-1)]
    return judge.curve(print(first?.loss ?? 0), print(last?.loss ?? 0), last?.step ?? 0)
  }
  if (steps < 2) return <></>
  return (
    <figure class="curve">
      <svg
        viewBox={`-1 -3 ${WIDTH + 2} ${HEIGHT + 6}`}
        role="img"
        aria-label={pinned === undefined ? told(curve) : `A: ${told(curve)} B: ${told(pinned)}`}
        preserveAspectRatio="none"
      >
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        {pinned !== undefined && <path class="curve-pinned" d={path(pinned)} />}
        <path class="curve-train" d={path(curve)} />
      </svg>
      <figcaption aria-hidden="true">
        {surface.curve}
        {pinned !== undefined && <span class="key-pinned"> {judge.curvePinned}</span>}
      </figcaption>
    </figure>
  )
}
