import type { Spot } from './hull.ts'

export const LOOP_WIDTH = 400
export const LOOP_HEIGHT = 128
const RADIUS = 44
const MIDDLE: Spot = [LOOP_WIDTH - 76, LOOP_HEIGHT / 2]
/** So many places of the way to the ring have room. */
const MOST_BEFORE = 12
const MOST_IN_A_ROW = 18

/** One state of the neuron in the picture of its way. */
export interface LoopPlace {
  readonly at: Spot
  /** The step after which the neuron was here. */
  readonly step: number
}

/** A way that runs into a ring, like the letter rho. */
export interface LoopLayout {
  /** Places before the ring, the oldest first; `left` of them have no room. */
  readonly tail: readonly LoopPlace[]
  readonly left: number
  /** Places of the ring, clockwise, beginning where the tail runs in. */
  readonly ring: readonly LoopPlace[]
  readonly middle: Spot
}

/** `from` and `length` name the ring; without one the last places stand in a row. */
export function loopLayout(
  base: number,
  last: number,
  loop: { readonly from: number; readonly length: number } | undefined,
): LoopLayout {
  const end = loop === undefined ? last : loop.from - 1
  const room = loop === undefined ? MOST_IN_A_ROW : MOST_BEFORE
  const count = Math.max(0, end - base + 1)
  const shown = Math.min(count, room)
  const right = loop === undefined ? LOOP_WIDTH - 20 : MIDDLE[0] - RADIUS - 20
  const pitch = Math.min(20, (right - 24) / Math.max(1, room - 1))
  const tail = Array.from({ length: shown }, (_, i): LoopPlace => {
    const x = loop === undefined ? 24 + i * pitch : right - (shown - 1 - i) * pitch
    return { at: [x, LOOP_HEIGHT / 2], step: end - shown + 1 + i }
  })
  const ring = Array.from({ length: loop?.length ?? 0 }, (_, i): LoopPlace => {
    const [x, y] = onRing(i / loop!.length)
    return { at: [MIDDLE[0] + RADIUS * x, MIDDLE[1] + RADIUS * y], step: loop!.from + i }
  })
  return { tail, left: count - shown, ring, middle: MIDDLE }
}

/** Quarters of a ring exactly, what lies between them on its chords: a ring of a few places needs no more. */
const QUARTERS: readonly Spot[] = [
  [-1, 0],
  [0, -1],
  [1, 0],
  [0, 1],
]

function onRing(share: number): Spot {
  const quarter = Math.floor(share * 4)
  const part = share * 4 - quarter
  const [from, to] = [QUARTERS[quarter % 4]!, QUARTERS[(quarter + 1) % 4]!]
  const x = from[0] * (1 - part) + to[0] * part
  const y = from[1] * (1 - part) + to[1] * part
  const size = Math.sqrt(x * x + y * y)
  return [x / size, y / size]
}
