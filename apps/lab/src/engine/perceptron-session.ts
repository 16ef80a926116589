import { perceptronBound } from 'neurite/data'
import type { Address } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { CurvePoint, ParameterView, PerceptronFrame, Probe, WhatIf } from '../core/protocol.ts'
import type { Edit, Run, RunSpec } from '../core/run/spec.ts'
import { GRID_SIZE, gridPoints } from './plane.ts'
import { MistakeHistory } from './mistake-history.ts'
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
  weightPlace,
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
      const at = weightPlace(edit.path, this.unit.width)
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
    const { probeUnit } = await import('./perceptron-probe.ts')
    return probeUnit(this.unit, this.present, address)
  }

  async whatIf(edit: Edit): Promise<WhatIf | undefined> {
    await this.history.settle()
    const { whatIfUnit } = await import('./perceptron-probe.ts')
    return whatIfUnit(this.unit, this.present, edit)
  }

  async measure(run: Run, measures: readonly string[]): Promise<Measured> {
    await this.history.settle()
    const { labels } = this.present
    const wrong = await this.wrong()
    const accuracy = wrong.filter((isWrong) => !isWrong).length / Math.max(1, labels.length)
    const { measureUpdates } = await import('./perceptron-check.ts')
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
}
