import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { NEURON_NUMBERS } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import { printElement } from '../../core/address.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { NumberField } from '../number-field.tsx'
import { shown } from '../pass/names.ts'
import { useLatest } from './use-latest.ts'

/** Sliders end here, unless a number lies further out. */
const NEAR = 3
const FAR = 12

/** What a neuron is set with: a field, − and +, and a slider for each of its numbers, and for the place it looks at. */
export function Knobs({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const { neuron } = messages
  const { weights, bias } = frame.neuron
  const { seed } = lab.run.value.spec
  return (
    <div class="knobs">
      <div role="group" aria-label={neuron.numbers} class="knob-row">
        {NEURON_NUMBERS.map(({ name, path, index }) => (
          <Knob
            key={name}
            label={shown(name)}
            kind="set"
            path={printElement(path, index)}
            value={path === '0.bias' ? bias : weights[index]}
            low={seed === 1 ? -NEAR : -FAR}
            high={seed === 1 ? NEAR : FAR}
            by={0.1}
          />
        ))}
      </div>
      <div role="group" aria-label={neuron.point} class="knob-row">
        {frame.today.inputs.map((value, index) => (
          <Knob
            key={index}
            label={neuron.inputs[index as 0 | 1]}
            kind="point"
            path={printElement('input', index)}
            value={value}
            low={0}
            high={1}
            by={0.1}
          />
        ))}
      </div>
    </div>
  )
}

/** One number as a field, with − and +, and a slider. */
export function Knob({
  label,
  kind,
  path,
  value,
  low,
  high,
  by,
}: {
  readonly label: string
  readonly kind: 'set' | 'point'
  readonly path: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly by: number
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const drag = useLatest((to: number) => lab.editAll([{ kind, path, value: to }], true))
  // What the hand has set holds until the engine has it: pictures that come meanwhile show an older number.
  const held = useRef<number | undefined>(undefined)
  const shownValue = held.current ?? value
  const set = (to: number): void => void lab.edit({ kind, path, value: Math.round(to * 1e6) / 1e6 })
  return (
    <div class="knob">
      <NumberField label={label} value={value} by={by} isShort onChange={set} />
      <input
        type="range"
        aria-label={messages.controls.slider(label)}
        aria-valuetext={print(shownValue)}
        data-knob={path}
        min={Math.min(low, shownValue)}
        max={Math.max(high, shownValue)}
        step={0.01}
        value={shownValue}
        onInput={(event) => {
          held.current = Number(event.currentTarget.value)
          drag(held.current)
        }}
        onChange={(event) => {
          const last = held.current ?? Number(event.currentTarget.value)
          void drag.last(last).then(() => {
            if (held.current === last) held.current = undefined
            return lab.settle()
          })
        }}
      />
    </div>
  )
}
