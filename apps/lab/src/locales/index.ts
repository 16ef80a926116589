import type { Messages } from './messages.ts'
import { pseudo } from './pseudo.ts'

export type { Messages } from './messages.ts'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text)

/** The sentences of one language; only this language is loaded. `stretched` makes them 40 % longer, for tests. */
export async function loadMessages(language: Language, stretched = false): Promise<Messages> {
  const messages = language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en
  return stretched ? pseudo(messages) : messages
}
