import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { NEURON_NUMBERS, lineOf } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { shown } from '../pass/names.ts'
import { Value } from '../value.tsx'
import { sentence } from './sum-bars.tsx'

/** The picture in words, from the same frame; the numbers as a table on demand. */
export function NeuronTwin({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const [hasTable, setTable] = useState(false)
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
  return (
    <details class="twin">
      <summary>{messages.twin.name}</summary>
      <div data-twin>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <button type="button" onClick={() => setTable(!hasTable)} aria-expanded={hasTable}>
        {hasTable ? messages.table.hide : messages.table.show}
      </button>
      {hasTable && (
        <table>
          <thead>
            <tr>
              <th scope="col">{messages.table.what}</th>
              <th scope="col">{messages.table.value}</th>
              <th scope="col">{messages.table.slope}</th>
            </tr>
          </thead>
          <tbody>
            {NEURON_NUMBERS.map(({ name, path, index }) => (
              <tr key={name}>
                <th scope="row">{shown(name)}</th>
                <td>
                  <Value
                    address={{ kind: 'parameter', path, index }}
                    value={path === '0.bias' ? bias : weights[index]}
                    name={shown(name)}
                  />
                </td>
                <td>{print(frame.parameters.find((each) => each.path === path)!.gradient![index]!)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
