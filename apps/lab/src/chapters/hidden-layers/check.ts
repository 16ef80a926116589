import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'

export const MOST_PARAMETERS = 13
export const MOST_RENEWALS = 8
export const LEAST_FRESH = 0.97

const percent = (share: number): number => Math.round(share * 1000) / 10

/** A circle with at most 13 numbers: three hidden neurons are enough, two are not. */
const circle: CheckDefinition = {
  id: 'circle',
  answer: 'none',
  judge({ run, parameters, accuracy }, { renewals }) {
    const { data } = run.spec
    if (data.kind !== 'circle') return missed('otherData')
    if (data.samples !== 200 || data.noise !== 0.08) return missed('easierData')
    if (parameters > MOST_PARAMETERS) return missed('tooMany', { parameters, most: MOST_PARAMETERS })
    if (renewals > MOST_RENEWALS) return missed('tooOften', { renewals, most: MOST_RENEWALS })
    const values = { fresh: percent(accuracy.fresh), least: percent(LEAST_FRESH), parameters }
    return accuracy.fresh >= LEAST_FRESH ? passed('solved', values) : missed('notYet', values)
  },
}

/** Which neuron of a network that failed is dead? */
const dead: CheckDefinition = {
  id: 'dead',
  answer: 'unit',
  judge({ run, accuracy, deadUnits }, { answer }) {
    if (run.spec.model.activation !== 'relu') return missed('notRelu')
    if (accuracy.train >= 0.95) return missed('notFailed', { train: percent(accuracy.train) })
    if (deadUnits.length === 0) return missed('noneDead')
    if (answer === '') return missed('noAnswer')
    return deadUnits.includes(answer) ? passed('found', { unit: answer }) : missed('alive', { unit: answer })
  },
}

export const checks = [circle, dead]
