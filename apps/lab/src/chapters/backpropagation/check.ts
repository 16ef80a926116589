import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'
import { parseNumber } from '../../core/numbers.ts'
import { WEIGHTS } from '../../core/scalar-graph.ts'

/** The weight whose gradient is asked for: blame reaches it through every operation of one path. */
export const ASKED = 'w11'
const TOLERANCE = 0.01

const gradient: CheckDefinition = {
  id: 'gradient',
  answer: 'number',
  measures: ['gradients'],
  judge({ run, values }, { answer }) {
    if (run.spec.data.seed === 1) return missed('sameExample')
    if (run.head > 0) return missed('trained')
    const given = parseNumber(answer)
    if (given === undefined) return missed('noNumber')
    const wanted = values[`gradient ${ASKED}`]!
    if (Math.abs(given - wanted) <= TOLERANCE * Math.abs(wanted)) return passed('right', { wanted })
    if (Math.abs(given + wanted) <= TOLERANCE * Math.abs(wanted)) return missed('sign')
    return missed('wrong')
  },
}

const best: CheckDefinition = {
  id: 'best',
  answer: 'choice',
  choices: WEIGHTS,
  measures: ['drops'],
  judge({ values }, { answer }) {
    if (answer === '') return missed('noAnswer')
    const drops = WEIGHTS.map((name) => ({ name, drop: values[`drop ${name}`]! }))
    const most = drops.reduce((a, b) => (b.drop > a.drop ? b : a))
    const chosen = drops.find(({ name }) => name === answer)
    if (chosen === undefined) return missed('noAnswer')
    // Two that come to the same in six digits are both right.
    const shown = { best: most.name, most: most.drop, chosen: chosen.name, drop: chosen.drop }
    return most.drop - chosen.drop <= 1e-6 * Math.abs(most.drop) ? passed('found', shown) : missed('other', shown)
  },
}

export const checks = [gradient, best]
