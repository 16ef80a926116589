import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ChapterText } from '../chapters/chapter-text.ts'
import { printNumber, printShort } from '../core/numbers.ts'
import type { PageMessages } from '../locales/messages.ts'
import type { Lab } from '../state/lab.ts'

/** What every part of a chapter's page can reach. */
export interface Page {
  readonly lab: Lab
  readonly messages: PageMessages
  readonly text: ChapterText
}

export const PageContext = createContext<Page | undefined>(undefined)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (page === undefined) throw new Error('a part of a chapter is used outside of its page')
  return page
}

/** Numbers in the manner of the page's language. */
export function useNumbers(): (value: number, digits?: number) => string {
  const { messages } = usePage()
  return (value, digits) => printNumber(value, messages.language, digits)
}

/** The same without trailing zeros, for a few numbers that are read one by one. */
export function useShortNumbers(): (value: number, digits?: number) => string {
  const { messages } = usePage()
  return (value, digits) => printShort(value, messages.language, digits)
}
