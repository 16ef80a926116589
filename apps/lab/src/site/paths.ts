import type { Language } from '../locales/index.ts'

const depth = (page: string, language: Language): number => (language === 'en' ? 0 : 1) + (page === '' ? 0 : 1)

/** The folder of a page below the root of the site: English lies at the root, other languages in a folder each. */
export function folderOf(page: string, language: Language): string {
  return `${language === 'en' ? '' : `${language}/`}${page === '' ? '' : `${page}/`}`
}

/** A relative address, so that the site works in any folder of any host. */
export function pathTo(from: string, fromLanguage: Language, to: string, toLanguage: Language): string {
  return `${'../'.repeat(depth(from, fromLanguage))}${folderOf(to, toLanguage)}` || './'
}
