import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'

export const LEAST_RIGHT = 28
export const DAYS = 30
/** Of 300 days that the visitor has not seen, so many must be right. */
export const LEAST_FRESH = 270
const FRESH_DAYS = 300
/** The sine of one degree. */
const ONE_DEGREE = 0.017452406
const ONE_PERCENT = 0.01

/** 28 of 30 days, set by hand; what decides are the days that nobody has seen. */
const days: CheckDefinition = {
  id: 'days',
  answer: 'none',
  judge({ run, accuracy }) {
    const { data } = run.spec
    if (data.kind !== 'umbrella') return missed('otherData')
    if (data.samples !== DAYS || data.noise !== 0.03) return missed('easierData')
    const right = Math.round(accuracy.train * DAYS)
    const fresh = Math.round(accuracy.fresh * FRESH_DAYS)
    const values = { right, of: DAYS, least: LEAST_RIGHT, fresh, freshOf: FRESH_DAYS, leastFresh: LEAST_FRESH }
    if (right < LEAST_RIGHT) return missed('notYet', values)
    return fresh >= LEAST_FRESH ? passed('solved', values) : missed('notFresh', values)
  },
}

/** The same line, but half as sure: all three numbers halved. */
const unsure: CheckDefinition = {
  id: 'unsure',
  answer: 'none',
  judge({ run, values }) {
    if (run.spec.model.activation !== 'sigmoid') return missed('notSigmoid')
    const [w1, w2, b] = [values['w1']!, values['w2']!, values['b']!]
    const [v1, v2, c] = [values['first w1']!, values['first w2']!, values['first b']!]
    const [length, before] = [Math.sqrt(w1 * w1 + w2 * w2), Math.sqrt(v1 * v1 + v2 * v2)]
    if (length === 0) return missed('noLine')
    const [sine, cosine] = [(w1 * v2 - w2 * v1) / (length * before), (w1 * v1 + w2 * v2) / (length * before)]
    if (Math.abs(sine) >= ONE_DEGREE || cosine < 0) return missed('turned')
    const [distance, wanted] = [-b / length, -c / before]
    const told = { length, before, half: before / 2, distance, wanted }
    if (Math.abs(distance - wanted) > ONE_PERCENT * Math.abs(wanted)) return missed('shifted', told)
    if (Math.abs(length / before - 0.5) > ONE_PERCENT / 2) return missed('notHalf', told)
    return passed('solved', told)
  },
}

export const checks = [days, unsure]
