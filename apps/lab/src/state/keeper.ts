import { type Signal, signal } from '@preact/signals'
import type { ChapterDefinition } from '../core/chapter/define-chapter.ts'
import { chapterProgress, type Progress, withChapter } from '../core/progress.ts'
import type { Problem } from '../core/run/spec.ts'
import { loadProgress, saveProgress } from './storage.ts'

/** What the visitor has reached in one chapter, and what the page has to say about things from outside. */
export class Keeper {
  readonly definition: ChapterDefinition
  readonly progress: Signal<Progress>
  readonly problems: Signal<readonly Problem[]> = signal([])

  constructor(definition: ChapterDefinition) {
    this.definition = definition
    const { progress, problem } = loadProgress()
    this.progress = signal(progress)
    if (problem !== undefined) this.problems.value = [problem]
  }

  get reached(): ReturnType<typeof chapterProgress> {
    return chapterProgress(this.progress.value, this.definition.id)
  }

  guess(prediction: string, guess: string): void {
    this.store({ guesses: { ...this.reached.guesses, [prediction]: guess } })
  }

  dismissProblem(): void {
    this.problems.value = this.problems.value.slice(1)
  }

  replaceProgress(progress: Progress): void {
    this.progress.value = progress
    this.save()
  }

  protected tell(problem: Problem): void {
    if (!this.problems.value.some(({ kind }) => kind === problem.kind))
      this.problems.value = [...this.problems.value, problem]
  }

  protected store(change: Partial<ReturnType<typeof chapterProgress>>): void {
    this.progress.value = withChapter(this.progress.value, this.definition.id, change)
    this.save()
  }

  protected save(): void {
    if (!saveProgress(this.progress.value)) this.tell({ kind: 'storage' })
  }
}
