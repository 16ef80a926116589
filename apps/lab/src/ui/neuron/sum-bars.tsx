import type { JSX } from 'preact'
import type { NeuronFrame } from '../../core/protocol.ts'
import { barReach, sumBars } from '../../draw/neuron-layout.ts'
import { usePage, useShortNumbers } from '../context.ts'

const WIDTH = 400
const ROW = 24
const LEFT = 66
const RIGHT = 344

/** The terms as bars, each beginning where the one before ended; the last one is their sum, beside the threshold. */
export function SumBars({ frame }: { readonly frame: NeuronFrame }): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const { today, neuron } = frame
  const position = lab.operation.value
  const terms = [...today.products, neuron.bias]
  const bars = sumBars(terms)
  const reach = barReach(bars, neuron.threshold)
  const at = (value: number): number => LEFT + ((value / reach + 1) / 2) * (RIGHT - LEFT)
  const rows = [
    ...bars.map((bar, i) => ({
      ...bar,
      name: ['w₁ × x₁', 'w₂ × x₂', 'b'][i]!,
      value: terms[i]!,
      since: Math.min(i + 1, 3),
    })),
    { from: 0, to: today.sum, name: 'Σ', value: today.sum, since: 3 },
  ]
  const fires = today.sum >= neuron.threshold
  const told = sentence(frame, position, messages.neuron, print)
  return (
    <div class="sum-bars">
      <svg viewBox={`0 0 ${WIDTH} ${rows.length * ROW + 26}`} role="img" aria-label={messages.neuron.bars}>
        <line class="axis" x1={at(0)} x2={at(0)} y1="0" y2={rows.length * ROW + 4} />
        {rows.map(({ from, to, name, value, since }, row) => (
          <g key={name} class={position >= since ? '' : 'unknown'}>
            <text class="bar-name" x="0" y={row * ROW + 17}>
              {name}
            </text>
            {position >= since && Number.isFinite(to) && (
              <>
                <rect
                  class={`bar ${value < 0 ? 'minus' : 'plus'}${name === 'Σ' ? ' total' : ''}`}
                  x={Math.min(at(from), at(to))}
                  y={row * ROW + 4}
                  width={Math.max(1, Math.abs(at(to) - at(from)))}
                  height={ROW - 8}
                />
                <text class="bar-value" x={WIDTH} y={row * ROW + 17}>
                  {print(value)}
                </text>
              </>
            )}
          </g>
        ))}
        {position >= 4 && (
          <>
            <line
              class="threshold"
              x1={at(neuron.threshold)}
              x2={at(neuron.threshold)}
              y1={2 * ROW}
              y2={rows.length * ROW + 6}
            />
            <text class="bar-name threshold-name" x={at(neuron.threshold)} y={rows.length * ROW + 20}>
              {messages.neuron.threshold(print(neuron.threshold, 2))}:{' '}
              {fires ? messages.neuron.fires : messages.neuron.rests}
            </text>
          </>
        )}
      </svg>
      <p class="sum-sentence" role="status" data-sentence>
        {told}
      </p>
    </div>
  )
}

/** What the operation at this place of the pass does, in words and numbers. */
export function sentence(
  { today, neuron }: NeuronFrame,
  position: number,
  words: ReturnType<typeof usePage>['messages']['neuron'],
  print: (value: number) => string,
): string {
  if (position === 0) return words.begin
  if (position <= 2) {
    const i = position - 1
    return words.product({
      index: position,
      input: print(today.inputs[i]!),
      weight: print(neuron.weights[i]!),
      product: print(today.products[i]!),
    })
  }
  const sum = print(today.sum)
  if (position === 3) {
    return words.sum({
      products: today.products.map((value) => print(value)).join(' + '),
      bias: print(neuron.bias),
      sum,
    })
  }
  return words.answer({
    sum,
    threshold: print(neuron.threshold),
    output: print(today.output),
    fires: today.sum >= neuron.threshold,
  })
}
