import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { type Language, LANGUAGES, type Messages } from '../locales/index.ts'
import { pathTo } from '../site/paths.ts'
import { Later } from './later.tsx'
import { Logo } from './logo.tsx'
import { chooseTheme, theme, THEMES } from './use-palette.ts'

const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** The same on every page: where home is, which language, which colours, and help. */
export function SiteHeader({
  messages,
  page,
  children,
}: {
  readonly messages: Messages
  /** The page as the path below a language's root; empty for the front page. */
  readonly page: string
  readonly children?: JSX.Element
}): JSX.Element {
  const [isHelping, setHelping] = useState(false)
  const language = messages.language as Language
  return (
    <header class="site">
      <a
        class="skip"
        href="#text"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('text')?.focus()
        }}
      >
        {messages.skip}
      </a>
      <a class="home" href={pathTo(page, language, '', language)}>
        <Logo />
        <span>{messages.labName}</span>
      </a>
      <nav aria-label={messages.labName}>
        {LANGUAGES.filter((other) => other !== language).map((other) => (
          <a
            key={other}
            lang={other}
            hreflang={other}
            href={pathTo(page, language, page, other)}
            onClick={(event) => {
              // The run goes along.
              if (typeof location !== 'undefined')
                event.currentTarget.href = pathTo(page, language, page, other) + location.hash
            }}
          >
            {NAMES[other]}
          </a>
        ))}
        <label class="theme">
          <span>{messages.theme}</span>
          <select
            value={theme.value}
            onChange={(event) => chooseTheme(THEMES.find((name) => name === event.currentTarget.value)!)}
          >
            {THEMES.map((name) => (
              <option key={name} value={name}>
                {messages.themes[name]}
              </option>
            ))}
          </select>
        </label>
        {children}
        <button type="button" onClick={() => setHelping(true)}>
          {messages.help}
        </button>
      </nav>
      <Later load={() => Promise.all([import('./help-dialog.tsx'), messages.later()])} isWanted={isHelping}>
        {([{ HelpDialog }, { helpText }]) => (
          <HelpDialog name={messages.help} lines={helpText} close={messages.close} onClose={() => setHelping(false)} />
        )}
      </Later>
    </header>
  )
}
