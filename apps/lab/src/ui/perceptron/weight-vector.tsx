import '../../theme/weight-vector.css'
import type { JSX } from 'preact'
import type { MistakeView, PerceptronFrame } from '../../core/protocol.ts'
import { arrowPath } from '../../draw/point-paths.ts'
import { BIAS_Y, PLANE, PLANE_HEIGHT, planePlace, planeReach, trailPath } from '../../draw/weight-plane.ts'
import { useNumbers, usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { shown } from '../shown.ts'
import { Value } from '../value.tsx'
import { lastSentence } from './sentences.ts'

/** So many corrections leave a trail. */
const TRAIL = 60
const NUMBERS = [
  { name: 'w1', path: '0.weight', index: 0 },
  { name: 'w2', path: '0.weight', index: 1 },
  { name: 'b', path: '0.bias', index: 0 },
] as const

const tipOf = ([w1, w2]: readonly number[]): readonly [number, number] => [w1!, w2!]

/** The weights as an arrow, and the example that was added to it last, or taken from it. */
export function WeightVector({ frame }: { readonly frame: PerceptronFrame }): JSX.Element {
  const { messages } = usePage()
  const { perceptron } = useLaterWords()
  const print = useNumbers()
  const trail = frame.mistakes.slice(-TRAIL)
  const last = trail.at(-1)
  const all = [frame.weights, ...trail.flatMap(({ before, after }) => [before, after])]
  const reach = planeReach(all)
  const place = planePlace(reach)
  const [origin, tip] = [place([0, 0]), place(tipOf(frame.weights))]
  const across = (value: number): number => place([value, 0])[0]
  const bias = frame.weights.at(-1)!
  return (
    <div class="weight-vector">
      <div class="vector-ground">
        <svg viewBox={`0 0 ${PLANE} ${PLANE_HEIGHT}`} role="img" aria-label={perceptron.vector}>
          <path
            class="axes-lines"
            d={`M${origin[0]} 0V${PLANE}M0 ${origin[1]}H${PLANE}M${across(-reach)} ${BIAS_Y}H${across(reach)}M${origin[0]} ${BIAS_Y - 5}v10`}
          />
          <text class="axis-name" x={PLANE - 4} y={origin[1] - 6} text-anchor="end">
            w₁ →
          </text>
          <text class="axis-name" x={origin[0] + 6} y="12">
            ↑ w₂
          </text>
          <text class="axis-name" x={across(reach)} y={origin[1] + 15} text-anchor="end">
            {print(reach, 1)}
          </text>
          <text class="axis-name" x={across(reach)} y={BIAS_Y - 8} text-anchor="end">
            b →
          </text>
          <path
            class="trail"
            d={trailPath(
              trail.length === 0
                ? []
                : [trail[0]!.before, ...trail.map(({ after }) => after)].map((each) => place(tipOf(each))),
            )}
          />
          {last !== undefined && <path class="before-arrow" d={arrowPath(origin, place(tipOf(last.before)))} />}
          <path class="weight-arrow" d={arrowPath(origin, tip, 12)} />
          {last !== undefined && <Added last={last} place={place} across={across} />}
          <circle class="weight-tip" cx={tip[0]} cy={tip[1]} r="3" />
          <circle class="weight-tip" cx={across(bias)} cy={BIAS_Y} r="4" />
        </svg>
      </div>
      <p class="sum-sentence" data-sentence>
        {lastSentence(frame, messages)}
      </p>
      <SumOfLast frame={frame} last={last} />
    </div>
  )
}

/** The arrow that was added, from where the weights were to where they went; its third number moves the bias. */
function Added({
  last,
  place,
  across,
}: {
  readonly last: MistakeView
  readonly place: (point: readonly [number, number]) => readonly [number, number]
  readonly across: (value: number) => number
}): JSX.Element {
  const [from, to] = [place(tipOf(last.before)), place(tipOf(last.after))]
  const [low, high] = [across(last.before.at(-1)!), across(last.after.at(-1)!)]
  const sign = last.sign > 0 ? 'plus' : 'minus'
  return (
    <g key={last.step} class={`added ${sign}`}>
      <g class="grow" style={{ transformOrigin: `${from[0]}px ${from[1]}px` }}>
        <path d={arrowPath(from, to, 9)} />
      </g>
      <g class="grow" style={{ transformOrigin: `${low}px ${BIAS_Y}px` }}>
        <path d={arrowPath([low, BIAS_Y], [high, BIAS_Y], 7)} />
      </g>
    </g>
  )
}

/** Before, the example, after: three numbers each. What is now can be opened. */
function SumOfLast({
  frame,
  last,
}: {
  readonly frame: PerceptronFrame
  readonly last: MistakeView | undefined
}): JSX.Element {
  const { perceptron } = useLaterWords()
  const print = useNumbers()
  return (
    <table class="weight-sum">
      <thead>
        <tr>
          <td />
          {NUMBERS.map(({ name }) => (
            <th scope="col" key={name}>
              {shown(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {last !== undefined && (
          <>
            <tr>
              <th scope="row">{perceptron.before}</th>
              {last.before.map((value, k) => (
                <td key={k}>{print(value)}</td>
              ))}
            </tr>
            <tr class={last.sign > 0 ? 'plus' : 'minus'}>
              <th scope="row">
                {last.sign > 0 ? '+' : '−'} {perceptron.point(last.point + 1)} {last.sign > 0 ? '●' : '▲'}
              </th>
              {last.example.map((value, k) => (
                <td key={k}>{print(value)}</td>
              ))}
            </tr>
          </>
        )}
        <tr class="total">
          <th scope="row">{perceptron.now}</th>
          {NUMBERS.map(({ name, path, index }, k) => (
            <td key={name}>
              <Value address={{ kind: 'parameter', path, index }} value={frame.weights[k]!} name={shown(name)} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
