import type { JSX } from 'preact'
import type { ControlId } from '../../core/chapter/define-chapter.ts'
import type { SurfaceFrame } from '../../core/protocol.ts'
import { RATES, sceneOf, startEdits } from '../../core/surface.ts'
import { useNumbers, usePage, useShortNumbers } from '../context.ts'
import { Choice, WhatIs } from '../controls.tsx'
import { useLaterWords } from '../later-part.tsx'
import { NumberField } from '../number-field.tsx'

/** What the visitor can change here, as far as the story has brought it in. The start stays where it was put. */
export function SurfaceControls({ frame }: { readonly frame: SurfaceFrame }): JSX.Element {
  const { lab } = usePage()
  const { controls, surface } = useLaterWords()
  const { offers } = lab.definition
  const { spec, journal } = lab.run.value
  const has = (control: ControlId): boolean => lab.revealed.value.controls.has(control)
  const kept = (change: Parameters<typeof lab.change>[0]): void => void lab.change(change, 0, startEdits(journal))
  const scenes = offers.data.map(sceneOf)
  return (
    <fieldset class="controls surface-controls">
      <legend>{controls.name}</legend>
      {has('data') && (
        <Choice
          name={surface.sceneName}
          explanation={surface.sceneExplanation}
          options={scenes}
          value={sceneOf(spec.data)}
          print={(name) => surface.scenes[name]}
          onChoose={(name) => void lab.change({ data: offers.data[scenes.indexOf(name)]! })}
        />
      )}
      {has('rate') && (
        <Slider
          name={controls.rate}
          explanation={controls.explanations.rate}
          value={spec.optimiser.learningRate}
          places={RATES}
          by={frame.curvature.largest > 50 ? 0.001 : 0.01}
          onChange={(learningRate) => kept({ learningRate })}
        />
      )}
      {has('momentum') && (
        <Slider
          name={surface.momentum}
          explanation={surface.momentumExplanation}
          value={spec.optimiser.momentum}
          places={MOMENTA}
          by={0.01}
          onChange={(momentum) => kept({ momentum: Math.max(0, Math.min(0.99, momentum)) })}
        />
      )}
      {has('batch') && (
        <Choice
          name={controls.batch}
          explanation={controls.explanations.batch}
          options={offers.batches}
          value={spec.batch}
          print={(size) => (size === 0 ? controls.wholeBatch : controls.examples(size))}
          onChoose={(batch) => kept({ batch })}
        />
      )}
    </fieldset>
  )
}

const MOMENTA = Array.from({ length: 100 }, (_, i) => i / 100)

/** A slider over a list of numbers, with a field for those between them. */
function Slider({
  name,
  explanation,
  value,
  places,
  by,
  onChange,
}: {
  readonly name: string
  readonly explanation: string
  readonly value: number
  readonly places: readonly number[]
  readonly by: number
  readonly onChange: (value: number) => void
}): JSX.Element {
  const { messages } = usePage()
  const [print, short] = [useNumbers(), useShortNumbers()]
  const nearest = places.reduce(
    (best, place, i) => (Math.abs(place - value) < Math.abs(places[best]! - value) ? i : best),
    0,
  )
  return (
    <div class="control slider">
      <NumberField
        label={name}
        value={value}
        by={by}
        isShort
        onChange={(next) => onChange(Math.max(0, Number(next.toPrecision(8))))}
      />
      <input
        type="range"
        min="0"
        max={places.length - 1}
        step="1"
        value={nearest}
        aria-label={messages.controls.slider(name)}
        aria-valuetext={short(places[nearest]!) === '' ? print(value) : short(value)}
        onInput={(event) => onChange(places[Number(event.currentTarget.value)]!)}
      />
      <WhatIs name={name} text={explanation} />
    </div>
  )
}
