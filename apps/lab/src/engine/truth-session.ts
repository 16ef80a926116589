import { type Address, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import { diagnoseUnit } from '../core/doctor/no-line.ts'
import type { CurvePoint, ParameterView, Probe, WhatIf } from '../core/protocol.ts'
import type { TruthFrame } from '../core/truth-frame.ts'
import type { Edit, Run, RunSpec } from '../core/run/spec.ts'
import { Trail, type TrailData } from '../core/trail.ts'
import { ROWS } from '../core/truth.ts'
import { GRID_SIZE } from './plane.ts'
import type { LogisticUnit } from './logistic-unit.ts'
import { PerceptronUnit, type Taken } from './perceptron-unit.ts'
import type { Session } from './session.ts'
import {
  countRight,
  firstWeights,
  meetingOf,
  rightRows,
  TRUTH_WORLD,
  truthGrid,
  type TruthRows,
  truthRows,
  truthUnit,
} from './truth-data.ts'

/** Looks that a picture is told of. */
const MOST_SHOWN = 40
const PATHS = ['0.weight', '0.bias'] as const

export interface TruthState {
  readonly weights: Float32Array
  readonly trail: TrailData
}

/** One neuron on the rows of a truth table: a perceptron that takes them in turn, or a logistic unit that takes them all. */
export class TruthSession implements Session<TruthState> {
  readonly stepsPerEpoch: number
  private readonly spec: RunSpec
  private readonly given: TruthRows
  private readonly unit: PerceptronUnit | LogisticUnit
  private readonly grid: Float32Array
  private readonly meeting: TruthFrame['meeting']
  private trail: Trail
  /** Looks whose numbers were not read yet: a step does not wait for them. */
  private unread: {
    readonly row: number
    readonly taken: () => Promise<Taken>
    readonly sums: Promise<Float32Array>
  }[] = []
  private steps = 0
  private curve: CurvePoint[] = []

  static async open(spec: RunSpec): Promise<TruthSession> {
    const given = truthRows(spec)
    return new TruthSession(spec, given, await truthUnit(spec, given.width))
  }

  private constructor(spec: RunSpec, given: TruthRows, unit: PerceptronUnit | LogisticUnit) {
    this.spec = spec
    this.given = given
    this.unit = unit
    this.stepsPerEpoch = this.unit instanceof PerceptronUnit ? ROWS : 1
    this.trail = new Trail({ base: 0, first: firstWeights(spec.seed, this.given.width), right: 0, steps: [] })
    this.grid = truthGrid(GRID_SIZE, spec.model.feature)
    this.meeting = meetingOf(this.given)
  }

  step(): void {
    const row = this.steps % ROWS
    this.steps++
    const { rows, signs, labels } = this.given
    if (!(this.unit instanceof PerceptronUnit)) {
      this.unit.take(rows, labels)
      return
    }
    const taken = this.unit.take(this.rowOf(row), signs[row]!)
    if (!this.trail.isComplete) this.unread.push({ row, taken, sums: this.unit.outputs(rows) })
  }

  async apply({ kind, path, value }: Edit): Promise<void> {
    const at = this.placeOf(path)
    if (kind !== 'set' || at === undefined) return
    this.unit.write((await this.unit.weights()).with(at, value))
    await this.begin()
  }

  async save(): Promise<TruthState> {
    // The first state of all is kept before anything has counted how many rows are right.
    if (this.steps === 0 && this.trail.steps.length === 0) await this.begin()
    await this.read()
    return { weights: await this.unit.weights(), trail: this.trail.data() }
  }

  restore({ weights, trail }: TruthState, step: number): void {
    this.unit.write(weights)
    this.steps = step
    this.unread = []
    this.trail = new Trail(trail)
    this.curve = this.curve.filter((point) => point.step <= step)
  }

  async mark(step: number): Promise<void> {
    await this.read()
    const { value: loss } = await this.loss()
    this.curve = [...this.curve.filter((point) => point.step < step), { step, loss, fresh: loss }]
  }

  async isFinite(): Promise<boolean> {
    return (await this.unit.weights()).every(Number.isFinite)
  }

  /** A perceptron that went through all rows without a mistake will not change any more. */
  async isDone(): Promise<boolean> {
    await this.read()
    return this.trail.loop?.corrections === 0
  }

  anomaly(): Promise<string> {
    return Promise.resolve('add')
  }

  /** What is not finite shows in the numbers themselves: see `frame`. */
  tellBroken(): void {
    return
  }

  async frame(step: number): Promise<TruthFrame> {
    const isDone = await this.isDone()
    const { inputs, labels, made, rows, signs } = this.given
    const weights = await this.unit.weights()
    const loss = await this.loss()
    const sums = await this.unit.outputs(rows)
    const right = countRight(sums, signs)
    const rule = this.unit instanceof PerceptronUnit ? 'step' : 'sigmoid'
    const loop = isDone ? undefined : this.trail.loop
    const isBroken = !weights.every(Number.isFinite)
    const told = { step, curve: this.curve, right, rule, isSeparable: this.meeting === undefined } as const
    const surface = await this.answers(this.grid)
    return {
      kind: 'truth',
      step,
      loss: loss.value,
      parameters: PATHS.map((path): ParameterView => {
        const values = path === '0.bias' ? weights.slice(-1) : weights.slice(0, -1)
        return { path, shape: path === '0.bias' ? [1] : [1, values.length], values, gradient: loss.slopeOf(path) }
      }),
      curve: this.curve,
      stepsPerEpoch: this.stepsPerEpoch,
      findings: isBroken
        ? [{ kind: 'nonFinite', units: [], values: { step, operation: await this.anomaly() } }]
        : diagnoseUnit({ ...told, isLooping: loop !== undefined }),
      isDone,
      rule,
      feature: this.spec.model.feature ?? 'none',
      weights: [...weights],
      points: { inputs, labels, ...(made === undefined ? {} : { features: made }) },
      sums,
      outputs: await this.answers(rows),
      wrong: rightRows(sums, signs).map((isRight) => !isRight),
      right,
      best: Math.max(this.trail.best, right),
      corrections: this.trail.correctionsAt(step),
      next: step % ROWS,
      ...this.trail.looksUpTo(step, MOST_SHOWN),
      moved: this.trail.steps.map(({ isMistake }) => isMistake),
      loop,
      meeting: this.meeting,
      surface: {
        size: GRID_SIZE,
        ...TRUTH_WORLD,
        values: surface.map((value) => 2 * value - 1),
        sums: await this.unit.outputs(this.grid),
      },
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
      return { ...empty, value, gradient, activation: undefined, isFlat: this.unit instanceof PerceptronUnit }
    }
    if (address.example >= ROWS) return undefined
    const row = this.rowOf(address.example)
    if (address.kind === 'input') {
      const value = row[address.index]
      return value === undefined ? undefined : { ...empty, value, activation: undefined, isFlat: false }
    }
    return address.layer !== 0 || address.unit !== 0 ? undefined : this.probeSum(address, row)
  }

  async whatIf({ kind, path, value }: Edit): Promise<WhatIf | undefined> {
    const at = kind === 'set' ? this.placeOf(path) : undefined
    if (at === undefined) return undefined
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
    const train = countRight(await this.unit.outputs(this.given.rows), this.given.signs) / ROWS
    return {
      run,
      parameters: this.given.width + 1,
      accuracy: { train, fresh: train },
      loss: (await this.loss()).value,
      deadUnits: [],
      values: await this.tried(measures),
    }
  }

  free(): void {
    this.unit.free()
  }

  private async tried(measures: readonly string[]): Promise<Record<string, number>> {
    if (measures.length === 0) return {}
    const { tryFeature, tryTables } = await import('./truth-trials.ts')
    return {
      ...(measures.includes('tables') ? await tryTables(this.spec) : {}),
      ...(measures.includes('feature') ? await tryFeature(this.spec) : {}),
    }
  }

  /** A new trail begins where the weights are now. */
  private async begin(): Promise<void> {
    this.unread = []
    const right = countRight(await this.unit.outputs(this.given.rows), this.given.signs)
    this.trail = new Trail({ base: this.steps, first: [...(await this.unit.weights())], right, steps: [] })
  }

  private async read(): Promise<void> {
    const { unread } = this
    this.unread = []
    for (const { row, taken, sums } of unread) {
      const { isMistake, after } = await taken()
      this.trail.add({ row, isMistake, weights: after, right: countRight(await sums, this.given.signs) })
    }
  }

  private rowOf(row: number): Float32Array {
    const { rows, width } = this.given
    return rows.slice(row * width, (row + 1) * width)
  }

  private async loss(): ReturnType<LogisticUnit['loss']> {
    const { rows, signs, labels, width } = this.given
    if (!(this.unit instanceof PerceptronUnit)) return this.unit.loss(rows, labels)
    // A share of mistakes is counted, and a step gives no slope: a first visit does without what traces gradients.
    const value = 1 - countRight(await this.unit.outputs(rows), signs) / ROWS
    return { value, slopeOf: (path) => new Float64Array(path === '0.bias' ? 1 : width) }
  }

  /** What comes out for each row: 1 or 0 behind a step, anything between behind a sigmoid. */
  private async answers(rows: Float32Array): Promise<Float32Array> {
    if (!(this.unit instanceof PerceptronUnit)) return this.unit.answers(rows)
    return (await this.unit.outputs(rows)).map((sum) => (sum > 0 ? 1 : 0))
  }

  /** Where a parameter stands among the weights. */
  private placeOf(path: string): number | undefined {
    const found = parseElement(path)
    const { width } = this.given
    if (found?.path === '0.bias') return found.index === 0 ? width : undefined
    return found?.path === '0.weight' && found.index < width ? found.index : undefined
  }

  private async probeSum(address: Address & { kind: 'activation' }, row: Float32Array): Promise<Probe> {
    const { products, sum } = await this.unit.sum(row)
    const weights = await this.unit.weights()
    const { example } = address
    return {
      address,
      value: this.unit instanceof PerceptronUnit ? sum : (await this.unit.answers(row))[0]!,
      gradient: undefined,
      terms: Array.from(products, (product, index) => ({
        weight: { kind: 'parameter', path: '0.weight', index },
        source: { kind: 'input', index, example },
        product,
      })),
      termValues: Array.from(products, (_, i) => ({ weight: weights[i]!, source: row[i]! })),
      bias: { address: { kind: 'parameter', path: '0.bias', index: 0 }, value: weights.at(-1)! },
      sum,
      activation: this.unit instanceof PerceptronUnit ? undefined : 'sigmoid',
      isFlat: false,
    }
  }
}
