import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ControlId } from '../core/chapter/define-chapter.ts'
import { ACTIVATIONS, MOST_HIDDEN_LAYERS, MOST_UNITS } from '../core/run/spec.ts'
import { fromStart } from '../core/run/journal.ts'
import { useNumbers, usePage, useShortNumbers } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** A question mark with one sentence behind it; Escape and a second click close it. */
export function WhatIs({ name, text }: { readonly name: string; readonly text: string }): JSX.Element {
  const { controls } = useLaterWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        class="what"
        aria-expanded={isOpen}
        aria-label={controls.whatIs(name)}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false)
        }}
      >
        ?
      </button>
      {isOpen && <p class="explanation">{text}</p>}
    </>
  )
}

export function Choice<T extends string | number>({
  name,
  explanation,
  options,
  value,
  print,
  onChoose,
}: {
  readonly name: string
  readonly explanation: string
  readonly options: readonly T[]
  readonly value: T
  readonly print: (option: T) => string
  readonly onChoose: (option: T) => void
}): JSX.Element {
  const all = options.includes(value) ? options : [...options, value]
  return (
    <div class="control">
      <label>
        <span>{name}</span>
        <select
          value={String(value)}
          onChange={(event) => onChoose(all.find((option) => String(option) === event.currentTarget.value)!)}
        >
          {all.map((option) => (
            <option key={option} value={String(option)}>
              {print(option)}
            </option>
          ))}
        </select>
      </label>
      <WhatIs name={name} text={explanation} />
    </div>
  )
}

/** What the visitor can change, as far as the story has brought it in. */
export function Controls(): JSX.Element | null {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const short = useShortNumbers()
  const { controls } = useLaterWords()
  const { offers } = lab.definition
  const { spec } = lab.run.value
  const shown = lab.revealed.value.controls
  const has = (control: ControlId): boolean => shown.has(control)
  if (!(['data', 'layers', 'activation', 'rate', 'batch', 'order', 'margin'] as const).some(has)) return null
  return (
    <fieldset class="controls">
      <legend>{controls.name}</legend>
      {has('data') && (
        <Choice
          name={controls.data}
          explanation={controls.explanations.data}
          options={offers.data.map(({ kind }) => kind)}
          value={spec.data.kind}
          print={(kind) => controls.dataNames[kind]}
          onChoose={(kind) => void lab.change({ data: offers.data.find((data) => data.kind === kind)! })}
        />
      )}
      {has('margin') && (
        <Choice
          name={controls.margin}
          explanation={controls.explanations.margin}
          options={offers.margins ?? []}
          value={spec.data.margin ?? 0}
          print={(margin) => short(margin)}
          onChoose={(margin) => void lab.change({ data: { margin } })}
        />
      )}
      {has('order') && (
        <Choice
          name={controls.order}
          explanation={controls.explanations.order}
          options={offers.orders ?? []}
          value={spec.order ?? 'listed'}
          print={(order) => controls.orderNames[order]}
          onChoose={(order) => void lab.change({ order }, 0, fromStart(lab.run.value, true).journal)}
        />
      )}
      {has('activation') && (
        <Choice
          name={controls.activation}
          explanation={controls.explanations.activation}
          options={ACTIVATIONS.filter((name) => offers.activations.includes(name))}
          value={spec.model.activation}
          print={(name) => messages.controls.activationNames[name]}
          onChoose={(activation) => void lab.change({ activation })}
        />
      )}
      {has('rate') && (
        <Choice
          name={controls.rate}
          explanation={controls.explanations.rate}
          options={offers.rates}
          value={spec.optimiser.learningRate}
          print={(rate) => print(rate, 1)}
          onChoose={(learningRate) => void lab.change({ learningRate })}
        />
      )}
      {has('batch') && (
        <Choice
          name={controls.batch}
          explanation={controls.explanations.batch}
          options={offers.batches}
          value={spec.batch}
          print={(size) => (size === 0 ? controls.wholeBatch : controls.examples(size))}
          onChoose={(size) => void lab.change({ batch: size })}
        />
      )}
      {has('layers') && <Layers />}
    </fieldset>
  )
}

function Layers(): JSX.Element {
  const { lab } = usePage()
  const { controls } = useLaterWords()
  const { layers } = lab.run.value.spec.model
  const set = (next: readonly number[]): void => void lab.change({ layers: next })
  const withUnits = (layer: number, units: number): number[] => layers.map((old, i) => (i === layer ? units : old))
  return (
    <div class="control layers">
      <span>{controls.layers}</span>
      <WhatIs name={controls.layers} text={controls.explanations.layers} />
      {layers.map((units, layer) => (
        <span class="layer" role="group" aria-label={controls.unitsIn(layer + 1)} key={layer}>
          <button
            type="button"
            class="small"
            aria-label={controls.fewer(layer + 1)}
            disabled={units <= 1}
            onClick={() => set(withUnits(layer, units - 1))}
          >
            −
          </button>
          <output>{units}</output>
          <button
            type="button"
            class="small"
            aria-label={controls.more(layer + 1)}
            disabled={units >= MOST_UNITS}
            onClick={() => set(withUnits(layer, units + 1))}
          >
            +
          </button>
        </span>
      ))}
      <button
        type="button"
        class="small"
        aria-label={controls.removeLayer}
        title={controls.removeLayer}
        disabled={layers.length <= 1}
        onClick={() => set(layers.slice(0, -1))}
      >
        ✕
      </button>
      <button
        type="button"
        class="small"
        aria-label={controls.addLayer}
        title={controls.addLayer}
        disabled={layers.length >= MOST_HIDDEN_LAYERS}
        onClick={() => set([...layers, 4])}
      >
        ⊞
      </button>
    </div>
  )
}
