import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { parseNumber } from '../../core/numbers.ts'
import type { OperationView, PassFrame } from '../../core/protocol.ts'
import { passAt, PASS_LENGTH } from '../../core/scalar-graph.ts'
import { useNumbers, usePage } from '../context.ts'
import { shown } from '../shown.ts'

/** Moves through the pass, and says what the operation at this place does. */
export function Stepper({
  frame,
  hidden,
  onFilled,
}: {
  readonly frame: PassFrame
  readonly hidden: ReadonlySet<string>
  readonly onFilled: (name: string) => void
}): JSX.Element {
  const { lab, messages } = usePage()
  const { pass } = messages
  const position = lab.operation.value
  const go = (to: number): void => {
    lab.operation.value = Math.max(0, Math.min(PASS_LENGTH, to))
  }
  return (
    <div class="stepper">
      <div class="stepper-row" role="group" aria-label={pass.name}>
        <button type="button" aria-label={pass.toStart} disabled={position === 0} onClick={() => go(0)}>
          |←
        </button>
        <button type="button" aria-label={pass.back} disabled={position === 0} onClick={() => go(position - 1)}>
          ←
        </button>
        <button
          type="button"
          aria-label={pass.forward}
          class="next-operation"
          disabled={position === PASS_LENGTH}
          onClick={() => go(position + 1)}
        >
          →
        </button>
        <button
          type="button"
          aria-label={pass.toEnd}
          disabled={position === PASS_LENGTH}
          onClick={() => go(PASS_LENGTH)}
        >
          →|
        </button>
        <input
          type="range"
          min="0"
          max={PASS_LENGTH}
          value={position}
          aria-label={pass.name}
          aria-valuetext={messages.transport.operation(position, PASS_LENGTH)}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
      </div>
      <div class="operation-card" role="status">
        <Explanation frame={frame} position={position} hidden={hidden} onFilled={onFilled} />
      </div>
    </div>
  )
}

function Explanation({
  frame,
  position,
  hidden,
  onFilled,
}: {
  readonly frame: PassFrame
  readonly position: number
  readonly hidden: ReadonlySet<string>
  readonly onFilled: (name: string) => void
}): JSX.Element {
  const { messages } = usePage()
  const print = useNumbers()
  const { pass } = messages
  const now = passAt(position)
  if (now === undefined) return <p class="note">{pass.begin}</p>
  const at = new Map(frame.operations.map((operation) => [operation.name, operation]))
  const operation = at.get(now.operation.name)!
  const inputs = now.operation.inputs.map((name) => at.get(name)!)
  if (now.direction === 'forward') return <p class="sum-line">{forwardLine(operation, inputs, print)}</p>
  return (
    <>
      <p class="note">{pass.passes(shown(operation.name))}</p>
      {inputs.map((input) => {
        const contribution = input.contributions.find(({ consumer }) => consumer === operation.name)
        if (contribution === undefined) return null
        const isHidden = hidden.has(input.name)
        const local = Number.isFinite(contribution.local) ? print(contribution.local) : '–'
        const incoming = hidden.has(operation.name) ? '?' : print(contribution.incoming)
        return (
          <div key={input.name} class="chain">
            <span class="sum-line">
              ∂L/∂{shown(input.name)} {input.contributions.length > 1 ? '+=' : '='}{' '}
              <span title={pass.incoming}>{incoming}</span> ×{' '}
              <span title={pass.local}>{isHidden && hidden.has(operation.name) ? '?' : local}</span> ={' '}
              <strong>{isHidden ? '?' : print(contribution.value)}</strong>
            </span>
            {isHidden && <Blank key={input.name} input={input} onFilled={onFilled} />}
          </div>
        )
      })}
      <p class="note">{pass.incomingTimesLocal}</p>
      {inputs.some(({ contributions }) => contributions.length > 1) && <p class="note">{pass.joins}</p>}
    </>
  )
}

/** A gradient to be found by the visitor; one per cent off is near enough. */
function Blank({
  input,
  onFilled,
}: {
  readonly input: OperationView
  readonly onFilled: (name: string) => void
}): JSX.Element {
  const { messages } = usePage()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    const value = parseNumber(text)
    const wanted = input.gradient ?? 0
    const isRight = value !== undefined && Math.abs(value - wanted) <= 0.01 * Math.abs(wanted)
    setWrong(!isRight)
    if (isRight) onFilled(input.name)
  }
  return (
    <form class="blank" onSubmit={submit} data-blank={input.name}>
      <label>
        ∂L/∂{shown(input.name)} ={' '}
        <input type="text" inputMode="decimal" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>{' '}
      <button type="submit">{messages.check.run}</button>
      {isWrong && <span role="alert"> {messages.check.missed}</span>}
    </form>
  )
}

function forwardLine(
  operation: OperationView,
  inputs: readonly OperationView[],
  print: (value: number) => string,
): string {
  const [a, b] = inputs.map(({ value }) => print(value))
  const [nameA, nameB] = inputs.map(({ name }) => shown(name))
  const name = shown(operation.name)
  const value = print(operation.value)
  switch (operation.operation) {
    case 'mul':
      return `${name} = ${nameA} × ${nameB} = ${a} × ${b} = ${value}`
    case 'add':
      return `${name} = ${nameA} + ${nameB} = ${a} + ${b} = ${value}`
    case 'sub':
      return `${name} = ${nameA} − ${nameB} = ${a} − ${b} = ${value}`
    case 'sigmoid':
      return `${name} = σ(${nameA}) = σ(${a}) = ${value}`
    default:
      return `${name} = ${nameA}² = (${a})² = ${value}`
  }
}
