import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { curveFrame, curvePath } from '../../draw/curve.ts'
import { useNumbers } from '../context.ts'
import { useTruth } from './use-truth.ts'

const WIDTH = 300
const HEIGHT = 80

/** The loss of a logistic unit over its steps. */
export function LossCurve({ frame: { curve } }: { readonly frame: TruthFrame }): JSX.Element {
  const { judge: words } = useTruth()
  const print = useNumbers()
  const axes = curveFrame([curve], WIDTH, HEIGHT)
  const [first, last] = [curve[0], curve.at(-1)]
  return (
    <figure class="curve">
      <svg
        viewBox={`-1 -3 ${WIDTH + 2} ${HEIGHT + 6}`}
        role="img"
        aria-label={words.curve(print(first?.loss ?? 0), print(last?.loss ?? 0), last?.step ?? 0)}
        preserveAspectRatio="none"
      >
        <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
        <path class="curve-train" d={curvePath(curve, 'loss', axes)} />
      </svg>
    </figure>
  )
}
