import '../../theme/weight-vector.css'
import type { JSX } from 'preact'
import type { PerceptronFrame } from '../../core/protocol.ts'
import type { Growth } from '../../draw/growth.ts'
import { passTicks, TIMELINE_HEIGHT, TIMELINE_WIDTH, timelinePaths } from '../../draw/mistake-timeline.ts'
import { useNumbers, usePage } from '../context.ts'
import { LaterPart, useLaterWords } from '../later-part.tsx'
import { Value } from '../value.tsx'
import { readingsOf } from './readings.ts'
import { boundSentence } from './sentences.ts'

/** How many corrections it took, how many it can take at most, and when they happened. */
export function PerceptronJudge({
  frame,
  pinned,
}: {
  readonly frame: PerceptronFrame
  readonly pinned: PerceptronFrame | undefined
}): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { judge } = messages
  const { perceptron } = useLaterWords()
  const { bound } = frame
  const { updates, most, wrong } = readingsOf(frame, perceptron)
  const readings: readonly (readonly [string, string, string])[] = [
    ['updates', perceptron.updates, updates],
    ['most', perceptron.most, most],
    ['wrong', perceptron.wrong, wrong],
    ['radius', perceptron.radius, bound === undefined ? '–' : print(bound.radius)],
    ['margin', perceptron.margin, bound === undefined ? '–' : print(bound.margin)],
  ]
  return (
    <div class="judge">
      <dl class="readings">
        {readings.map(([id, name, value]) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd data-reading={id}>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{judge.loss}</dt>
          <dd>
            <Value address={{ kind: 'loss' }} value={frame.loss} name={judge.loss} />
          </dd>
        </div>
      </dl>
      <p class="note">{boundSentence(frame, messages, print)}</p>
      <Timeline frame={frame} />
      <LaterPart load={() => import('../growth-curve.tsx')} isWanted={pinned !== undefined}>
        {({ GrowthCurve }) => <GrowthCurve a={growthOf(frame)} b={growthOf(pinned ?? frame)} />}
      </LaterPart>
    </div>
  )
}

const growthOf = ({ step, updates, mistakes }: PerceptronFrame): Growth => ({
  from: 0,
  until: step,
  total: updates,
  at: mistakes.map((mistake) => mistake.step),
})

function Timeline({ frame }: { readonly frame: PerceptronFrame }): JSX.Element {
  const { perceptron } = useLaterWords()
  const { mistakes, step, stepsPerEpoch, since } = frame
  const steps = Math.max(step, stepsPerEpoch)
  const paths = timelinePaths(mistakes, steps)
  return (
    <figure class="timeline">
      <svg
        viewBox={`0 0 ${TIMELINE_WIDTH} ${TIMELINE_HEIGHT}`}
        role="img"
        aria-label={perceptron.timelineText(mistakes.length, step)}
      >
        <path class="axis" d={`M0 ${TIMELINE_HEIGHT / 2}H${TIMELINE_WIDTH}`} />
        <path class="axis" d={passTicks(since.step, stepsPerEpoch, steps)} />
        <path class="mark plus" d={paths.plus} />
        <path class="mark minus" d={paths.minus} />
      </svg>
      <figcaption class="note">{perceptron.timeline}</figcaption>
    </figure>
  )
}
