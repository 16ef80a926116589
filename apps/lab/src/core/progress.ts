import { type ChapterId, CHAPTERS, MOST_STEPS, type Problem, type Run, type RunSpec, specProblem } from './run/spec.ts'
import { readTries, type TriesByTask } from './tries.ts'
import { parseUrl, printUrl, readJournal } from './url.ts'

/** What a visitor has reached in one chapter. */
export interface ChapterProgress {
  /** The furthest part of the chapter that was opened. */
  readonly beat: number
  /** Guesses by the name of the prediction; locked once made. */
  readonly guesses: Readonly<Record<string, string>>
  /** Checks that were passed. */
  readonly passed: readonly string[]
  /** What was tried by hand, in chapters that count it. */
  readonly tries?: TriesByTask
  /** The run as the visitor left it. */
  readonly run?: Run
  /** The run that is compared with it; where its head is counts for nothing. */
  readonly pinned?: Run | undefined
}

/** What a visitor has reached: kept in the browser alone, and in a file where the visitor asks for one. */
export interface Progress {
  readonly v: 1
  readonly chapters: Readonly<Partial<Record<ChapterId, ChapterProgress>>>
}

export const NO_PROGRESS: Progress = { v: 1, chapters: {} }
const EMPTY: ChapterProgress = { beat: 0, guesses: {}, passed: [] }
const MARK = 'neurite-lab-progress'

export const chapterProgress = (progress: Progress, id: ChapterId): ChapterProgress => progress.chapters[id] ?? EMPTY

export function withChapter(progress: Progress, id: ChapterId, change: Partial<ChapterProgress>): Progress {
  return { ...progress, chapters: { ...progress.chapters, [id]: { ...chapterProgress(progress, id), ...change } } }
}

/** Progress as the text of a file. */
export function printProgress(progress: Progress): string {
  return `${JSON.stringify({ kind: MARK, ...progress }, undefined, 1)}\n`
}

/** The progress that a text holds, or what is wrong with it. Every part is checked: a file may come from anywhere. */
export function parseProgress(text: string): { progress: Progress } | { problem: Problem } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: { kind: 'progressFile' } }
  }
  if (!isRecord(value) || value['kind'] !== MARK || !isRecord(value['chapters']))
    return { problem: { kind: 'progressFile' } }
  if (value['v'] !== 1) return { problem: { kind: 'version' } }
  let progress = NO_PROGRESS
  for (const id of CHAPTERS) {
    const stored = value['chapters'][id]
    if (stored === undefined) continue
    const chapter = readChapter(stored, id)
    if (chapter === undefined) return { problem: { kind: 'progressFile' } }
    progress = withChapter(progress, id, chapter)
  }
  return { progress }
}

function readChapter(value: unknown, id: ChapterId): ChapterProgress | undefined {
  if (!isRecord(value)) return undefined
  const { beat, guesses, passed, tries, run, pinned } = value
  if (typeof beat !== 'number' || !Number.isInteger(beat) || beat < 0 || beat > 20) return undefined
  if (!isRecord(guesses) || !Object.values(guesses).every((guess) => typeof guess === 'string')) return undefined
  if (!Array.isArray(passed) || !passed.every((name) => typeof name === 'string')) return undefined
  const counted = tries === undefined ? {} : readTries(tries)
  if (counted === undefined) return undefined
  const reached = {
    beat,
    guesses: guesses as Record<string, string>,
    passed: passed,
    ...(tries === undefined ? {} : { tries: counted }),
  }
  const runs: { run?: Run; pinned?: Run } = {}
  for (const [name, stored] of Object.entries({ run, pinned })) {
    if (stored === undefined) continue
    const read = readRun(stored, id)
    if (read === undefined) return undefined
    runs[name as keyof typeof runs] = read
  }
  return { ...reached, ...runs }
}

/** A run that came from outside, checked; undefined where it is none of this chapter. */
export function readRun(value: unknown, id: ChapterId): Run | undefined {
  if (!isRecord(value) || !isRecord(value['spec']) || value['spec']['v'] !== 1 || value['spec']['chapter'] !== id) {
    return undefined
  }
  const { journal, head } = value
  const rows = Array.isArray(journal)
    ? (journal as unknown[]).map((edit) =>
        isRecord(edit) ? [edit['at'], edit['kind'], edit['path'], edit['value']] : edit,
      )
    : undefined
  const edits = readJournal(rows)
  if (edits === undefined || typeof head !== 'number' || !Number.isInteger(head) || head < 0 || head > MOST_STEPS) {
    return undefined
  }
  const spec = value['spec'] as unknown as RunSpec
  const isComplete =
    isRecord(spec.data) && isRecord(spec.model) && isRecord(spec.optimiser) && Array.isArray(spec.model.layers)
  if (!isComplete || specProblem(spec) !== undefined) return undefined
  return { spec, journal: edits, head }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an address names another run than the one that was left: then it is shown, and nothing is overwritten yet. */
export async function isForeign(hash: string, kept: Run | undefined, start: RunSpec): Promise<boolean> {
  const { run } = await parseUrl(hash, start)
  if (run === undefined || kept === undefined) return false
  return (await printUrl(run, start)) !== (await printUrl(kept, start))
}
