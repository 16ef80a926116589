import type { Frame } from './protocol.ts'
import type { RunSpec } from './run/spec.ts'
import type { Try } from './tries.ts'

/** Each table, turn and third input is a task of its own. */
export const taskOf = ({ data, model }: RunSpec): string =>
  `${data.table ?? 0}/${data.turn ?? 0}/${model.feature ?? 'none'}`

/** A line that was set by hand; six digits tell it from others. */
export const lineTried = (spec: RunSpec, frame: Frame): Try | undefined =>
  frame.kind === 'truth'
    ? {
        task: taskOf(spec),
        set: frame.weights.map((weight) => Number(weight.toPrecision(6))).join(),
        right: frame.right,
      }
    : undefined
