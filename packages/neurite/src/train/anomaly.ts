import type { Batch, Dataset } from '../data/index.ts'
import { DataError, IndexOutOfRangeError, StateError } from '../errors.ts'
import type { Network } from '../nn/index.ts'
import { findAnomaly, trace } from '../tensor/index.ts'
import { batchTensors } from './batches.ts'
import type { Loss } from './evaluate.ts'

/** Where training was when a number was not finite. */
export interface BadStep {
  readonly model: Network
  readonly loss: Loss
  readonly dataset: Dataset
  readonly batch: Batch
  readonly epoch: number
  readonly step: number
  readonly lossValue: number
  readonly normValue: number | undefined
  readonly learningRate: number
}

/**
 * The error for a step whose loss or gradient is not finite: a label without a class, a NaN in the data, or else the
 * operation that made the first such number, found by running the step once more, one operation at a time.
 */
export async function explainBadStep(bad: BadStep): Promise<Error> {
  const [x, y] = batchTensors(bad.batch)
  let classes: number | undefined
  const pass = await trace(() => {
    const output = bad.model.forward(x)
    if (y.dtype !== 'float32' && output.rank === y.rank + 1) classes = output.shape[1]
    return bad.loss(output, y)
  })
  const data = badLabel(bad, classes) ?? badInput(bad)
  if (data !== undefined) return data
  const found = findAnomaly(pass)
  const when = `step ${bad.step} of epoch ${bad.epoch}`
  const number = Number.isFinite(bad.lossValue)
    ? `the gradient in ${when} has length ${bad.normValue}`
    : `the loss in ${when} is ${bad.lossValue}`
  const { entry, where, kind } = found ?? {}
  const place = entry?.label === undefined ? '' : ` in ${entry.label}`
  const origin =
    entry === undefined
      ? 'every operation is finite in double precision, so float32 overflowed'
      : `the first ${kind} was made by ${entry.operation}${place}${where === 'gradient' ? ', in its gradient' : ''}`
  return new StateError({
    what: `fit: ${number}; ${origin}`,
    expected: 'finite numbers; the update was withheld, so the model is as it was before this step',
    fix: `lower the learning rate (now ${bad.learningRate}), clip gradients with { clip: { norm: 1 } }, or keep inputs of log, sqrt and division away from 0`,
  })
}

function badLabel({ batch, step, epoch }: BadStep, classes: number | undefined): Error | undefined {
  if (classes === undefined || batch.targets instanceof Float32Array) return undefined
  const place = batch.targets.findIndex((label) => label < 0 || label >= classes)
  if (place < 0) return undefined
  const perExample = batch.targets.length / batch.size
  return new IndexOutOfRangeError({
    what: `fit: example ${batch.indices[Math.floor(place / perExample)]!} has the label ${batch.targets[place]!} (step ${step} of epoch ${epoch})`,
    expected: `a class number from 0 to ${classes - 1}: the model has ${classes} outputs`,
    fix: 'count classes from 0, or give the last layer one output per class',
  })
}

function badInput({ batch }: BadStep): Error | undefined {
  const fields = [
    ['inputs', batch.inputs],
    ['targets', batch.targets],
  ] as const
  for (const [name, values] of fields) {
    if (!(values instanceof Float32Array)) continue
    const place = values.findIndex((value) => !Number.isFinite(value))
    if (place < 0) continue
    const perExample = values.length / batch.size
    return new DataError({
      what: `fit: the ${name} of example ${batch.indices[Math.floor(place / perExample)]!} hold ${values[place]!}`,
      expected: 'finite numbers, since one NaN makes every weight NaN',
      fix: 'remove the example or fill in a number before making the dataset',
    })
  }
  return undefined
}

/** Throws where numbers of a batch lie outside the only table of the model: on a device they would read foreign memory. */
export function checkPlaces(batch: Batch, rows: number): void {
  if (batch.inputs instanceof Float32Array) return
  const place = batch.inputs.findIndex((number) => number < 0 || number >= rows)
  if (place < 0) return
  const perExample = batch.inputs.length / batch.size
  throw new IndexOutOfRangeError({
    what: `example ${batch.indices[Math.floor(place / perExample)]!} holds the number ${batch.inputs[place]!}`,
    expected: `a row of the table of the Embedding layer, from 0 to ${rows - 1}`,
    fix: `make the table larger: new Embedding(${batch.inputs[place]! + 1}, ...), or check the numbers`,
  })
}
