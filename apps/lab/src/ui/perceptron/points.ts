import type { PerceptronFrame } from '../../core/protocol.ts'
import type { Edit } from '../../core/run/spec.ts'

/** What a click on the picture does. */
export const TAPS = ['move', 'plus', 'minus'] as const
export type Tap = (typeof TAPS)[number]

export type PointChange = readonly Omit<Edit, 'at'>[]

/** Places are whole hundredths, and stay inside of the picture. */
const FURTHEST = 1.2
export const tidy = (value: number): number => Math.round(Math.max(-FURTHEST, Math.min(FURTHEST, value)) * 100) / 100

export const moved = (id: number, x: number, y: number): PointChange => [
  { kind: 'point', path: `input[${2 * id}]`, value: tidy(x) },
  { kind: 'point', path: `input[${2 * id + 1}]`, value: tidy(y) },
]

export const classed = (id: number, label: number): PointChange => [
  { kind: 'point', path: `label[${id}]`, value: label },
]

export const added = (id: number, x: number, y: number, label: number): PointChange => [
  ...moved(id, x, y),
  ...classed(id, label),
]

export const taken = (id: number): PointChange => [{ kind: 'point', path: `off[${id}]`, value: 1 }]

/** Where the chosen point stands among those that are there; the first where it was taken away. */
export const chosenPlace = ({ points }: PerceptronFrame, id: number): number => Math.max(0, points.ids.indexOf(id))
