import { useRef } from 'preact/hooks'

/** Runs `work` for the latest value only: what comes while it is under way waits, and is overtaken by what comes after. */
export interface Latest<T> {
  (value: T): void
  /** The last value, and a promise of its end. */
  last(value: T): Promise<void>
}

export function useLatest<T>(work: (value: T) => Promise<void>): Latest<T> {
  const state = useRef<{ waiting: { value: T } | undefined; running: Promise<void> | undefined; work: typeof work }>({
    waiting: undefined,
    running: undefined,
    work,
  })
  state.current.work = work
  const run = async (): Promise<void> => {
    for (;;) {
      const { waiting } = state.current
      if (waiting === undefined) break
      state.current.waiting = undefined
      await state.current.work(waiting.value)
    }
    state.current.running = undefined
  }
  const give = (value: T): Promise<void> => {
    state.current.waiting = { value }
    state.current.running ??= run()
    return state.current.running
  }
  return Object.assign((value: T) => void give(value), { last: give })
}
