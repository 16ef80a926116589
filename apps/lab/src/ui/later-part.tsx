import { createContext, type JSX } from 'preact'
import { useContext } from 'preact/hooks'
import type { LaterBenchMessages } from '../locales/bench-messages.ts'
import type { LaterMessages } from '../locales/later-messages.ts'
import { usePage } from './context.ts'
import { Later } from './later.tsx'

type LaterWords = LaterMessages & LaterBenchMessages

const Words = createContext<LaterWords | undefined>(undefined)

/** A part of a chapter's page that comes with the story or when it is asked for, together with the words for it. */
export function LaterPart<M>({
  load,
  isWanted,
  children,
}: {
  readonly load: () => Promise<M>
  readonly isWanted: boolean
  readonly children: (loaded: M) => JSX.Element
}): JSX.Element {
  const { messages, text } = usePage()
  return (
    <Later load={() => Promise.all([load(), messages.later(), text.later?.()])} isWanted={isWanted}>
      {([loaded, frame, bench]) => (
        // A chapter brings the sentences of its own bench; nobody asks for those of others.
        <Words.Provider value={{ ...frame, ...bench } as LaterWords}>{children(loaded)}</Words.Provider>
      )}
    </Later>
  )
}

/** What such a part says. */
export function useLaterWords(): LaterWords {
  const words = useContext(Words)
  if (words === undefined) throw new Error('a part that comes later is used outside of LaterPart')
  return words
}
