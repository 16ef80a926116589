import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource/atkinson-hyperlegible-mono/latin-400.css'
import './theme/theme.css'
import { signal } from '@preact/signals'
import { render } from 'preact'
import type { EngineApi } from './core/protocol.ts'
import type { DigitsTutor } from './engine/digits-tutor.ts'
import { remote, type RemoteEngine } from './engine/remote.ts'
import { isLanguage, loadMessages, type Messages } from './locales/index.ts'
import { pseudo } from './locales/pseudo.ts'
import { loadChapter } from './chapters/index.ts'
import { Lab } from './state/lab.ts'
import { ChapterPage } from './ui/chapter-page.tsx'
import { startTheme } from './ui/use-palette.ts'

/** The engine in its worker; a failure of the worker is told in the page. */
function startEngine(onFailure: (text: string) => void): RemoteEngine {
  const worker = new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' })
  return remote<EngineApi>(worker, onFailure)
}

/** The front page has a network of its own, in a worker of its own. */
async function startFront(root: HTMLElement, messages: Messages): Promise<void> {
  const [{ FrontPage }, { FrontApp }] = await Promise.all([
    import('./front/front-page.tsx'),
    import('./front/front-app.tsx'),
  ])
  const worker = new Worker(new URL('./engine/digits-worker.ts', import.meta.url), { type: 'module' })
  const tutor = remote<DigitsTutor>(worker, (text) => console.error(text))
  root.replaceChildren()
  const onReady = (): void => {
    root.dataset['ready'] = 'true'
  }
  render(
    <FrontPage messages={messages}>
      <FrontApp
        tutor={tutor}
        messages={messages}
        root={document.documentElement.dataset['root'] ?? './'}
        onReady={onReady}
      />
    </FrontPage>,
    root,
  )
}

async function start(): Promise<void> {
  startTheme()
  const root = document.getElementById('app')!
  const { lang, dataset } = document.documentElement
  const language = isLanguage(lang) ? lang : 'en'
  const isStretched = new URLSearchParams(location.search).has('stretched')
  const failure = signal<string | undefined>(undefined)
  const id = dataset['chapter'] ?? ''
  if (id === '') {
    await startFront(root, await loadMessages(language, isStretched))
    return
  }
  const engine = startEngine((text) => (failure.value = text))
  const [messages, found] = await Promise.all([loadMessages(language, isStretched), loadChapter(id, language)])
  if (found === undefined) return
  const chapter = isStretched ? { ...found, text: pseudo(found.text) } : found
  const lab = new Lab(chapter.definition, engine)
  failure.subscribe((text) => {
    if (text !== undefined) lab.problems.value = [...lab.problems.value, { kind: 'engine', text }]
  })
  root.replaceChildren()
  render(<ChapterPage chapter={chapter} messages={messages} lab={lab} />, root)
  const { isFirstVisit } = await lab.begin(location.hash)
  root.dataset['ready'] = 'true'
  addEventListener('hashchange', () => {
    if (location.hash.includes('=')) location.reload()
  })
  if (isFirstVisit && !matchMedia('(prefers-reduced-motion: reduce)').matches) lab.hook()
}

void start()
// Only built pages name their chapter.
const { chapter, root = './' } = document.documentElement.dataset
if ('serviceWorker' in navigator && chapter !== undefined) {
  void navigator.serviceWorker.register(`${root}service-worker.js`)
}
