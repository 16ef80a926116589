import type { Frame } from '../core/protocol.ts'

export type Notice =
  | { readonly kind: 'started' | 'stopped' | 'imported' | 'copied' | 'shared' }
  | { readonly kind: 'paused' | 'milestone' | 'solved'; readonly step: number; readonly loss: number }

/** What is worth saying about a picture: a screen reader cannot follow thirty of them a second. */
export function milestone(frame: Frame, last: Notice | undefined, wasSolved: boolean): Notice | undefined {
  const { step, loss } = frame
  if (frame.kind === 'plane' && frame.accuracy.train === 1 && !wasSolved) return { kind: 'solved', step, loss }
  const before = last !== undefined && 'step' in last ? last.step : 0
  return step >= 100 && step >= 10 * Math.max(10, before) ? { kind: 'milestone', step, loss } : undefined
}
