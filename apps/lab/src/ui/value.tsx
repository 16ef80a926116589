import type { JSX } from 'preact'
import { type Address, printAddress } from '../core/address.ts'
import { useNumbers, usePage } from './context.ts'

/** A number that can be opened: dots below, and a card behind it. */
export function Value({
  address,
  value,
  name,
  digits = 3,
}: {
  readonly address: Address
  readonly value: number
  /** What the number is, for those who do not see where it stands. */
  readonly name: string
  readonly digits?: number
}): JSX.Element {
  const { lab } = usePage()
  const print = useNumbers()
  return (
    <button
      type="button"
      class="value"
      data-address={printAddress(address)}
      aria-label={`${name}: ${print(value, digits)}`}
      onClick={() => void lab.select(address)}
    >
      {print(value, digits)}
    </button>
  )
}
