import type { JSX } from 'preact'

/** Predicted change hollow, actual change filled, on one line through zero. */
export function ChangeScale({
  predicted,
  actual,
  label,
}: {
  readonly predicted: number
  readonly actual: number
  readonly label: string
}): JSX.Element {
  const full = Math.max(Math.abs(predicted), Math.abs(actual), 1e-12) * 1.2
  const at = (value: number): number =>
    100 + (Number.isFinite(value) ? Math.max(-1, Math.min(1, value / full)) : 1) * 92
  return (
    <svg class="change-scale" viewBox="0 0 200 24" role="img" aria-label={label}>
      <path class="axis" d="M4 12H196M100 5V19" />
      <circle class="mark-predicted" cx={at(predicted)} cy="12" r="6" />
      <circle class="mark-actual" cx={at(actual)} cy="12" r="3.6" />
    </svg>
  )
}
