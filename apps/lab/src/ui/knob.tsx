import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { usePage, useShortNumbers } from './context.ts'
import { NumberField } from './number-field.tsx'
import { useLatest } from './use-latest.ts'

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
