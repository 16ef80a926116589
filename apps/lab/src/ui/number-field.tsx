import type { JSX } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { parseNumber } from '../core/numbers.ts'
import { useNumbers, usePage, useShortNumbers } from './context.ts'

/** A field for one number, with − and + beside it: every number can be changed without dragging. */
export function NumberField({
  label,
  value,
  by,
  digits = 4,
  isShort = false,
  onChange,
}: {
  readonly label: string
  readonly value: number
  /** What − and + add. */
  readonly by: number
  readonly digits?: number
  /** Whether zeros at the end are left out. */
  readonly isShort?: boolean
  readonly onChange: (value: number) => void
}): JSX.Element {
  const { messages } = usePage()
  const [long, short] = [useNumbers(), useShortNumbers()]
  const print = isShort ? short : long
  const [text, setText] = useState<string | undefined>(undefined)
  useEffect(() => setText(undefined), [value])
  const typed = text === undefined ? value : parseNumber(text)
  const apply = (): void => {
    if (text !== undefined && typed !== undefined && typed !== value) onChange(typed)
    if (typed !== undefined) setText(undefined)
  }
  const id = useId()
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      <span class="number-row">
        <button
          type="button"
          class="small"
          aria-label={`${label}: ${messages.card.less}`}
          onClick={() => onChange(value - by)}
        >
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={text ?? print(value, digits)}
          aria-invalid={typed === undefined}
          aria-describedby={typed === undefined ? `${id}-problem` : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={apply}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply()
          }}
        />
        <button
          type="button"
          class="small"
          aria-label={`${label}: ${messages.card.more}`}
          onClick={() => onChange(value + by)}
        >
          +
        </button>
      </span>
      {typed === undefined && (
        <span class="problem" id={`${id}-problem`} role="alert">
          {messages.card.notNumber}
        </span>
      )}
    </div>
  )
}
