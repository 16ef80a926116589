import type { JSX } from 'preact'
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import { useNumbers, usePage } from './context.ts'
import { LaterPart } from './later-part.tsx'

/** What went wrong with something that came from outside, one sentence at a time. */
export function Problems(): JSX.Element | null {
  const { lab, messages } = usePage()
  const [problem] = lab.problems.value
  if (problem === undefined) return null
  const { engine, dismiss } = messages.problems
  const told = (sentence: JSX.Element): JSX.Element => (
    <div class="problems" role="alert">
      {sentence}
      <button type="button" onClick={() => lab.dismissProblem()}>
        {dismiss}
      </button>
    </div>
  )
  if (problem.kind === 'engine') return told(<p>{engine(problem.text)}</p>)
  return (
    <LaterPart load={() => import('./problem-text.tsx')} isWanted>
      {({ ProblemText }) => told(<ProblemText problem={problem} />)}
    </LaterPart>
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
