import type { JSX } from 'preact'
import type { PlaneFrame } from '../core/protocol.ts'
import type { RunSpec } from '../core/run/spec.ts'
import { useNumbers, usePage } from './context.ts'

/** Two runs from one seed, stepped together. */
export function Compare({
  showsDifference,
  onDifference,
}: {
  readonly showsDifference: boolean
  readonly onDifference: (shown: boolean) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const { compare, judge, controls } = messages
  const { pinned } = lab
  const a = lab.frame.value as PlaneFrame | undefined
  const b = lab.pinnedFrame.value as PlaneFrame | undefined
  if (pinned.value === undefined) {
    return (
      <div>
        <p class="note">{compare.note}</p>
        <button type="button" onClick={() => void lab.pin()}>
          {compare.pin}
        </button>
      </div>
    )
  }
  const network = ({ model }: RunSpec): string =>
    `${model.layers.join('-')} ${controls.activationNames[model.activation]}`
  const rows: readonly (readonly [string, string, string])[] = [
    [controls.layers, network(lab.run.value.spec), network(pinned.value.spec)],
    [
      controls.rate,
      print(lab.run.value.spec.optimiser.learningRate, 1),
      print(pinned.value.spec.optimiser.learningRate, 1),
    ],
    [judge.step, String(a?.step ?? ''), String(b?.step ?? '')],
    [judge.loss, a === undefined ? '' : print(a.loss, 4), b === undefined ? '' : print(b.loss, 4)],
    [
      judge.fresh,
      a === undefined ? '' : `${print(a.accuracy.fresh * 100)} %`,
      b === undefined ? '' : `${print(b.accuracy.fresh * 100)} %`,
    ],
  ]
  return (
    <div>
      <table class="compare">
        <thead>
          <tr>
            {compare.table.map((head, i) =>
              i === 0 ? (
                <td key={i} />
              ) : (
                <th scope="col" key={i}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ofA, ofB]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{ofA}</td>
              <td>{ofB}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="toggle">
        <input
          type="checkbox"
          checked={showsDifference}
          onChange={(event) => onDifference(event.currentTarget.checked)}
        />{' '}
        {compare.difference}
      </label>
      <button type="button" onClick={() => void lab.unpin()}>
        {compare.unpin}
      </button>
    </div>
  )
}
