import type { AxisAttributes } from './define-row.ts'
import type { Evaluate } from './evaluate-lanes.ts'
import { rowToNumber } from './evaluate-rows.ts'

/** The definition of argmax and argmin, where `isBetter` says whether `a` is more extreme than `b`. */
export function firstBest(isBetter: (a: number, b: number) => boolean): Evaluate<AxisAttributes> {
  return rowToNumber(
    ({ axis }) => [axis],
    (row) => {
      let best = 0
      for (const [i, x] of row.entries()) {
        if (Number.isNaN(x)) return i
        if (isBetter(x, row[best]!)) best = i
      }
      return best
    },
  )
}
