import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { curveFrame, curvePath } from '../../draw/curve.ts'
import { useNumbers, usePage, useShortNumbers } from '../context.ts'
import { Value } from '../value.tsx'
import { useTries } from './use-tries.ts'
import { useTruth } from './use-truth.ts'

const WIDTH = 300
const HEIGHT = 80

/** How many rows are right, how many ever were, and why there may never be more. */
export function TruthJudge({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const { judge: words } = useTruth()
  const print = useShortNumbers()
  const tries = useTries(frame)
  const { panels } = lab.revealed.value
  const isTaught = panels.has('machine')
  const { loop, meeting } = frame
  return (
    <>
      <dl class="readings">
        <div>
          <dt>{messages.judge.loss}</dt>
          <dd>
            <Value address={{ kind: 'loss' }} value={frame.loss} name={messages.judge.loss} digits={4} />
          </dd>
        </div>
        <div>
          <dt>{words.right}</dt>
          <dd data-right-rows={frame.right}>{words.ofFour(frame.right)}</dd>
        </div>
        <div>
          <dt>{words.tries}</dt>
          <dd data-tries={tries.count}>{words.triesOf(tries.count, tries.best)}</dd>
        </div>
        {isTaught && (
          <>
            <div>
              <dt>{words.best}</dt>
              <dd>{words.ofFour(frame.best)}</dd>
            </div>
            {frame.rule === 'step' && (
              <>
                <div>
                  <dt>{words.corrections}</dt>
                  <dd>{frame.corrections}</dd>
                </div>
                <div>
                  <dt>{words.round}</dt>
                  <dd data-round={loop?.length ?? ''}>
                    {loop === undefined ? words.none : words.roundOf(loop.length)}
                  </dd>
                </div>
              </>
            )}
          </>
        )}
        {panels.has('folded') && (
          <div>
            <dt>{words.classes}</dt>
            <dd data-meeting={meeting !== undefined}>
              {meeting === undefined ? words.apart : words.meet(meeting.place.map((value) => print(value)).join('; '))}
            </dd>
          </div>
        )}
      </dl>
      {isTaught && frame.rule === 'sigmoid' && <LossCurve frame={frame} />}
    </>
  )
}

function LossCurve({ frame: { curve } }: { readonly frame: TruthFrame }): JSX.Element {
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
