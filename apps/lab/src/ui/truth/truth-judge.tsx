import type { JSX } from 'preact'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { NO_TRIES } from '../../core/tries.ts'
import { taskOf } from '../../core/truth-tries.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { LaterPart } from '../later-part.tsx'
import { Value } from '../value.tsx'
import { useTruth } from './use-truth.ts'

/** How many rows are right, how many ever were, and why there may never be more. */
export function TruthJudge({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const { judge: words } = useTruth()
  const print = useShortNumbers()
  const tries = lab.reached.tries?.[taskOf(lab.run.value.spec)] ?? NO_TRIES
  const pinned = lab.pinnedFrame.value?.kind === 'truth' ? lab.pinnedFrame.value : undefined
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
      <LaterPart
        load={() => import('./truth-curves.tsx')}
        isWanted={isTaught && (frame.rule === 'sigmoid' || pinned !== undefined)}
      >
        {({ TruthCurves }) => <TruthCurves frame={frame} pinned={pinned} />}
      </LaterPart>
    </>
  )
}
