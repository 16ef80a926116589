import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { usePage, useShortNumbers } from './context.ts'
import { NumberField } from './number-field.tsx'
import { useHand } from './use-hand.ts'

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
  const hand = useHand()
  // What the hand has set holds until the engine has it: pictures that come meanwhile show an older number.
  const [held, setHeld] = useState<number | undefined>(undefined)
  const shownValue = held ?? value
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
          const to = Number(event.currentTarget.value)
          setHeld(to)
          hand.move([{ kind, path, value: to }])
        }}
        onChange={(event) => {
          const last = Number(event.currentTarget.value)
          void hand.end([{ kind, path, value: last }]).then(() => setHeld((now) => (now === last ? undefined : now)))
        }}
      />
    </div>
  )
}
