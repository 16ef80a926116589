import { separate } from 'neurite/data'
import { MOST_UPDATES } from '../core/perceptron.ts'
import type { RunSpec } from '../core/run/spec.ts'
import { orderOfPass, type PresentPoints, withOnes } from './perceptron-data.ts'
import { PerceptronUnit } from './perceptron-unit.ts'

/** Orders that the visitor has not seen: another shuffle for each pass. */
const HIDDEN_ORDERS = 10
const hiddenSeed = (i: number): number => 1001 + i

/**
 * How many updates these points need from weights of 0: in the order of the run, and in ten orders that nobody has seen.
 * `separable` is 0 where no line exists; then nothing is run. Beyond `MOST_UPDATES` a run is given up, and counts as one more.
 */
export async function measureUpdates(points: PresentPoints, spec: RunSpec): Promise<Record<string, number>> {
  const count = points.ids.length
  const isSeparable = count > 0 && separate(withOnes(points)).separable
  const told = { points: count, separable: isSeparable ? 1 : 0 }
  if (!isSeparable) return told
  const unit = new PerceptronUnit([0, 0, 0])
  const updates = await updatesOf(unit, points, spec)
  const hidden: number[] = []
  for (let i = 0; i < HIDDEN_ORDERS; i++) {
    hidden.push(await updatesOf(unit, points, { ...spec, seed: hiddenSeed(i), order: 'shuffled' }))
  }
  unit.free()
  return { ...told, updates, least: Math.min(...hidden), most: Math.max(updates, ...hidden) }
}

/** Updates from 0 until nothing is wrong. Examples that are right change nothing, so only the wrong ones are taken. */
export async function updatesOf(unit: PerceptronUnit, points: PresentPoints, spec: RunSpec): Promise<number> {
  const { inputs, labels, signs } = points
  const { length } = labels
  unit.write([0, 0, 0])
  for (let updates = 0, step = 0; ; updates++) {
    const outputs = await unit.outputs(inputs)
    const wrong = Array.from(outputs, (output, i) => !(output * signs[i]! > 0))
    if (!wrong.includes(true) || updates > MOST_UPDATES) return updates
    for (let order: Int32Array | undefined; ; step++) {
      const position = step % length
      if (order === undefined || position === 0) order = orderOfPass(spec, labels, Math.floor(step / length))
      const place = order[position]!
      if (!wrong[place]!) continue
      unit.take(inputs.slice(2 * place, 2 * place + 2), signs[place]!)
      step++
      break
    }
  }
}
