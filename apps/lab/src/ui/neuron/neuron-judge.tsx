import type { JSX } from 'preact'
import { lineOf } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import { useNumbers, usePage } from '../context.ts'
import { Value } from '../value.tsx'

/** How many days are right, the loss, and where the line lies. */
export function NeuronJudge({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { judge, neuron } = messages
  const { weights, bias, threshold } = frame.neuron
  const { length, distance } = lineOf(weights, bias, threshold)
  const count = frame.points.labels.length
  return (
    <dl class="readings">
      <div>
        <dt>{judge.loss}</dt>
        <dd>
          <Value address={{ kind: 'loss' }} value={frame.loss} name={judge.loss} digits={4} />
        </dd>
      </div>
      <div>
        <dt>{neuron.mistakes}</dt>
        <dd data-mistakes={count - frame.right}>
          {count - frame.right} / {count}
        </dd>
      </div>
      <div>
        <dt>{neuron.length}</dt>
        <dd>{print(length)}</dd>
      </div>
      <div>
        <dt>{neuron.distance}</dt>
        <dd>{length === 0 ? '–' : print(Math.abs(distance))}</dd>
      </div>
    </dl>
  )
}
