import { useRef } from 'preact/hooks'
import type { Edit } from '../core/run/spec.ts'
import { usePage } from './context.ts'

type Change = readonly Omit<Edit, 'at'>[]

/** What a hand changes while it drags: a change that comes while one is under way waits, and is overtaken by the next. */
export interface Hand {
  move(change: Change): void
  /** The last change: it is kept as well. Settled when the run has it. */
  end(change: Change): Promise<void>
}

export function useHand(): Hand {
  const { lab } = usePage()
  const state = useRef<{ waiting: Change | undefined; running: Promise<void> | undefined }>({
    waiting: undefined,
    running: undefined,
  }).current
  const run = async (): Promise<void> => {
    for (;;) {
      const { waiting } = state
      if (waiting === undefined) break
      state.waiting = undefined
      await lab.editAll(waiting, true)
    }
    state.running = undefined
  }
  const move = (change: Change): Promise<void> => {
    state.waiting = change
    if (state.running === undefined) lab.holds((state.running = run()))
    return state.running
  }
  return {
    move: (change) => void move(change),
    end: (change) => move(change).then(() => void lab.settle()),
  }
}
