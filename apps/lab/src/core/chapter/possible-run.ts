import type { Problem, Run } from '../run/spec.ts'
import type { ChapterDefinition } from './define-chapter.ts'

/** What a chapter can show of a run that came from outside, and what it has to say about it. */
export function possibleRun(
  run: Run,
  { offers, pass }: ChapterDefinition,
): { readonly run: Run | undefined; readonly problem?: Problem } {
  const { data, model } = run.spec
  if (!offers.data.some(({ kind }) => kind === data.kind)) {
    return { run: undefined, problem: { kind: 'choice', field: 'data', text: data.kind } }
  }
  if (!offers.activations.includes(model.activation)) {
    return { run: undefined, problem: { kind: 'choice', field: 'act', text: model.activation } }
  }
  if (pass === undefined || run.head === 0) return { run }
  return { run: { ...run, head: 0 }, problem: { kind: 'range', field: 'at', low: 0, high: 0 } }
}
