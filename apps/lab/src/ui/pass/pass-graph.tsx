import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { OperationView, PassFrame } from '../../core/protocol.ts'
import { GIVENS, knownGradients, knownValues, OPERATIONS, passAt, WEIGHTS } from '../../core/scalar-graph.ts'
import { blameWidth, BOX_HEIGHT, BOX_WIDTH, boxes, PASS_HEIGHT, PASS_WIDTH, passWire } from '../../draw/pass-layout.ts'
import { useNumbers, usePage } from '../context.ts'
import { shown } from '../shown.ts'

const SYMBOLS = { mul: '×', add: '+', sigmoid: 'σ', sub: '−', square: '( )²', given: '' } as const

/** Every operation as a box: values fill in to the right, gradients to the left. */
export function PassGraph({
  frame,
  position,
  hidden,
  onSelect,
}: {
  readonly frame: PassFrame
  readonly position: number
  /** Gradients that are not shown. */
  readonly hidden: ReadonlySet<string>
  readonly onSelect: (name: string) => void
}): JSX.Element {
  const { messages } = usePage()
  const printAll = useNumbers()
  /** Small numbers are long: two digits of them have to do. */
  const print = (value: number): string => printAll(value, Math.abs(value) < 0.1 ? 2 : 3)
  const nodes = useRef(new Map<string, SVGGElement>())
  const values = knownValues(position)
  const gradients = knownGradients(position)
  const now = passAt(position)
  const at = new Map(frame.operations.map((operation) => [operation.name, operation]))
  const place = new Map(boxes.map((box) => [box.name, box]))
  const most = Math.max(
    ...frame.operations.filter(({ name }) => name !== 'L').map(({ gradient }) => Math.abs(gradient ?? 0)),
  )
  const isBackward = now?.direction === 'backward'
  const move = (event: KeyboardEvent, name: string): void => {
    const order = boxes.map((box) => box.name)
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (by !== undefined) nodes.current.get(order[(order.indexOf(name) + by + order.length) % order.length]!)?.focus()
    else if (event.key === 'Enter' || event.key === ' ') onSelect(name)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const gradientText = (operation: OperationView): string =>
    !gradients.has(operation.name) ? '' : hidden.has(operation.name) ? '?' : print(operation.gradient ?? 0)
  /** What is to be found keeps its sign to itself. */
  const signOf = ({ name, gradient = 0 }: OperationView): string =>
    !gradients.has(name) || hidden.has(name) ? '' : gradient < 0 ? 'minus' : 'plus'
  const labelOf = (operation: OperationView): string => {
    const value = values.has(operation.name) ? ` = ${print(operation.value)}` : ''
    const gradient = gradientText(operation)
    return `${shown(operation.name)}${value}${gradient === '' ? '' : `, ${messages.card.gradient} ${gradient}`}`
  }
  return (
    <div class="pass-scroll" tabIndex={0} role="group" aria-label={messages.panels.machine}>
      <svg class="pass" viewBox={`0 0 ${PASS_WIDTH} ${PASS_HEIGHT}`}>
        {OPERATIONS.flatMap((operation) =>
          operation.inputs.map((input) => {
            const path = passWire(place.get(input)!, place.get(operation.name)!)
            const contribution = at.get(input)?.contributions.find(({ consumer }) => consumer === operation.name)
            const isPassed =
              isBackward &&
              gradients.has(operation.name) &&
              position > passPosition(operation.name) &&
              !hidden.has(input)
            return (
              <g key={`${input}-${operation.name}`} class="wire">
                <path class="wire-ground" d={path} />
                {isPassed && contribution !== undefined && (
                  <path
                    class={contribution.value < 0 ? 'wire-weight minus' : 'wire-weight plus'}
                    d={path}
                    stroke-width={blameWidth(contribution.value, most)}
                  />
                )}
              </g>
            )
          }),
        )}
        {boxes.map((box, index) => {
          const operation = at.get(box.name)!
          const isNow = now?.operation.name === box.name
          const isGiven = operation.operation === 'given'
          return (
            <g
              key={box.name}
              ref={(node: SVGGElement | null) => {
                if (node === null) nodes.current.delete(box.name)
                else nodes.current.set(box.name, node)
              }}
              class={`pass-box${isNow ? ' now' : ''}${isGiven ? ' given' : ''}${values.has(box.name) ? '' : ' unknown'}`}
              role="button"
              tabindex={index === 0 ? 0 : -1}
              aria-label={labelOf(operation)}
              data-box={box.name}
              onClick={() => onSelect(box.name)}
              onKeyDown={(event) => move(event, box.name)}
            >
              <rect x={box.x - BOX_WIDTH / 2} y={box.y - BOX_HEIGHT / 2} width={BOX_WIDTH} height={BOX_HEIGHT} rx="4" />
            </g>
          )
        })}
        <g aria-hidden="true" class="pass-texts">
          {boxes.map((box) => {
            const operation = at.get(box.name)!
            return (
              <g key={box.name}>
                <text class="pass-name" x={box.x - BOX_WIDTH / 2 + 5} y={box.y - 9}>
                  {shown(box.name)} {SYMBOLS[operation.operation as keyof typeof SYMBOLS]}
                </text>
                <text class="pass-value" x={box.x} y={box.y + 5}>
                  {values.has(box.name) ? print(operation.value) : '·'}
                </text>
                <text class={`pass-gradient ${signOf(operation)}`} x={box.x} y={box.y + 19}>
                  {gradientText(operation)}
                </text>
              </g>
            )
          })}
        </g>
      </svg>
    </div>
  )
}

/** The place in the pass at which an operation has passed its blame on. */
function passPosition(name: string): number {
  return 2 * OPERATIONS.length - OPERATIONS.findIndex((operation) => operation.name === name) - 1
}

/** Whether a box holds a number that can be changed. */
export const isChangeable = (name: string): boolean => WEIGHTS.some((weight) => weight === name)
export const isGiven = (name: string): boolean => GIVENS.some((given) => given === name)
