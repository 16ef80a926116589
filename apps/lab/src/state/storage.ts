import { NO_PROGRESS, parseProgress, printProgress, type Progress } from '../core/progress.ts'
import type { Problem } from '../core/run/spec.ts'

const KEY = 'neurite-lab'

/** What is kept in the browser; a problem where it keeps nothing, or where what it kept is damaged. */
export function loadProgress(): { progress: Progress; problem?: Problem } {
  try {
    const text = localStorage.getItem(KEY)
    if (text === null) return { progress: NO_PROGRESS }
    const read = parseProgress(text)
    if ('progress' in read) return read
    // What cannot be read is set aside, not thrown away.
    localStorage.setItem(`${KEY}-damaged`, text)
    return { progress: NO_PROGRESS, problem: read.problem }
  } catch {
    return { progress: NO_PROGRESS, problem: { kind: 'storage' } }
  }
}

/** False where the browser keeps nothing. */
export function saveProgress(progress: Progress): boolean {
  try {
    localStorage.setItem(KEY, printProgress(progress))
    return true
  } catch {
    return false
  }
}

/** A preference of the page, such as the theme. */
export function preference(name: string): string | undefined {
  try {
    return localStorage.getItem(`${KEY}-${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export function setPreference(name: string, value: string): void {
  try {
    localStorage.setItem(`${KEY}-${name}`, value)
  } catch {
    // The page looks as chosen until it is left.
  }
}
