import type { JSX } from 'preact'
import { LISTED } from '../chapters/index.ts'
import type { ChapterId } from '../core/run/spec.ts'
import type { Language, Messages } from '../locales/index.ts'
import { pathTo } from '../site/paths.ts'
import { SiteHeader } from '../ui/site-header.tsx'

/** Contents: chapters that have passed their gate, and nothing else. */
export function Contents({ messages }: { readonly messages: Messages }): JSX.Element {
  const language = messages.language as Language
  const number = (id: ChapterId): number => CHAPTER_NUMBERS[id]
  return (
    <nav class="contents" aria-label={messages.contents}>
      <h2>{messages.contents}</h2>
      <ol>
        {LISTED.map((id) => (
          <li key={id}>
            <span class="chapter-number">{messages.chapterNumber(number(id))}</span>{' '}
            <a href={pathTo('', language, id, language)}>{messages.chapterTitles[id]}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const CHAPTER_NUMBERS: Readonly<Record<ChapterId, number>> = {
  neuron: 1,
  perceptron: 2,
  'linear-separability': 3,
  'hidden-layers': 4,
  'gradient-descent': 5,
  backpropagation: 6,
}

export function StaticFront({ messages }: { readonly messages: Messages }): JSX.Element {
  return (
    <>
      <SiteHeader messages={messages} page="" />
      <main class="front" id="text" tabIndex={-1}>
        <h1>{messages.labTitle}</h1>
        <Contents messages={messages} />
      </main>
    </>
  )
}
