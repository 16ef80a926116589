import { RandomStream } from 'neurite'
import type { RunSpec } from '../core/run/spec.ts'
import { ROWS, TABLES } from '../core/truth.ts'
import type { LogisticUnit } from './logistic-unit.ts'
import { PerceptronUnit } from './perceptron-unit.ts'
import { firstWeights, rightRows, type TruthRows, truthRows, truthUnit } from './truth-data.ts'

/** Starts that nobody has seen, for each question. */
const HIDDEN_STARTS = 20
const STARTS_PER_TABLE = 5
/** A perceptron comes round long before; a logistic unit has had its time. */
const MOST_ROUNDS = 3000

interface Outcome {
  readonly isLearned: boolean
  readonly corrections: number
}

/** Trains until every row is right, or the perceptron comes back to weights that it had before a round. */
async function trial(unit: PerceptronUnit | LogisticUnit, given: TruthRows, seed: number): Promise<Outcome> {
  const { rows, width, signs, labels } = given
  unit.write(firstWeights(seed, width))
  const order = new RandomStream(seed, 'order').permutation(ROWS)
  const places = new Set<string>()
  let corrections = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (rightRows(await unit.outputs(rows), signs).every(Boolean)) return { isLearned: true, corrections }
    if (!(unit instanceof PerceptronUnit)) {
      unit.take(rows, labels)
      continue
    }
    const place = (await unit.weights()).join()
    if (places.has(place)) break
    places.add(place)
    for (const row of order) {
      const { isMistake } = await unit.take(rows.slice(row * width, (row + 1) * width), signs[row]!)()
      if (isMistake) corrections++
    }
  }
  return { isLearned: false, corrections }
}

async function trials(
  unit: PerceptronUnit | LogisticUnit,
  spec: RunSpec,
  starts: number,
): Promise<{ learned: number; corrections: number }> {
  const given = truthRows(spec)
  let [learned, corrections] = [0, 0]
  for (let start = 0; start < starts; start++) {
    const outcome = await trial(unit, given, spec.seed * starts + start + 1000)
    if (!outcome.isLearned) continue
    learned++
    corrections = Math.max(corrections, outcome.corrections)
  }
  return { learned, corrections }
}

/** A perceptron on every table: from how many of five starts it learned it, and the most corrections that it took. */
export async function tryTables(spec: RunSpec): Promise<Record<string, number>> {
  const values: Record<string, number> = { corrections: 0 }
  const plain: RunSpec = { ...spec, model: { ...spec.model, activation: 'step', feature: 'none' } }
  const unit = await truthUnit(plain, 2)
  for (const table of TABLES) {
    const of = { ...plain, data: { ...spec.data, table, turn: 0 } }
    const { learned, corrections } = await trials(unit, of, STARTS_PER_TABLE)
    values[`table ${table}`] = learned
    values['corrections'] = Math.max(values['corrections']!, corrections)
  }
  unit.free()
  return values
}

/** The neuron of a run, third input and all, from starts and in orders that nobody has seen. */
export async function tryFeature(spec: RunSpec): Promise<Record<string, number>> {
  const unit = await truthUnit(spec, truthRows(spec).width)
  const found = await trials(unit, spec, HIDDEN_STARTS)
  unit.free()
  return { ...found, starts: HIDDEN_STARTS }
}
