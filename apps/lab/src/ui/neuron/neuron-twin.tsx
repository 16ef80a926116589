import type { JSX } from 'preact'
import { NEURON_NUMBERS, lineOf } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { shown } from '../shown.ts'
import { NumbersTwin, Twin } from '../twin.tsx'
import { sentence } from './sum-bars.tsx'

/** The picture in words, from the same frame; the numbers as a table on demand. */
export function NeuronTwin({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const { weights, bias, threshold } = frame.neuron
  const { length, distance } = lineOf(weights, bias, threshold)
  const lines = [1, 2, 3, 4]
    .slice(0, lab.operation.value)
    .map((at) => `${sentence(frame, at, messages.neuron, print)}.`)
  if (lines.length === 0) lines.push(messages.neuron.begin)
  lines.push(length === 0 ? messages.twin.noLine : messages.twin.line(print(Math.abs(distance))))
  lines.push(
    messages.neuron.days({
      right: frame.right,
      of: frame.points.labels.length,
      wet: frame.margins.reduce((count, margin) => count + (margin >= 0 ? 1 : 0), 0),
    }),
  )
  const rows = NEURON_NUMBERS.map(({ name, path, index }) => ({
    name: shown(name),
    address: { kind: 'parameter', path, index } as const,
    value: path === '0.bias' ? bias : weights[index],
    slope: frame.parameters.find((each) => each.path === path)!.gradient![index]!,
  }))
  return (
    <Twin>
      <NumbersTwin lines={lines} rows={rows} print={print} />
    </Twin>
  )
}
