import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { printElement } from '../../core/address.ts'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { wireWidth } from '../../draw/network-layout.ts'
import { PART_HEIGHT, PART_WIDTH, SOURCE_SIZE, UNIT_WIDTH, unitLayout, unitWire } from '../../draw/unit-layout.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { nameOf } from '../names.ts'
import { addressOf, numberName } from './unit-numbers.ts'

const NUDGE = 0.25
/** What is smaller has no room for its digits here; its card shows them. */
const NEXT_TO_NOTHING = 5e-4

/** The neuron: its inputs on wires as wide as their weights, the third input where there is one, and what comes out. */
export function UnitGraph({ frame }: { readonly frame: TruthFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const words = useLaterWords().truth
  const print = useShortNumbers()
  const [current, setCurrent] = useState(0)
  const nodes = useRef<(SVGGElement | null)[]>([])
  const { weights, feature } = frame
  const count = weights.length
  const layout = unitLayout(count - 1)
  const sources = ['x₁', 'x₂', ...(feature === 'none' ? [] : ['x₃']), '1']
  const onKey = (event: KeyboardEvent, index: number): void => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key]
    const address = addressOf(index, count)
    if (by !== undefined) {
      const next = (index + by + count) % count
      setCurrent(next)
      nodes.current[next]?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') void lab.select(address)
    else if (event.key === '+' || event.key === '-') {
      const to = weights[index]! + (event.key === '+' ? NUDGE : -NUDGE)
      void lab.edit({ kind: 'set', path: printElement(address.path, address.index), value: Math.round(to * 1e6) / 1e6 })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="unit-graph">
      <svg viewBox={`0 0 ${UNIT_WIDTH} ${layout.height}`} role="group" aria-label={messages.panels.machine}>
        {weights.map((weight, index) => (
          <g key={index} class="wire">
            <path class="wire-ground" d={unitWire(layout.sources[index]!, layout.sum)} />
            <path
              class={weight < 0 ? 'wire-weight minus' : 'wire-weight plus'}
              d={unitWire(layout.sources[index]!, layout.sum)}
              stroke-width={weight === 0 ? 0 : wireWidth(weight)}
            />
          </g>
        ))}
        <path class="wire-out" d={unitWire(layout.sum, layout.output, PART_WIDTH)} />
        {[...layout.sources.map((place, i) => ({ place, name: sources[i]! })), { place: layout.sum, name: 'Σ' }].map(
          ({ place, name }) => (
            <g key={name} class="part">
              <rect x={place.x - SOURCE_SIZE / 2} y={place.y - 15} width={SOURCE_SIZE} height="30" rx="4" />
              <text class="part-value" x={place.x} y={place.y + 5}>
                {name}
              </text>
            </g>
          ),
        )}
        <g class="part">
          <rect
            x={layout.output.x - PART_WIDTH / 2}
            y={layout.output.y - PART_HEIGHT / 2}
            width={PART_WIDTH}
            height={PART_HEIGHT}
            rx="4"
          />
          <text class="part-name" x={layout.output.x} y={layout.output.y + 5}>
            {messages.controls.activationNames[frame.rule]}
          </text>
        </g>
        {weights.map((weight, index) => {
          const place = layout.numbers[index]!
          const name = numberName(index, count)
          return (
            <g
              key={name}
              ref={(node: SVGGElement | null) => {
                nodes.current[index] = node
              }}
              class="part part-number"
              role="button"
              tabindex={index === current ? 0 : -1}
              aria-label={`${name} ${print(weight)}: ${nameOf(addressOf(index, count), [], messages)}`}
              data-part={index === count - 1 ? 'b' : `w${index + 1}`}
              onClick={() => void lab.select(addressOf(index, count))}
              onKeyDown={(event) => onKey(event, index)}
              onFocus={() => setCurrent(index)}
            >
              <rect
                x={place.x - PART_WIDTH / 2}
                y={place.y - PART_HEIGHT / 2}
                width={PART_WIDTH}
                height={PART_HEIGHT}
                rx={PART_HEIGHT / 2}
              />
              <text class="part-caption" x={place.x} y={place.y - 4}>
                {name}{' '}
              </text>
              <text class="part-value" x={place.x} y={place.y + 12}>
                {weight !== 0 && Math.abs(weight) < NEXT_TO_NOTHING ? '≈ 0' : print(weight)}
              </text>
            </g>
          )
        })}
      </svg>
      {feature !== 'none' && <p class="note">{words.machine.third(words.controls.features[feature])}</p>}
    </div>
  )
}
