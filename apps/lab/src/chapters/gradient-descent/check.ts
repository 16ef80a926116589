import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'
import { parseNumber } from '../../core/numbers.ts'
import { surfaceKind } from '../../core/surface.ts'

export const LATEST = 70

/** The two rates that are tried for a guess. */
const around = (guess: number): readonly [number, number] => [0.9 * guess, 1.1 * guess]
const named = (rate: number): string => `after ${rate}`

/** The largest stable rate of a valley that is not the first one: a tenth less comes down, a tenth more runs away. */
const largest: CheckDefinition = {
  id: 'largest',
  answer: 'number',
  measures(answer) {
    const guess = parseNumber(answer)
    return guess === undefined || guess <= 0 ? [] : around(guess).map(named)
  },
  judge({ run, values }, { answer }) {
    const { data } = run.spec
    if (surfaceKind(data) !== 'fit' || data.seed === 1) return missed('otherLandscape')
    const guess = parseNumber(answer)
    if (guess === undefined || guess <= 0) return missed('noAnswer')
    const [low, high] = around(guess)
    const comesDown = (rate: number): boolean => values[named(rate)]! < 1
    const told = { guess, low, high }
    if (!comesDown(low)) return missed('tooHigh', told)
    if (comesDown(high)) return missed('tooLow', told)
    return passed('solved', told)
  },
}

/** Within a thousandth of the lowest point from step 70 on, in the long valley: plain descent cannot. */
const seventy: CheckDefinition = {
  id: 'seventy',
  answer: 'none',
  measures: ['settled'],
  countsRenewals: false,
  judge({ run, values }) {
    const { data, batch, optimiser } = run.spec
    if (surfaceKind(data) !== 'fit' || data.seed !== 1) return missed('otherLandscape')
    if (batch !== 0) return missed('batches')
    const settled = values['settled']!
    const told = { settled, latest: LATEST, momentum: optimiser.momentum }
    if (settled < 0) return missed('never', told)
    if (settled > LATEST) return missed(optimiser.momentum === 0 ? 'plain' : 'late', told)
    return passed('solved', told)
  },
}

export const checks = [largest, seventy]
