import type { JSX } from 'preact'
import type { PerceptronFrame } from '../../core/protocol.ts'
import { usePage, useShortNumbers } from '../context.ts'
import { useLaterWords } from '../later-part.tsx'
import { classed, moved, taken } from './points.ts'

const NUDGE = 0.05

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** The chosen point in the picture: arrow keys move it. */
export function ChosenHandle({
  frame,
  chosen,
  at: [x0, y0],
  reach,
}: {
  readonly frame: PerceptronFrame
  /** Its place among the points that are there. */
  readonly chosen: number
  readonly at: readonly [number, number]
  readonly reach: number
}): JSX.Element {
  const { lab, messages } = usePage()
  const print = useShortNumbers()
  const { perceptron } = useLaterWords()
  const { ids, inputs, labels } = frame.points
  const chosenId = ids[chosen]!
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const [x, y] = [inputs[2 * chosen]!, inputs[2 * chosen + 1]!]
    const step = ARROWS[event.key]
    if (event.key === 'Enter') void lab.select({ kind: 'activation', layer: 0, unit: 0, example: chosenId })
    else if (step !== undefined) void lab.editAll(moved(chosenId, x + NUDGE * step[0], y + NUDGE * step[1]))
    else if (event.key === 'f') void lab.editAll(classed(chosenId, 1 - labels[chosen]!))
    else if (event.key === 'Delete') void lab.editAll(taken(chosenId))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <g
      class="chosen-handle"
      role="button"
      tabindex={0}
      data-chosen={chosenId}
      aria-label={perceptron.pointAt({
        index: chosenId + 1,
        truth: messages.classes[labels[chosen]! > 0.5 ? 1 : 0],
        x: print(inputs[2 * chosen]!),
        y: print(inputs[2 * chosen + 1]!),
      })}
      aria-description={perceptron.keys}
      onKeyDown={onKey}
    >
      <circle class="reach" cx={x0} cy={y0} r={reach} />
      <circle class="chosen-point" cx={x0} cy={y0} r="12" />
    </g>
  )
}
