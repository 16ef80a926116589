import type { JSX } from 'preact'
import { printElement } from '../../core/address.ts'
import { NEURON_NUMBERS } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import { usePage } from '../context.ts'
import { Knob } from '../knob.tsx'
import { shown } from '../shown.ts'

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
