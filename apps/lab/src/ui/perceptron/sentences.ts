import type { PerceptronFrame } from '../../core/protocol.ts'
import type { PageMessages } from '../../locales/messages.ts'

/** What the last mistake was and what it did. */
export function lastSentence({ mistakes }: PerceptronFrame, { perceptron, classes }: PageMessages): string {
  const last = mistakes.at(-1)
  if (last === undefined) return perceptron.begin
  const isAdded = last.sign > 0
  return perceptron.lastMistake({ step: last.step, point: last.point + 1, truth: classes[isAdded ? 1 : 0], isAdded })
}

/** What decides how long it can take. */
export function boundSentence(
  { bound, points, since, updates }: PerceptronFrame,
  { perceptron }: PageMessages,
  print: (value: number) => string,
): string {
  if (points.ids.length === 0) return perceptron.noPoints
  if (bound === undefined) return perceptron.never
  return perceptron.bound({
    radius: print(bound.radius),
    margin: print(bound.margin),
    most: bound.most,
    made: updates - since.updates,
    isLater: since.step > 0,
  })
}
