import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PredictionDefinition } from '../core/chapter/define-chapter.ts'
import { parseNumber } from '../core/numbers.ts'
import { usePage } from './context.ts'
import { LaterPart } from './later-part.tsx'

/** A guess, locked before anything is shown; afterwards the gap and why. */
export function Predict({ prediction }: { readonly prediction: PredictionDefinition }): JSX.Element {
  const { lab, messages, text } = usePage()
  const [answer, setAnswer] = useState('')
  const { predict } = messages
  const words = text.predictions[prediction.id]!
  void lab.progress.value
  const guess = lab.reached.guesses[prediction.id]
  const show = (value: string): string => words.choices[value] ?? value
  if (guess !== undefined) {
    return (
      <LaterPart load={() => import('./predict-done.tsx')} isWanted>
        {({ PredictDone }) => <PredictDone prediction={prediction} guess={guess} />}
      </LaterPart>
    )
  }
  const isValid = prediction.kind === 'choice' ? answer !== '' : parseNumber(answer) !== undefined
  return (
    <form
      class="predict"
      data-prediction={prediction.id}
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid) lab.guess(prediction.id, answer)
      }}
    >
      <fieldset>
        <legend>{predict.title}</legend>
        <p class="question">{words.question}</p>
        {prediction.kind === 'choice' ? (
          prediction.choices.map((choice) => (
            <label class="choice" key={choice}>
              <input
                type="radio"
                name={prediction.id}
                value={choice}
                checked={answer === choice}
                onChange={() => setAnswer(choice)}
              />{' '}
              {show(choice)}
            </label>
          ))
        ) : (
          <input
            type="text"
            inputMode="decimal"
            aria-label={words.question}
            value={answer}
            onInput={(event) => setAnswer(event.currentTarget.value)}
          />
        )}
      </fieldset>
      <button type="submit" disabled={!isValid}>
        {predict.lock}
      </button>{' '}
      <button type="button" class="plain" onClick={() => lab.guess(prediction.id, '')}>
        {predict.skip}
      </button>
    </form>
  )
}
