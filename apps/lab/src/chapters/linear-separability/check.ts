import { type CheckDefinition, missed, passed } from '../../core/checks/check.ts'
import { readTables, TABLES, XOR } from '../../core/truth.ts'

/** Which of the 16 tables can no line divide? Perceptrons that learn each of them decide. */
const tables: CheckDefinition = {
  id: 'tables',
  answer: 'tables',
  measures: ['tables'],
  judge({ values }, { answer }) {
    if (answer === '') return missed('noAnswer')
    const called = readTables(answer)
    const learned = TABLES.filter((table) => values[`table ${table}`]! > 0)
    const wronged = learned.filter((table) => called.has(table)).length
    const overlooked = TABLES.length - learned.length - (called.size - wronged)
    const told = { right: TABLES.length - wronged - overlooked, wronged, overlooked, most: values['corrections']! }
    if (wronged > 0) return missed('wronged', told)
    return overlooked > 0 ? missed('overlooked', told) : passed('sorted', { ...told, learned: learned.length })
  },
}

/** A third input with which one neuron learns XOR from starts that nobody has seen. */
const feature: CheckDefinition = {
  id: 'feature',
  answer: 'none',
  measures: ['feature'],
  judge({ run: { spec }, values }) {
    const { table = 0, turn = 0 } = spec.data
    if (table !== XOR) return missed('otherTable')
    if (turn !== 0) return missed('turned')
    if ((spec.model.feature ?? 'none') === 'none') return missed('noFeature')
    const told = { learned: values['learned']!, starts: values['starts']!, most: values['corrections']! }
    if (told.learned === told.starts)
      return passed(spec.model.activation === 'step' ? 'solved' : 'solvedSmoothly', told)
    return missed(told.learned === 0 ? 'notOne' : 'notAll', told)
  },
}

export const checks = [tables, feature]
