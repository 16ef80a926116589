import type { JSX } from 'preact'
import type { Problem } from '../core/run/spec.ts'
import type { LaterMessages } from '../locales/later-messages.ts'
import { useNumbers } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** What is known to be wrong with something from outside; that the engine has stopped is told without loading anything. */
export type ToldLater = Exclude<Problem, { kind: 'engine' }>

export function problemText(
  problem: ToldLater,
  problems: LaterMessages['problems'],
  print: (value: number) => string,
): string {
  switch (problem.kind) {
    case 'number':
    case 'choice':
      return problems[problem.kind](problem.field, problem.text.slice(0, 40))
    case 'range':
      return problems.range(problem.field, print(problem.low), print(problem.high))
    case 'layers':
      return problems.layers(problem.most, problem.found)
    case 'units':
      return problems.units(problem.most, String(problem.found))
    case 'foreignField':
      return problems.foreignField(problem.field.slice(0, 40))
    case 'journal':
    case 'version':
    case 'progressFile':
    case 'storage':
    case 'tooLong':
      return problems[problem.kind]
    default:
      return problem satisfies never
  }
}

/** One problem in words. */
export function ProblemText({ problem }: { readonly problem: ToldLater }): JSX.Element {
  const print = useNumbers()
  const { problems } = useLaterWords()
  return <p>{problemText(problem, problems, (value) => print(value, 2))}</p>
}
