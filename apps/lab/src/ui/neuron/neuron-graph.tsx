import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { type Address, printElement } from '../../core/address.ts'
import { NEURON_NUMBERS } from '../../core/neuron.ts'
import type { NeuronFrame } from '../../core/protocol.ts'
import {
  BIAS_PLACE,
  INPUT_PLACES,
  NEURON_HEIGHT,
  NEURON_WIDTH,
  neuronWire,
  OUTPUT_PLACE,
  PART_HEIGHT,
  type Place,
  SUM_PLACE,
  WEIGHT_PLACES,
} from '../../draw/neuron-layout.ts'
import { wireWidth } from '../../draw/network-layout.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { nameOf } from '../names.ts'
import { shown } from '../shown.ts'

const NUDGE = 0.1

interface Part {
  readonly id: string
  readonly place: Place
  readonly caption: string
  readonly value: number
  readonly address: Address
  /** What + and − change; nothing for what is calculated. */
  readonly changes: { readonly kind: 'set' | 'point'; readonly path: string } | undefined
  /** From which operation on its value is there. */
  readonly since: number
}

function partsOf({ today, neuron }: NeuronFrame, activation: string): Part[] {
  const output: Address = { kind: 'activation', layer: 0, unit: 0, example: 0 }
  const inputs = today.inputs.map((value, index): Part => ({
    id: `x${index + 1}`,
    place: INPUT_PLACES[index]!,
    caption: shown(`x${index + 1}`),
    value,
    address: { kind: 'input', index, example: 0 },
    changes: { kind: 'point', path: printElement('input', index) },
    since: 0,
  }))
  const numbers = NEURON_NUMBERS.map(({ name, path, index }): Part => ({
    id: name,
    place: [...WEIGHT_PLACES, BIAS_PLACE][name === 'b' ? 2 : index]!,
    caption: shown(name),
    value: name === 'b' ? neuron.bias : neuron.weights[index],
    address: { kind: 'parameter', path, index },
    changes: { kind: 'set', path: printElement(path, index) },
    since: 0,
  }))
  const results: Part[] = [
    { id: 'sum', place: SUM_PLACE, caption: 'Σ', value: today.sum, address: output, changes: undefined, since: 3 },
    {
      id: 'output',
      place: OUTPUT_PLACE,
      caption: activation,
      value: today.output,
      address: output,
      changes: undefined,
      since: 4,
    },
  ]
  return [...inputs, ...numbers, ...results]
}

/** One neuron: two inputs on wires as wide as their weights, the bias, the sum and what comes of it. */
export function NeuronGraph({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const parts = partsOf(frame, messages.controls.activationNames[frame.activation])
  const [current, setCurrent] = useState(0)
  const nodes = useRef<(SVGGElement | null)[]>([])
  const position = lab.operation.value
  const { weights, bias } = frame.neuron
  const onKey = (event: KeyboardEvent, { address, changes, value }: Part, index: number): void => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key]
    if (by !== undefined) {
      const next = (index + by + parts.length) % parts.length
      setCurrent(next)
      nodes.current[next]?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') void lab.select(address)
    else if ((event.key === '+' || event.key === '-') && changes !== undefined) {
      const to = value + (event.key === '+' ? NUDGE : -NUDGE)
      void lab.edit({ ...changes, value: Math.round(to * 1e6) / 1e6 })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isNow = (id: string): boolean => ({ x1: 1, w1: 1, x2: 2, w2: 2, b: 3, sum: 3, output: 4 })[id] === position
  const nameOfPart = ({ id, address }: Part): string =>
    id === 'sum' ? messages.neuron.sumName : nameOf(address, [], messages)
  const wires = [
    { id: 'x1', weight: weights[0], path: neuronWire(INPUT_PLACES[0]) },
    { id: 'x2', weight: weights[1], path: neuronWire(INPUT_PLACES[1]) },
    { id: 'b', weight: bias, path: neuronWire(BIAS_PLACE) },
    { id: 'output', weight: 1, path: neuronWire(SUM_PLACE, OUTPUT_PLACE) },
  ]
  return (
    <div class="neuron-graph">
      <svg viewBox={`0 0 ${NEURON_WIDTH} ${NEURON_HEIGHT}`} role="group" aria-label={messages.panels.machine}>
        {wires.map(({ id, weight, path }) => (
          <g key={id} class="wire">
            <path class="wire-ground" d={path} />
            {id !== 'output' && (
              <path
                class={weight < 0 ? 'wire-weight minus' : 'wire-weight plus'}
                d={path}
                stroke-width={wireWidth(weight)}
              />
            )}
          </g>
        ))}
        {parts.map((part, index) => {
          const { id, place, caption, value, since } = part
          const isThere = position >= since
          return (
            <g
              key={id}
              ref={(node: SVGGElement | null) => {
                nodes.current[index] = node
              }}
              class={`part part-${part.changes === undefined ? 'result' : 'number'}${isNow(id) ? ' now' : ''}${isThere ? '' : ' unknown'}`}
              role="button"
              tabindex={index === current ? 0 : -1}
              aria-label={`${caption}${isThere ? ` ${print(value)}` : ''}: ${nameOfPart(part)}`}
              data-part={id}
              onClick={() => void lab.select(part.address)}
              onKeyDown={(event) => onKey(event, part, index)}
              onFocus={() => setCurrent(index)}
            >
              <rect
                x={place.x - place.width / 2}
                y={place.y - PART_HEIGHT / 2}
                width={place.width}
                height={PART_HEIGHT}
                rx={id.startsWith('w') || id === 'b' ? PART_HEIGHT / 2 : 4}
              />
              <text class="part-caption" x={place.x} y={place.y - 4}>
                {caption}{' '}
              </text>
              <text class="part-value" x={place.x} y={place.y + 12}>
                {isThere ? print(value) : ''}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
