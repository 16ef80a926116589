/** What the visitor has tried by hand for one task. */
export interface Tries {
  readonly count: number
  /** The most that was right at once. */
  readonly best: number
  /** The last different ones, as text, so that the same one does not count twice. */
  readonly known: readonly string[]
}

/** One try: for which task, what was set, and how much of it was right. */
export interface Try {
  readonly task: string
  readonly set: string
  readonly right: number
}

export type TriesByTask = Readonly<Record<string, Tries>>

/** So many are told from new ones; who has tried more has not noticed either. */
const MOST_KNOWN = 500
const LONGEST = 120

export const NO_TRIES: Tries = { count: 0, best: 0, known: [] }

export function withTry(tries: TriesByTask, { task, set, right }: Try): TriesByTask {
  const { count, best, known } = tries[task] ?? NO_TRIES
  const isNew = !known.includes(set)
  const next: Tries = {
    count: isNew ? count + 1 : count,
    best: Math.max(best, right),
    known: isNew ? [...known, set].slice(-MOST_KNOWN) : known,
  }
  return { ...tries, [task]: next }
}

/** Tries that came from outside, checked; undefined where they are none. */
export function readTries(value: unknown): TriesByTask | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const tasks = Object.entries(value as Record<string, unknown>)
  return tasks.every(([, tries]) => isTries(tries)) ? (Object.fromEntries(tasks) as TriesByTask) : undefined
}

function isTries(value: unknown): value is Tries {
  if (typeof value !== 'object' || value === null) return false
  const { count, best, known } = value as Readonly<Record<string, unknown>>
  const isCount = (number: unknown): boolean => Number.isSafeInteger(number) && (number as number) >= 0
  return (
    isCount(count) &&
    isCount(best) &&
    Array.isArray(known) &&
    known.length <= Math.min(MOST_KNOWN, count as number) &&
    known.every((set) => typeof set === 'string' && set.length <= LONGEST)
  )
}
