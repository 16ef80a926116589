import type { JSX } from 'preact'
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Problem } from '../core/run/spec.ts'
import type { Messages } from '../locales/index.ts'
import { useNumbers, usePage } from './context.ts'

export function problemText(problem: Problem, messages: Messages, print: (value: number) => string): string {
  const { problems } = messages
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
    case 'engine':
      return problems.engine(problem.text)
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

/** What went wrong with something that came from outside, one sentence at a time. */
export function Problems(): JSX.Element | null {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const [problem] = lab.problems.value
  if (problem === undefined) return null
  return (
    <div class="problems" role="alert">
      <p>{problemText(problem, messages, (value) => print(value, 2))}</p>
      <button type="button" onClick={() => lab.dismissProblem()}>
        {messages.problems.dismiss}
      </button>
    </div>
  )
}

/** Tells screen readers about milestones of the training, politely. */
export function Announcer(): JSX.Element {
  const { lab, messages } = usePage()
  const print = useNumbers()
  const [text, setText] = useState('')
  useSignalEffect(() => {
    const { value: notice } = lab.notice
    const { announce } = messages
    if (notice === undefined) return
    if ('step' in notice) {
      const step = new Intl.NumberFormat(messages.language).format(notice.step)
      setText(notice.kind === 'solved' ? announce.solved(step) : announce[notice.kind](step, print(notice.loss)))
    } else if (notice.kind === 'started' || notice.kind === 'stopped') setText(announce[notice.kind])
  })
  return (
    <p class="visually-hidden" role="status">
      {text}
    </p>
  )
}
