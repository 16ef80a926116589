import { perceptronBound } from 'neurite/data'
import { type Address, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { CurvePoint, ParameterView, PerceptronFrame, Probe, WhatIf } from '../core/protocol.ts'
import type { Edit, Run, RunSpec } from '../core/run/spec.ts'
import { GRID_SIZE, gridPoints } from './plane.ts'
import { MistakeHistory } from './mistake-history.ts'
import { measureUpdates } from './perceptron-check.ts'
import {
  orderOfPass,
  PERCEPTRON_REACH,
  perceptronPoints,
  type PlacedPoints,
  presentPoints,
  type PresentPoints,
  nextPoint,
  startWeights,
  withOnes,
  withPointEdit,
} from './perceptron-data.ts'
import { PerceptronUnit } from './perceptron-unit.ts'
import type { Session } from './session.ts'

/** So many updates are drawn; older ones only count. */
const DRAWN_MISTAKES = 200
const PATHS = ['0.weight', '0.bias'] as const

/** Everything that decides how a perceptron goes on. */
export interface PerceptronState {
  readonly weights: Float32Array
  readonly points: PlacedPoints
  readonly updates: number
  readonly since: PerceptronFrame['since']
}

/** One unit that meets its examples one by one; a step is one example, and only a mistake changes anything. */
export class PerceptronSession implements Session<PerceptronState> {
  private readonly spec: RunSpec
  private readonly unit: PerceptronUnit
  private points: PlacedPoints
  private present: PresentPoints
  private since: PerceptronFrame['since']
  private steps = 0
  private readonly history = new MistakeHistory()
  private curve: CurvePoint[] = []
  private pass: { readonly index: number; readonly order: Int32Array } | undefined
  private bound: { readonly value: PerceptronFrame['bound'] } | undefined

  constructor(spec: RunSpec) {
    this.spec = spec
    this.points = perceptronPoints(spec.data)
    this.present = presentPoints(this.points)
    const weights = startWeights(spec.seed, 2)
    this.unit = new PerceptronUnit(weights, spec.optimiser.learningRate)
    this.since = { step: 0, updates: 0, weights }
  }

  get stepsPerEpoch(): number {
    return Math.max(1, this.present.ids.length)
  }

  /** One example. */
  step(): void {
    this.steps++
    if (this.present.ids.length === 0) return
    const { ids, inputs, signs } = this.present
    const { order, position } = this.turn(this.steps - 1)
    const place = order[position]!
    const row = inputs.slice(2 * place, 2 * place + 2)
    const sign = signs[place]!
    const taken = this.unit.take(row, sign)
    this.history.add({ step: this.steps, point: ids[place]!, sign, example: [...row, 1] }, taken)
  }

  async apply(edit: Edit): Promise<void> {
    await this.history.settle()
    if (edit.kind === 'set') {
      const at = this.placeOf(edit.path)
      if (at === undefined) return
      const weights = await this.unit.weights()
      weights[at] = edit.value
      this.unit.write(weights)
    } else {
      const points = withPointEdit(this.points, edit)
      if (points === this.points) return
      this.points = points
      this.present = presentPoints(points)
    }
    await this.beginAgain()
  }

  async save(): Promise<PerceptronState> {
    await this.history.settle()
    const { points, since } = this
    return { weights: await this.unit.weights(), points, updates: this.history.length, since }
  }

  restore({ weights, points, updates, since }: PerceptronState, step: number): void {
    this.unit.write(weights)
    this.points = points
    this.present = presentPoints(points)
    this.since = since
    this.steps = step
    this.history.cut(updates)
    this.curve = this.curve.filter((point) => point.step <= step)
    this.pass = undefined
    this.bound = undefined
  }

  async mark(step: number): Promise<void> {
    await this.history.settle()
    const { value: loss } = await this.loss()
    this.curve = [...this.curve.filter((point) => point.step < step), { step, loss, fresh: loss }]
  }

  async isFinite(): Promise<boolean> {
    return (await this.unit.weights()).every(Number.isFinite)
  }

  async isDone(): Promise<boolean> {
    return (await this.wrong()).every((isWrong) => !isWrong)
  }

  anomaly(): Promise<string> {
    return Promise.resolve('add')
  }

  /** What is not finite shows in the numbers themselves: see `frame`. */
  tellBroken(): void {
    return
  }

  async frame(step: number): Promise<PerceptronFrame> {
    await this.history.settle()
    const { ids, inputs, labels } = this.present
    const weights = await this.unit.weights()
    const loss = await this.loss()
    const wrong = await this.wrong()
    const right = wrong.filter((isWrong) => !isWrong).length
    const surface = await this.unit.outputs(gridPoints(GRID_SIZE, PERCEPTRON_REACH))
    const isBroken = !weights.every(Number.isFinite)
    return {
      kind: 'perceptron',
      step,
      loss: loss.value,
      parameters: PATHS.map((path): ParameterView => {
        const values = path === '0.bias' ? weights.slice(-1) : weights.slice(0, -1)
        const shape = path === '0.bias' ? [1] : [1, values.length]
        return { path, shape, values, gradient: loss.slopeOf(path) }
      }),
      curve: this.curve,
      stepsPerEpoch: this.stepsPerEpoch,
      findings: isBroken ? [{ kind: 'nonFinite', units: [], values: { step, operation: await this.anomaly() } }] : [],
      jumps: { next: this.nextMistake(step, wrong), previous: this.history.before(step) },
      isDone: right === ids.length,
      weights: [...weights],
      points: { ids, inputs, labels, next: nextPoint(this.points) },
      outputs: await this.unit.outputs(inputs),
      wrong,
      right,
      updates: this.history.length,
      mistakes: this.history.last(DRAWN_MISTAKES),
      counts: this.history.counts(ids),
      ...this.turn(step),
      since: this.since,
      bound: this.boundNow(),
      surface: { size: GRID_SIZE, reach: PERCEPTRON_REACH, values: surface.map(Math.sign) },
    }
  }

  async probe(address: Address): Promise<Probe | undefined> {
    const empty = { address, gradient: undefined, terms: [], termValues: [], bias: undefined, sum: undefined }
    if (address.kind === 'loss') {
      return { ...empty, value: (await this.loss()).value, activation: undefined, isFlat: false }
    }
    if (address.kind === 'parameter' || address.kind === 'gradient') {
      const at = this.placeOf(`${address.path}[${address.index}]`)
      if (at === undefined) return undefined
      const gradient = (await this.loss()).slopeOf(address.path)[address.index]!
      const value = address.kind === 'parameter' ? (await this.unit.weights())[at]! : gradient
      return { ...empty, value, gradient, activation: undefined, isFlat: true }
    }
    const { ids, inputs } = this.present
    const place = ids.indexOf(address.example)
    if (place < 0) return undefined
    const row = inputs.slice(2 * place, 2 * place + 2)
    if (address.kind === 'input') {
      const value = row[address.index]
      return value === undefined ? undefined : { ...empty, value, activation: undefined, isFlat: false }
    }
    return address.layer !== 0 || address.unit !== 0 ? undefined : this.probeSum(address, row)
  }

  async whatIf({ kind, path, value }: Edit): Promise<WhatIf | undefined> {
    const at = kind === 'set' ? this.placeOf(path) : undefined
    if (at === undefined) return undefined
    await this.history.settle()
    const before = await this.unit.weights()
    const now = await this.loss()
    const after = before.with(at, value)
    this.unit.write(after)
    const then = await this.loss()
    this.unit.write(before)
    const { path: name, index } = parseElement(path)!
    const [from, to] = [before[at]!, after[at]!]
    const predicted = now.slopeOf(name)[index]! * (to - from)
    return { from, to, loss: now.value, predicted, actual: then.value - now.value }
  }

  async measure(run: Run, measures: readonly string[]): Promise<Measured> {
    await this.history.settle()
    const { labels } = this.present
    const wrong = await this.wrong()
    const accuracy = wrong.filter((isWrong) => !isWrong).length / Math.max(1, labels.length)
    return {
      run,
      parameters: 3,
      accuracy: { train: accuracy, fresh: accuracy },
      loss: (await this.loss()).value,
      deadUnits: [],
      values: measures.includes('updates') ? await measureUpdates(this.present, this.spec) : {},
    }
  }

  free(): void {
    this.unit.free()
  }

  /** After a change by hand the bound counts anew, and so do the passes. */
  private async beginAgain(): Promise<void> {
    this.since = { step: this.steps, updates: this.history.length, weights: [...(await this.unit.weights())] }
    this.pass = undefined
    this.bound = undefined
  }

  /** Which example comes next at a step, and the order of its pass. */
  private turn(step: number): { order: Int32Array; position: number } {
    const length = this.stepsPerEpoch
    const index = Math.floor((step - this.since.step) / length)
    if (this.pass?.index !== index) {
      this.pass = { index, order: orderOfPass(this.spec, this.present.labels, index) }
    }
    return { order: this.pass.order, position: (step - this.since.step) % length }
  }

  /** The step after the next example that is wrong: until then nothing changes. */
  private nextMistake(step: number, wrong: readonly boolean[]): number | undefined {
    if (!wrong.includes(true)) return undefined
    for (let ahead = 0; ; ahead++) {
      const { order, position } = this.turn(step + ahead)
      if (wrong[order[position]!]!) return step + ahead + 1
    }
  }

  /** Which of the points it has wrong; 0 is no opinion, and wrong. */
  private async wrong(): Promise<boolean[]> {
    const { inputs, signs } = this.present
    const outputs = await this.unit.outputs(inputs)
    return Array.from(outputs, (output, i) => !(output * signs[i]! > 0))
  }

  private loss(): ReturnType<PerceptronUnit['loss']> {
    return this.unit.loss(this.present.inputs, this.present.signs)
  }

  private boundNow(): PerceptronFrame['bound'] {
    const hasNumbers = this.present.ids.length > 0 && this.since.weights.every(Number.isFinite)
    this.bound ??= {
      value: hasNumbers ? perceptronBound(withOnes(this.present), this.since.weights) : undefined,
    }
    return this.bound.value
  }

  /** Where a parameter stands among the weights. */
  private placeOf(path: string): number | undefined {
    const found = parseElement(path)
    const { width } = this.unit
    if (found?.path === '0.bias') return found.index === 0 ? width : undefined
    return found?.path === '0.weight' && found.index < width ? found.index : undefined
  }

  private async probeSum(address: Address & { kind: 'activation' }, row: Float32Array): Promise<Probe> {
    const { products, sum } = await this.unit.sum(row)
    const weights = await this.unit.weights()
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
}
