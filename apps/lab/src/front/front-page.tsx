import type { JSX } from 'preact'
import { LISTED } from '../chapters/index.ts'
import type { ChapterId } from '../core/run/spec.ts'
import type { Language, Messages } from '../locales/index.ts'
import { pathTo } from '../site/paths.ts'
import { FRONT } from './text.ts'
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

/** The front page; `children` is the network that draws and learns, where the program runs. */
export function FrontPage({
  messages,
  children,
}: {
  readonly messages: Messages
  readonly children?: JSX.Element
}): JSX.Element {
  const text = FRONT[messages.language as Language]
  return (
    <>
      <SiteHeader messages={messages} page="" />
      <main class="front" id="text" tabIndex={-1}>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {children ?? <p class="note">{messages.waiting}</p>}
        {text.story.map(({ title, prose }) => (
          <section key={title} class="beat">
            <h2>{title}</h2>
            {prose.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
        <Contents messages={messages} />
      </main>
    </>
  )
}
