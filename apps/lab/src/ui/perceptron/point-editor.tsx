import '../../theme/point-editor.css'
import type { JSX } from 'preact'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { usePage } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { NumberField } from '../number-field.tsx'
import { Value } from '../value.tsx'
import { added, chosenPlace, classed, moved, taken, TAPS, type Tap } from './points.ts'

/** One point after the other, in fields and buttons: whatever can be dragged can be typed. */
export function PointEditor({
  frame,
  tap,
  onTap,
}: {
  readonly frame: PerceptronFrame
  readonly tap: Tap
  readonly onTap: (tap: Tap) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const { card, classes } = messages
  const { perceptron } = useLaterWords()
  const { ids, inputs, labels, next } = frame.points
  const place = chosenPlace(frame, lab.example.value)
  const id = ids[place]
  const hasEdits = lab.run.value.journal.some(({ kind }) => kind === 'point')
  const go = (by: number): void => void lab.showExample(ids[(place + by + ids.length) % ids.length]!)
  const add = (label: number): void => {
    if (next !== undefined) void lab.editAll(added(next, 0, 0, label)).then(() => lab.showExample(next))
  }
  return (
    <div class="point-editor">
      {id !== undefined && (
        <div class="point-row">
          <div class="examples" role="group" aria-label={perceptron.chosen}>
            <button type="button" class="small" aria-label={card.previous} onClick={() => go(-1)}>
              ‹
            </button>
            <span data-point={id}>
              {perceptron.point(id + 1)} {classes[labels[place]! > 0.5 ? 1 : 0]}
            </span>
            <button type="button" class="small" aria-label={card.next} onClick={() => go(1)}>
              ›
            </button>
          </div>
          {(['x₁', 'x₂'] as const).map((name, k) => (
            <NumberField
              key={name}
              label={name}
              value={inputs[2 * place + k]!}
              by={0.05}
              digits={3}
              isShort
              onChange={(value) => {
                const [x, y] = [inputs[2 * place]!, inputs[2 * place + 1]!]
                void lab.editAll(k === 0 ? moved(id, value, y) : moved(id, x, value))
              }}
            />
          ))}
          <p class="point-sum">
            {perceptron.columns[4]}{' '}
            <Value
              address={{ kind: 'activation', layer: 0, unit: 0, example: id }}
              value={frame.outputs[place]!}
              name={perceptron.columns[4]!}
            />
          </p>
        </div>
      )}
      <p class="point-buttons">
        {id !== undefined && (
          <>
            <button type="button" data-do="flip" onClick={() => void lab.editAll(classed(id, 1 - labels[place]!))}>
              {perceptron.flip}
            </button>{' '}
            <button type="button" data-do="remove" onClick={() => void lab.editAll(taken(id))}>
              {perceptron.remove}
            </button>{' '}
          </>
        )}
        {([1, 0] as const).map((label) => (
          <button
            type="button"
            key={label}
            data-do={`add${label}`}
            disabled={next === undefined}
            onClick={() => add(label)}
          >
            {perceptron.add} <span aria-hidden="true">{label === 1 ? '●' : '▲'}</span>
            <span class="visually-hidden">{classes[label]}</span>
          </button>
        ))}
        {hasEdits && (
          <button type="button" data-do="restore" onClick={() => void lab.change({})}>
            {perceptron.restore}
          </button>
        )}
      </p>
      <fieldset class="taps">
        <legend>{perceptron.tap}</legend>
        {TAPS.map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="tap" value={each} checked={tap === each} onChange={() => onTap(each)} />{' '}
            {perceptron.taps[each]}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
