import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Chapter, LISTED } from '../chapters/index.ts'
import type { Language, Messages } from '../locales/index.ts'
import type { PageMessages } from '../locales/messages.ts'
import { pathTo } from '../site/paths.ts'
import type { Lab } from '../state/lab.ts'
import { Beats, StaticBeats } from './beats.tsx'
import { PageContext } from './context.ts'
import { LaterPart } from './later-part.tsx'
import { Announcer, Problems } from './problems.tsx'
import { ProgressMenu } from './progress-menu.tsx'
import { SiteHeader } from './site-header.tsx'
import { Transport } from './transport.tsx'

const TABS = ['world', 'machine', 'judge'] as const

/** A chapter: its story on one side, the bench on the other. */
export function ChapterPage({
  chapter,
  messages,
  lab,
}: {
  readonly chapter: Chapter
  readonly messages: Messages
  readonly lab: Lab
}): JSX.Element {
  const { definition, text, Scene } = chapter
  // The panel that a chapter names first is the one it begins with.
  const [tab, setTab] = useState(TABS.find((name) => name === definition.beats[0]!.panels[0]) ?? 'world')
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => void shortcut(event, lab)
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [lab])
  // A chapter brings the sentences of its own bench; nobody asks for those of others.
  const said = { ...messages, ...text.messages } as PageMessages
  const { panels } = lab.revealed.value
  const tabs = TABS.filter((name) => panels.has(name))
  return (
    <PageContext.Provider value={{ lab, messages: said, text }}>
      <SiteHeader messages={messages} page={definition.id}>
        <ProgressMenu />
      </SiteHeader>
      <Problems />
      <Announcer />
      <main class="chapter" data-state={lab.stateHash.value} data-step={lab.frame.value?.step ?? ''}>
        <ChapterHead chapter={chapter} messages={messages} />
        <article id="text" class="story" tabIndex={-1}>
          <Beats />
          <NextChapter chapter={chapter} messages={messages} />
        </article>
        <div class="bench" role="region" aria-label={messages.bench} data-tab={tab}>
          {tabs.length > 1 && (
            <div class="tabs" role="group" aria-label={messages.contents}>
              {tabs.map((name) => (
                <button type="button" key={name} aria-pressed={tab === name} onClick={() => setTab(name)}>
                  {messages.panels[name]}
                </button>
              ))}
            </div>
          )}
          <div class="scene">
            <Scene />
          </div>
          <Transport />
        </div>
        <LaterPart load={() => import('./value-card.tsx')} isWanted={lab.selection.value !== undefined}>
          {({ ValueCard }) => <ValueCard />}
        </LaterPart>
      </main>
    </PageContext.Provider>
  )
}

/** What is there before the program has started, and without it. */
export function StaticChapter({
  chapter,
  messages,
}: {
  readonly chapter: Chapter
  readonly messages: Messages
}): JSX.Element {
  return (
    <>
      <SiteHeader messages={messages} page={chapter.definition.id} />
      <main class="chapter">
        <ChapterHead chapter={chapter} messages={messages} />
        <article id="text" class="story" tabIndex={-1}>
          <StaticBeats definition={chapter.definition} text={chapter.text} messages={messages} />
          <NextChapter chapter={chapter} messages={messages} />
        </article>
        <div class="bench waiting">
          <p class="note">{messages.waiting}</p>
          <noscript>{messages.noScript}</noscript>
        </div>
      </main>
    </>
  )
}

/** The place of a chapter in the whole course, whether all before it are there yet or not. */
const NUMBERS = ['neuron', 'perceptron', 'linear-separability', 'hidden-layers', 'gradient-descent', 'backpropagation']

function ChapterHead({
  chapter: { definition, text },
  messages,
}: {
  readonly chapter: Chapter
  readonly messages: Messages
}): JSX.Element {
  return (
    <div class="head">
      <p class="chapter-number">{messages.chapterNumber(NUMBERS.indexOf(definition.id) + 1)}</p>
      <h1>{messages.chapterTitles[definition.id]}</h1>
      <p class="lead">{text.lead}</p>
    </div>
  )
}

function NextChapter({
  chapter,
  messages,
}: {
  readonly chapter: Chapter
  readonly messages: Messages
}): JSX.Element | null {
  const next = LISTED[LISTED.indexOf(chapter.definition.id) + 1]
  const language = messages.language as Language
  const { id } = chapter.definition
  return (
    <p class="next">
      {next === undefined ? (
        <a href={pathTo(id, language, '', language)}>{messages.contents}</a>
      ) : (
        <a href={pathTo(id, language, next, language)}>
          {messages.nextChapter}: {messages.chapterTitles[next]}
        </a>
      )}
    </p>
  )
}

const WITHOUT_TEXT = ['range', 'radio', 'checkbox']

/** Keys for the whole page; never while something is typed or a control has its own use for them. */
async function shortcut(event: KeyboardEvent, lab: Lab): Promise<void> {
  const { target } = event
  const isControl = event.ctrlKey || event.metaKey
  const isField = target instanceof HTMLInputElement
  // A slider has no text to undo: there Ctrl+Z takes the change of the number back.
  const isTyped = target instanceof HTMLTextAreaElement || (isField && !WITHOUT_TEXT.includes(target.type))
  if (isControl && event.key === 'z' && !isTyped) {
    event.preventDefault()
    await lab.undo()
    return
  }
  if (isField || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return
  if (isControl || event.altKey) return
  const isButton = target instanceof Element && target.closest('button, a, summary, [role=button]') !== null
  if (event.key === ' ' && !isButton) {
    event.preventDefault()
    if (lab.playing.value) await lab.pause()
    else lab.play()
  } else if (event.key === '.') await lab.step('update')
  else if (event.key === ',') await lab.stepBack('update')
  else if (event.key === 'r') await lab.reset()
  else if (event.key === 'Escape' && lab.selection.value !== undefined) await lab.select(undefined)
}
