import type { JSX } from 'preact'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { Value } from '../value.tsx'

/** Every point with its sum, which can be opened, and how often it was a mistake. */
export function PointTable({ frame }: { readonly frame: PerceptronFrame }): JSX.Element {
  const { messages } = usePage()
  const print = useShortNumbers()
  const { classes } = messages
  const { perceptron } = useLaterWords()
  const { ids, inputs, labels } = frame.points
  return (
    <table>
      <thead>
        <tr>
          {perceptron.columns.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from(ids, (id, place) => (
          <tr key={id}>
            <th scope="row">{id + 1}</th>
            <td>{classes[labels[place]! > 0.5 ? 1 : 0]}</td>
            <td>{print(inputs[2 * place]!)}</td>
            <td>{print(inputs[2 * place + 1]!)}</td>
            <td>
              <Value
                address={{ kind: 'activation', layer: 0, unit: 0, example: id }}
                value={frame.outputs[place]!}
                name={perceptron.point(id + 1)}
              />
            </td>
            <td>{frame.counts[place]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
