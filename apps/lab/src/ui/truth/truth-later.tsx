import { createContext, type JSX } from 'preact'
import { useContext } from 'preact/hooks'
import { usePage } from '../context.ts'
import { Later } from '../later.tsx'
import type { TruthLaterWords } from './later-words.ts'

const Words = createContext<TruthLaterWords | undefined>(undefined)

/** A part of the bench that comes with the story, and its words. */
export function TruthLater<M>({
  load,
  isWanted,
  children,
}: {
  readonly load: () => Promise<M>
  readonly isWanted: boolean
  readonly children: (loaded: M) => JSX.Element
}): JSX.Element {
  const { text } = usePage()
  return (
    <Later load={() => Promise.all([load(), text.truthLater!()])} isWanted={isWanted}>
      {([loaded, words]) => <Words.Provider value={words}>{children(loaded)}</Words.Provider>}
    </Later>
  )
}

export const useLaterTruth = (): TruthLaterWords => useContext(Words)!
