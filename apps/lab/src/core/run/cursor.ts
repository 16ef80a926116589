/** Where the visitor looks: a step of the run and, inside the pass of that step, one operation. Looking changes nothing. */
export interface Cursor {
  readonly step: number
  /** Operations shown so far; undefined where the chapter does not step through them. */
  readonly operation?: number
}

export const GRAINS = ['operation', 'example', 'update', 'epoch'] as const
export type Grain = (typeof GRAINS)[number]

/** The step that one grain further leads to. */
export function stepAfter(step: number, grain: Grain, stepsPerEpoch: number): number {
  if (grain !== 'epoch') return step + 1
  return (Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch
}

/** The step that one grain back leads to; never below 0. */
export function stepBefore(step: number, grain: Grain, stepsPerEpoch: number): number {
  if (grain !== 'epoch') return Math.max(0, step - 1)
  return Math.max(0, (Math.ceil(step / stepsPerEpoch) - 1) * stepsPerEpoch)
}

/** What a frame says about where its steps lead. */
export interface Pace {
  readonly stepsPerEpoch: number
  readonly jumps?: { readonly next: number | undefined; readonly previous: number }
}

export const PACE: Pace = { stepsPerEpoch: 1 }

/** Of two runs that step together Step and Step back lead to the nearer change, so that none is leapt over. */
export function paceOfBoth(a: Pace, b: Pace | undefined, head: number): Pace {
  if (a.jumps === undefined || b?.jumps === undefined) return a
  const ahead = [a.jumps.next, b.jumps.next].filter((step) => step !== undefined).filter((step) => step > head)
  const behind = [a.jumps.previous, b.jumps.previous].filter((step) => step < head)
  return {
    stepsPerEpoch: a.stepsPerEpoch,
    jumps: { next: ahead.length === 0 ? undefined : Math.min(...ahead), previous: Math.max(0, ...behind) },
  }
}

/** Where one grain leads: an update may lie several steps ahead, or there may be none. */
export function headAfter(head: number, grain: Grain, { stepsPerEpoch, jumps }: Pace): number {
  return grain === 'update' && jumps !== undefined ? (jumps.next ?? head) : stepAfter(head, grain, stepsPerEpoch)
}

export function headBefore(head: number, grain: Grain, { stepsPerEpoch, jumps }: Pace): number {
  return grain === 'update' && jumps !== undefined ? jumps.previous : stepBefore(head, grain, stepsPerEpoch)
}

/** Moves through the operations of one pass: forward values first, then gradients; stays inside. */
export function moveOperation(operation: number, by: number, count: number): number {
  return Math.max(0, Math.min(count, operation + by))
}
