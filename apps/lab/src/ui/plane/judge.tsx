import type { JSX } from 'preact'
import type { PlaneFrame } from '../../core/protocol.ts'
import { useNumbers, usePage } from '../context.ts'
import { Curve } from '../curve.tsx'
import { Value } from '../value.tsx'

/** What came of it: the loss, how many points are right, and the curve. */
export function Judge({ frame }: { readonly frame: PlaneFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { judge } = messages
  const share = (value: number): string => `${print(value * 100)} %`
  const parameters = frame.parameters.reduce((sum, { values }) => sum + values.length, 0)
  return (
    <div class="judge">
      <dl class="readings">
        <div>
          <dt>{judge.loss}</dt>
          <dd>
            <Value address={{ kind: 'loss' }} value={frame.loss} name={judge.loss} digits={4} />
          </dd>
        </div>
        <div>
          <dt>{judge.train}</dt>
          <dd>{judge.rightOf(frame.right, frame.points.labels.length)}</dd>
        </div>
        <div>
          <dt>{judge.fresh}</dt>
          <dd>{share(frame.accuracy.fresh)}</dd>
        </div>
        <div>
          <dt>{judge.parameters}</dt>
          <dd>{parameters}</dd>
        </div>
      </dl>
      <Curve curve={frame.curve} pinned={lab.pinnedFrame.value?.curve} />
    </div>
  )
}
