import { type Address, parseElement } from '../core/address.ts'
import type { Probe, WhatIf } from '../core/protocol.ts'
import type { Edit } from '../core/run/spec.ts'
import { type PresentPoints, weightPlace } from './perceptron-data.ts'
import type { PerceptronUnit } from './perceptron-unit.ts'

/** What the card of a number of a perceptron shows. */
export async function probeUnit(
  unit: PerceptronUnit,
  { ids, inputs, signs }: PresentPoints,
  address: Address,
): Promise<Probe | undefined> {
  const empty = { address, gradient: undefined, terms: [], termValues: [], bias: undefined, sum: undefined }
  if (address.kind === 'loss') {
    return { ...empty, value: (await unit.loss(inputs, signs)).value, activation: undefined, isFlat: false }
  }
  if (address.kind === 'parameter' || address.kind === 'gradient') {
    const at = weightPlace(`${address.path}[${address.index}]`, unit.width)
    if (at === undefined) return undefined
    const gradient = (await unit.loss(inputs, signs)).slopeOf(address.path)[address.index]!
    const value = address.kind === 'parameter' ? (await unit.weights())[at]! : gradient
    return { ...empty, value, gradient, activation: undefined, isFlat: true }
  }
  const place = ids.indexOf(address.example)
  if (place < 0) return undefined
  const row = inputs.slice(2 * place, 2 * place + 2)
  if (address.kind === 'input') {
    const value = row[address.index]
    return value === undefined ? undefined : { ...empty, value, activation: undefined, isFlat: false }
  }
  return address.layer !== 0 || address.unit !== 0 ? undefined : probeSum(unit, address, row)
}

async function probeSum(
  unit: PerceptronUnit,
  address: Address & { kind: 'activation' },
  row: Float32Array,
): Promise<Probe> {
  const { products, sum } = await unit.sum(row)
  const weights = await unit.weights()
  const { example } = address
  return {
    address,
    value: sum,
    gradient: undefined,
    terms: Array.from(products, (product, index) => ({
      weight: { kind: 'parameter', path: '0.weight', index },
      source: { kind: 'input', index, example },
      product,
    })),
    termValues: Array.from(products, (_, i) => ({ weight: weights[i]!, source: row[i]! })),
    bias: { address: { kind: 'parameter', path: '0.bias', index: 0 }, value: weights.at(-1)! },
    sum,
    activation: undefined,
    isFlat: false,
  }
}

/** What a changed weight does to the share of mistakes; the unit is as before afterwards. */
export async function whatIfUnit(
  unit: PerceptronUnit,
  { inputs, signs }: PresentPoints,
  { kind, path, value }: Edit,
): Promise<WhatIf | undefined> {
  const at = kind === 'set' ? weightPlace(path, unit.width) : undefined
  if (at === undefined) return undefined
  const before = await unit.weights()
  const now = await unit.loss(inputs, signs)
  const after = before.with(at, value)
  unit.write(after)
  const then = await unit.loss(inputs, signs)
  unit.write(before)
  const { path: name, index } = parseElement(path)!
  const [from, to] = [before[at]!, after[at]!]
  const predicted = now.slopeOf(name)[index]! * (to - from)
  return { from, to, loss: now.value, predicted, actual: then.value - now.value }
}
