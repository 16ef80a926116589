import type { JSX } from 'preact'

/** The neuron of the introduction: two inputs, and 0.67 comes out. */
export function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 76 32" aria-hidden="true">
      <path class="logo-wire" d="M4 8C18 8 18 16 30 16" stroke-width="2" />
      <path class="logo-wire" d="M4 24C18 24 18 16 30 16" stroke-width="3" />
      <rect x="30" y="3" width="42" height="26" rx="4" />
      <text x="51" y="21">
        0.67
      </text>
    </svg>
  )
}
