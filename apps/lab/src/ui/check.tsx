import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CheckDefinition, Verdict } from '../core/checks/check.ts'
import { useNumbers, usePage } from './context.ts'
import { Later } from './later.tsx'
import { useLaterWords } from './later-part.tsx'
import { unitNames } from './unit-names.ts'

/** An exercise whose answer the live model judges, on data that it has not seen. */
export function Check({ check }: { readonly check: CheckDefinition }): JSX.Element {
  const { lab, messages, text } = usePage()
  const { check: says } = useLaterWords()
  const [answer, setAnswer] = useState('')
  const words = text.checks[check.id]!
  const verdict = lab.verdicts.value[check.id]
  void lab.progress.value
  const isReached = lab.definition.beats.some(({ checks }, i) => i <= lab.beat.value && checks?.includes(check.id))
  const hasPassed = lab.reached.passed.includes(check.id)
  return (
    <form
      class="check"
      data-check={check.id}
      onSubmit={(event) => {
        event.preventDefault()
        void lab.check(check.id, answer)
      }}
    >
      <h3>
        {hasPassed && <span aria-hidden="true">✓ </span>}
        {words.title}
      </h3>
      <p>{words.task}</p>
      {check.answer === 'tables' && (
        <Later load={() => import('./truth/table-sort.tsx')} isWanted={isReached}>
          {({ TableSort }) => <TableSort answer={answer} onAnswer={setAnswer} />}
        </Later>
      )}
      {check.answer !== 'none' && check.answer !== 'tables' && (
        <Answer check={check} answer={answer} onAnswer={setAnswer} choices={words.choices ?? {}} />
      )}
      <p class="check-row">
        <button type="submit">{messages.check.run}</button>{' '}
        {check.answer === 'none' && check.countsRenewals !== false && lab.definition.pass === undefined && (
          <>
            <span class="note">{says.attempt(lab.renewals.value)}</span>{' '}
            {lab.renewals.value > 0 && (
              <button type="button" class="plain" onClick={() => lab.restartAttempt()}>
                {says.restart}
              </button>
            )}
          </>
        )}
      </p>
      <div role="status" class="verdict" data-passed={verdict?.passed}>
        {verdict !== undefined && <Told verdict={verdict} reasons={words.reasons} />}
      </div>
    </form>
  )
}

function Told({
  verdict,
  reasons,
}: {
  readonly verdict: Verdict
  readonly reasons: Readonly<Record<string, (values: Verdict['values']) => string>>
}): JSX.Element {
  const { messages } = usePage()
  const { passed } = useLaterWords().check
  const print = useNumbers()
  const values = Object.fromEntries(
    Object.entries(verdict.values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? Number.isInteger(value)
          ? String(value)
          : print(value, 4)
        : name === 'unit'
          ? unitNames([value])
          : value,
    ]),
  )
  return (
    <p>
      <strong>{verdict.passed ? passed : messages.check.missed}</strong> {reasons[verdict.reason]!(values)}
    </p>
  )
}

function Answer({
  check,
  answer,
  onAnswer,
  choices,
}: {
  readonly check: CheckDefinition
  readonly answer: string
  readonly onAnswer: (answer: string) => void
  readonly choices: Readonly<Record<string, string>>
}): JSX.Element {
  const { lab, messages } = usePage()
  const { check: says } = useLaterWords()
  const { layers } = lab.run.value.spec.model
  if (check.answer === 'number') {
    return (
      <label class="answer">
        <span>{says.answer}</span>
        <input
          type="text"
          inputMode="decimal"
          value={answer}
          onInput={(event) => onAnswer(event.currentTarget.value)}
        />
      </label>
    )
  }
  const options =
    check.answer === 'unit'
      ? layers.flatMap((units, layer) =>
          Array.from(
            { length: units },
            (_, unit) => [`${layer}.${unit}`, messages.card.unit(layer + 1, unit + 1)] as const,
          ),
        )
      : (check.choices ?? []).map((choice) => [choice, choices[choice] ?? choice] as const)
  return (
    <label class="answer">
      <span>{says.answer}</span>
      <select value={answer} onChange={(event) => onAnswer(event.currentTarget.value)}>
        <option value="">–</option>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
