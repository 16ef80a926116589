import { MOST_UPDATES } from '../../core/perceptron.ts'
import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'

export const MOST_POINTS = 8
export const ENOUGH_UPDATES = 20

/** Few points that take long: more than 20 updates in the visitor's order and in ten others, and yet an end. */
const stubborn: CheckDefinition = {
  id: 'stubborn',
  answer: 'none',
  measures: ['updates'],
  judge({ values }) {
    const { points = 0, separable = 0, updates = 0, least = 0, most = 0 } = values
    const told = { points, updates, least, most, mostPoints: MOST_POINTS, enough: ENOUGH_UPDATES }
    if (points === 0) return missed('noPoints')
    if (points > MOST_POINTS) return missed('tooMany', told)
    if (separable === 0) return missed('never')
    if (most > MOST_UPDATES) return missed('tooLong', { given: MOST_UPDATES })
    if (updates <= ENOUGH_UPDATES) return missed('tooFew', told)
    return least <= ENOUGH_UPDATES ? missed('byLuck', told) : passed('solved', told)
  },
}

export const checks = [stubborn]
