import type { PerceptronFrame } from '../../core/protocol.ts'
import type { PerceptronLaterMessages } from '../../locales/bench-messages.ts'

/** What the judge reads off a frame, since the data last changed. */
export const readingsOf = (
  { bound, updates, since, points, right }: PerceptronFrame,
  { none }: PerceptronLaterMessages,
): Readonly<Record<'updates' | 'most' | 'wrong', string>> => ({
  updates: String(updates - since.updates),
  most: bound === undefined ? none : String(bound.most),
  wrong: `${points.ids.length - right} / ${points.ids.length}`,
})
