import { useRef } from 'preact/hooks'
import type { TruthFrame } from '../../core/truth-frame.ts'
import { usePage } from '../context.ts'

export interface Tries {
  /** Different lines that the visitor has set by hand for this table. */
  readonly count: number
  readonly best: number
}

/** Counts the lines that are set by hand, while the page is open; another table begins anew. */
export function useTries(frame: TruthFrame): Tries {
  const { lab } = usePage()
  const seen = useRef({ table: '', lines: new Set<string>(), best: 0 })
  const { run, stateHash } = { run: lab.run.value, stateHash: lab.stateHash.value }
  const { data, model } = run.spec
  const table = `${data.table}/${data.turn}/${model.feature}`
  if (seen.current.table !== table) seen.current = { table, lines: new Set(), best: 0 }
  const last = run.journal.at(-1)
  // A line counts when it rests, not while it is dragged.
  if (last?.kind === 'set' && last.at === frame.step && run.head === frame.step && stateHash !== '') {
    seen.current.lines.add(frame.weights.join())
    seen.current.best = Math.max(seen.current.best, frame.right)
  }
  return { count: seen.current.lines.size, best: seen.current.best }
}
