import { renderToString } from 'preact-render-to-string'
import { LISTED, loadChapter } from './chapters/index.ts'
import { type Language, LANGUAGES, loadMessages } from './locales/index.ts'
import { folderOf } from './site/paths.ts'
import { StaticChapter } from './ui/chapter-page.tsx'
import { FrontPage } from './front/front-page.tsx'

/** One page of the site as it is without any program. */
export interface Page {
  /** Its folder below the root of the site; empty or ending in a slash. */
  readonly folder: string
  readonly language: Language
  readonly chapter: string
  readonly title: string
  readonly description: string
  readonly body: string
}

/** Every page in every language, its prose complete. */
export async function pages(): Promise<Page[]> {
  const all: Page[] = []
  for (const language of LANGUAGES) {
    const messages = await loadMessages(language)
    all.push({
      folder: folderOf('', language),
      language,
      chapter: '',
      title: `${messages.labName}: ${messages.labTitle}`,
      description: messages.labTitle,
      body: renderToString(<FrontPage messages={messages} />),
    })
    for (const id of LISTED) {
      const chapter = (await loadChapter(id, language))!
      all.push({
        folder: folderOf(id, language),
        language,
        chapter: id,
        title: `${messages.chapterTitles[id]} · ${messages.labName}`,
        description: chapter.text.lead,
        body: renderToString(<StaticChapter chapter={chapter} messages={messages} />),
      })
    }
  }
  return all
}
