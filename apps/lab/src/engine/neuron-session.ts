import {
  compile,
  type Compiled,
  findAnomaly,
  fromData,
  Linear,
  mseLoss,
  noGrad,
  ReLU,
  Sequential,
  Sigmoid,
  Step,
  Tanh,
  type Tensor,
  trace,
} from 'neurite'
import { type Address, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import { thresholdOf } from '../core/neuron.ts'
import type { CurvePoint, NeuronFrame, ParameterView, Probe, WhatIf } from '../core/protocol.ts'
import { type Edit, freshSeed, type Run, type RunSpec } from '../core/run/spec.ts'
import { GRID_SIZE, type Points } from './plane.ts'
import { FIRST_POINT, firstNeuron, NEURON_WORLD, neuronGrid, neuronPoints } from './neuron-data.ts'
import type { Session } from './session.ts'

const ACTIVATIONS = { tanh: Tanh, relu: ReLU, sigmoid: Sigmoid, step: Step } as const
const PATHS = ['0.weight', '0.bias'] as const
const FRESH_DAYS = 300

export interface NeuronState {
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly point: readonly [number, number]
}

/** One neuron whose numbers are set by hand; nothing in it learns. */
export class NeuronSession implements Session<NeuronState> {
  readonly stepsPerEpoch = 1
  private readonly spec: RunSpec
  private readonly threshold: number
  private readonly neuron = new Sequential(new Linear(2, 1))
  private readonly activation: { forward(x: Tensor): Tensor }
  private readonly points: Points
  private readonly fresh: Points
  private readonly x: Tensor
  private readonly y: Tensor
  private readonly grid = fromData(neuronGrid(GRID_SIZE), [GRID_SIZE * GRID_SIZE, 2]) as Tensor
  private readonly look: Compiled<[Tensor], { margin: Tensor; output: Tensor }>
  private point: readonly [number, number] = FIRST_POINT
  private curve: CurvePoint[] = []

  constructor(spec: RunSpec) {
    this.spec = spec
    this.threshold = thresholdOf(spec.data.kind)
    this.activation = new ACTIVATIONS[spec.model.activation]()
    this.points = neuronPoints(spec.data)
    this.fresh = neuronPoints({ ...spec.data, samples: FRESH_DAYS, seed: freshSeed(spec.data) })
    const { inputs, labels } = this.points
    this.x = fromData(inputs, [labels.length, 2])
    // What tanh can give lies between -1 and 1.
    const targets = spec.model.activation === 'tanh' ? labels.map((label) => 2 * label - 1) : labels
    this.y = fromData(targets, [labels.length, 1])
    const { weights, bias } = firstNeuron(spec)
    this.write('0.weight', Float32Array.from(weights))
    this.write('0.bias', Float32Array.of(bias))
    this.look = compile((x: Tensor) =>
      noGrad(() => {
        const margin = this.margin(x)
        return { margin, output: this.activation.forward(margin) }
      }),
    )
  }

  /** A neuron that is set by hand stays as it is. */
  step(): void {
    return
  }

  async apply({ kind, path, value }: Edit): Promise<void> {
    const found = parseElement(path)
    if (found === undefined) return
    if (kind === 'point' && found.path === 'input' && found.index < 2) {
      this.point = this.point.with(found.index, value) as [number, number]
      return
    }
    if (kind !== 'set') return
    const values = await this.values(found.path)
    if (values === undefined || found.index >= values.length) return
    values[found.index] = value
    this.write(found.path, values)
  }

  async save(): Promise<NeuronState> {
    const weights = new Map<string, Float32Array>()
    for (const path of PATHS) weights.set(path, (await this.values(path))!)
    return { weights, point: this.point }
  }

  restore({ weights, point }: NeuronState): void {
    for (const [path, values] of weights) this.write(path, values)
    this.point = point
  }

  async mark(step: number): Promise<void> {
    const loss = (await trace(() => this.loss())).output.value[0]!
    this.curve = [{ step, loss, fresh: loss }]
  }

  async isFinite(): Promise<boolean> {
    for (const path of PATHS) if (!(await this.values(path))!.every(Number.isFinite)) return false
    return true
  }

  async anomaly(): Promise<string> {
    return findAnomaly(await trace(() => this.loss()))?.entry.operation ?? 'add'
  }

  /** What is not finite shows in the numbers themselves: see `frame`. */
  tellBroken(): void {
    return
  }

  async frame(step: number): Promise<NeuronFrame> {
    const pass = await trace(() => this.loss())
    const parameters: ParameterView[] = []
    for (const path of PATHS) {
      const parameter = this.parameter(path)!
      const values = (await this.values(path))!
      const gradient = pass.of(parameter)?.gradient ?? new Float64Array(values.length)
      parameters.push({ path, shape: parameter.shape, values, gradient })
    }
    const [weights, bias] = parameters.map(({ values }) => values) as [Float32Array, Float32Array]
    const margins = (await this.look(this.x).margin.data()) as Float32Array
    const { products, sum, output } = await this.sumOf()
    const loss = pass.output.value[0]!
    const isBroken = !Number.isFinite(loss) || !(await this.isFinite())
    return {
      kind: 'neuron',
      step,
      loss,
      parameters,
      curve: this.curve,
      stepsPerEpoch: 1,
      findings: isBroken ? [{ kind: 'nonFinite', units: [], values: { step, operation: await this.anomaly() } }] : [],
      activation: this.spec.model.activation,
      neuron: { weights: [weights[0]!, weights[1]!], bias: bias[0]!, threshold: this.threshold },
      today: { inputs: [this.point[0], this.point[1]], products: [products[0]!, products[1]!], sum, output },
      points: this.points,
      margins,
      right: rightOnes(margins, this.points.labels),
      surface: { size: GRID_SIZE, ...NEURON_WORLD, values: await this.surface() },
    }
  }

  async probe(address: Address): Promise<Probe | undefined> {
    const empty = { address, gradient: undefined, terms: [], termValues: [], bias: undefined, sum: undefined }
    const isFlat = this.spec.model.activation === 'step'
    if (address.kind === 'loss') {
      const { value } = (await trace(() => this.loss())).output
      return { ...empty, value: value[0]!, activation: undefined, isFlat: false }
    }
    if (address.kind === 'parameter' || address.kind === 'gradient') {
      const values = await this.values(address.path)
      if (values === undefined || address.index >= values.length) return undefined
      const pass = await trace(() => this.loss())
      const gradient = pass.of(this.parameter(address.path)!)?.gradient?.[address.index] ?? 0
      const value = address.kind === 'parameter' ? values[address.index]! : gradient
      return { ...empty, value, gradient, activation: undefined, isFlat }
    }
    if (address.kind === 'input') {
      if (address.index > 1) return undefined
      return { ...empty, value: this.point[address.index]!, activation: undefined, isFlat: false }
    }
    return this.probeOutput(address, isFlat)
  }

  async whatIf({ kind, path, value }: Edit): Promise<WhatIf | undefined> {
    const found = parseElement(path)
    const before = found === undefined ? undefined : await this.values(found.path)
    if (kind !== 'set' || found === undefined || before === undefined || found.index >= before.length) return undefined
    const now = await trace(() => this.loss())
    const after = before.slice()
    after[found.index] = value
    this.write(found.path, after)
    const then = await trace(() => this.loss())
    this.write(found.path, before)
    const [from, to, loss] = [before[found.index]!, after[found.index]!, now.output.value[0]!]
    const gradient = now.of(this.parameter(found.path)!)?.gradient?.[found.index] ?? 0
    return { from, to, loss, predicted: gradient * (to - from), actual: then.output.value[0]! - loss }
  }

  async measure(run: Run): Promise<Measured> {
    const margins = (await this.look(this.x).margin.data()) as Float32Array
    const days = fromData(this.fresh.inputs, [this.fresh.labels.length, 2]) as Tensor
    const fresh = (await this.look(days).margin.data()) as Float32Array
    const [weights, bias] = [(await this.values('0.weight'))!, (await this.values('0.bias'))!]
    const first = firstNeuron(this.spec)
    return {
      run,
      parameters: 3,
      accuracy: {
        train: rightOnes(margins, this.points.labels) / this.points.labels.length,
        fresh: rightOnes(fresh, this.fresh.labels) / this.fresh.labels.length,
      },
      loss: (await trace(() => this.loss())).output.value[0]!,
      deadUnits: [],
      values: {
        w1: weights[0]!,
        w2: weights[1]!,
        b: bias[0]!,
        'first w1': first.weights[0],
        'first w2': first.weights[1],
        'first b': first.bias,
      },
    }
  }

  free(): void {
    this.look.free()
    this.neuron.free()
  }

  private margin(x: Tensor): Tensor {
    const sum = this.neuron.forward(x)
    return this.threshold === 0 ? sum : sum.sub(this.threshold)
  }

  private loss(): Tensor {
    return mseLoss(this.activation.forward(this.margin(this.x)), this.y)
  }

  private async sumOf(): Promise<{ products: Float64Array | Float32Array; sum: number; output: number }> {
    const x = fromData(Float32Array.from(this.point), [1, 2]) as Tensor
    const products = await trace(() => this.parameter('0.weight')!.mul(x))
    const sum = await trace(() => this.neuron.forward(x))
    const output = await trace(() => this.activation.forward(this.margin(x)))
    return {
      products: Float64Array.from(products.output.value),
      sum: sum.output.value[0]!,
      output: output.output.value[0]!,
    }
  }

  private async probeOutput(address: Address & { kind: 'activation' }, isFlat: boolean): Promise<Probe | undefined> {
    if (address.layer !== 0 || address.unit !== 0) return undefined
    const { products, sum, output } = await this.sumOf()
    const weights = (await this.values('0.weight'))!
    const bias = (await this.values('0.bias'))!
    return {
      address,
      value: output,
      gradient: undefined,
      terms: Array.from(products, (product, index) => ({
        weight: { kind: 'parameter', path: '0.weight', index },
        source: { kind: 'input', index, example: 0 },
        product,
      })),
      termValues: Array.from(weights, (weight, i) => ({ weight, source: this.point[i]! })),
      bias: { address: { kind: 'parameter', path: '0.bias', index: 0 }, value: bias[0]! },
      sum,
      ...(this.threshold === 0 ? {} : { threshold: this.threshold }),
      activation: this.spec.model.activation,
      isFlat,
    }
  }

  /** What the neuron gives over the whole picture, below 0 where it says no. */
  private async surface(): Promise<Float32Array> {
    const { output } = this.look(this.grid)
    const values = (await output.data()) as Float32Array
    const { activation } = this.spec.model
    return activation === 'tanh' || activation === 'relu' ? values.slice() : values.map((value) => 2 * value - 1)
  }

  private parameter(path: string): Tensor | undefined {
    return this.neuron.namedParameters().get(path)
  }

  private async values(path: string): Promise<Float32Array | undefined> {
    const parameter = this.parameter(path)
    return parameter === undefined ? undefined : ((await parameter.data()).slice() as Float32Array)
  }

  private write(path: string, data: Float32Array): void {
    const { shape } = this.parameter(path)!
    this.neuron.loadStateDict({ [path]: { dtype: 'float32', shape, data } }, { strict: false })
  }
}

function rightOnes(margins: Float32Array, labels: Float32Array): number {
  return margins.reduce((right, margin, i) => right + (margin >= 0 === labels[i]! > 0.5 ? 1 : 0), 0)
}
