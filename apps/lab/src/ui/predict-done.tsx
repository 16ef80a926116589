import type { JSX } from 'preact'
import type { PredictionDefinition } from '../core/chapter/define-chapter.ts'
import { usePage } from './context.ts'
import { useLaterWords } from './later-part.tsx'

/** What was guessed, what was measured, and why. */
export function PredictDone({
  prediction,
  guess,
}: {
  readonly prediction: PredictionDefinition
  /** Empty where the visitor had it shown. */
  readonly guess: string
}): JSX.Element {
  const { text } = usePage()
  const { predict } = useLaterWords()
  const words = text.predictions[prediction.id]!
  const show = (value: string): string => words.choices[value] ?? value
  return (
    <div class="predict done" data-prediction={prediction.id}>
      <p class="question">{words.question}</p>
      <p>
        {guess !== '' && <>{predict.yours(show(guess))} </>}
        {predict.truth(show(prediction.truth))}
      </p>
      <p>
        {guess !== '' && (guess === prediction.truth ? predict.right : predict.wrong)} {words.explanation}
      </p>
    </div>
  )
}
