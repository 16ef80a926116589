import type { JSX } from 'preact'
import type { CurvePoint } from '../core/protocol.ts'
import { curveFrame, curvePath } from '../draw/curve.ts'
import { useNumbers, usePage } from './context.ts'

const WIDTH = 300
const HEIGHT = 90

/** The loss on the examples and on fresh ones, and on the pinned run where there is one. */
export function Curve({
  curve,
  pinned,
}: {
  readonly curve: readonly CurvePoint[]
  readonly pinned: readonly CurvePoint[] | undefined
}): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { judge } = messages
  const axes = curveFrame(pinned === undefined ? [curve] : [curve, pinned], WIDTH, HEIGHT)
  const hasFresh = Number.isFinite(curve[0]?.fresh)
  const told = (points: readonly CurvePoint[]): string => {
    const [first, last] = [points[0], points.at(-1)]
    return judge.curve(print(first?.loss ?? 0), print(last?.loss ?? 0), last?.step ?? 0)
  }
  const label = pinned === undefined ? told(curve) : `A: ${told(curve)} B: ${told(pinned)}`
  return (
    <figure class="curve">
      <svg viewBox={`-1 -3 ${WIDTH + 2} ${HEIGHT + 6}`} role="img" aria-label={label} preserveAspectRatio="none">
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        {pinned !== undefined && <path class="curve-pinned" d={curvePath(pinned, 'loss', axes)} />}
        <path class="curve-fresh" d={curvePath(curve, 'fresh', axes)} />
        <path class="curve-train" d={curvePath(curve, 'loss', axes)} />
      </svg>
      {/* A curve that stands alone needs no key. */}
      {(hasFresh || pinned !== undefined) && (
        <figcaption aria-hidden="true">
          {hasFresh && (
            <>
              <span class="key-train">{judge.curveTrain}</span> <span class="key-fresh">{judge.curveFresh}</span>
            </>
          )}
          {pinned !== undefined && <span class="key-pinned"> {judge.curvePinned}</span>}
        </figcaption>
      )}
    </figure>
  )
}
