import { signal } from '@preact/signals'
import { DARK, LIGHT, type Palette } from '../draw/theme.ts'
import { preference, setPreference } from '../state/storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const isIn = (text: string | undefined): text is Theme => THEMES.some((theme) => theme === text)

export const theme = signal<Theme>('system')
const systemIsDark = signal(false)

/** Reads what was chosen, and follows the system. */
export function startTheme(): void {
  const kept = preference('theme')
  if (isIn(kept)) theme.value = kept
  const query = matchMedia('(prefers-color-scheme: dark)')
  systemIsDark.value = query.matches
  query.addEventListener('change', () => (systemIsDark.value = query.matches))
  theme.subscribe((chosen) => {
    document.documentElement.dataset['theme'] = chosen
  })
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  setPreference('theme', chosen)
}

/** The colours in force; reading it in a component draws that again when they change. */
export function palette(): Palette {
  const isDark = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value)
  return isDark ? DARK : LIGHT
}
