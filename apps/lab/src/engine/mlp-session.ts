import { compile, type Compiled, findAnomaly, fromData, noGrad, trace, type Tensor, watch } from 'neurite'
import { type Address, type InputAddress, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import { diagnose } from '../core/doctor/doctor.ts'
import type { CurvePoint, ParameterView, PlaneFrame, Probe, WhatIf } from '../core/protocol.ts'
import { type Edit, parameterCount, type Run, type RunSpec } from '../core/run/spec.ts'
import { freshPoints, makePoints } from './data.ts'
import { GRID_SIZE, gridPoints, type Points, WORLD_REACH } from './plane.ts'
import { type Example, probeUnit } from './mlp-probe.ts'
import { MlpNetwork, type MlpState } from './mlp-network.ts'
import type { Session } from './session.ts'

/** What runs beside training: pictures, probes and measures of a network that divides the plane. */
export class MlpSession implements Session<MlpState> {
  readonly spec: RunSpec
  readonly network: MlpNetwork
  private readonly points: Points
  private readonly fresh: { readonly x: Tensor; readonly y: Tensor; readonly labels: Float32Array }
  private readonly grid = fromData(gridPoints(GRID_SIZE, WORLD_REACH), [GRID_SIZE * GRID_SIZE, 2]) as Tensor
  private readonly look: Compiled<[Tensor], { output: Tensor; hidden: Tensor[] }>
  private readonly score: Compiled<[Tensor, Tensor], { output: Tensor; loss: Tensor }>
  private readonly without: Compiled<[Tensor, Tensor, Tensor[]], Tensor>
  private curve: CurvePoint[] = []
  private broken: { step: number; operation: string } | undefined

  constructor(spec: RunSpec) {
    this.spec = spec
    this.points = makePoints(spec.data)
    this.network = new MlpNetwork(spec, this.points)
    const fresh = freshPoints(spec.data)
    const n = fresh.labels.length
    this.fresh = {
      x: fromData(fresh.inputs, [n, 2]),
      y: fromData(fresh.labels, [n, 1]),
      labels: fresh.labels,
    }
    this.look = compile((x: Tensor) => noGrad(() => this.pass(x)))
    this.score = compile((x: Tensor, y: Tensor) =>
      noGrad(() => ({ output: this.network.model.forward(x as never), loss: this.network.loss(x, y) })),
    )
    this.without = compile((x: Tensor, y: Tensor, masks: Tensor[]) => noGrad(() => this.maskedLoss(x, y, masks)))
  }

  get stepsPerEpoch(): number {
    return this.network.stepsPerEpoch
  }

  step(): void {
    this.network.step()
  }

  apply(edit: Edit): Promise<void> {
    return this.network.apply(edit)
  }

  save(): Promise<MlpState> {
    return this.network.save()
  }

  restore(state: MlpState, step: number): void {
    this.network.restore(state, step)
    this.curve = this.curve.filter((point) => point.step <= step)
    if (this.broken !== undefined && this.broken.step > step) this.broken = undefined
  }

  async mark(step: number): Promise<void> {
    const [train, fresh] = [this.score(this.network.x, this.network.y), this.score(this.fresh.x, this.fresh.y)]
    const [loss, freshLoss] = [await train.loss.item(), await fresh.loss.item()]
    this.curve = [...this.curve.filter((point) => point.step < step), { step, loss, fresh: freshLoss }]
  }

  /** Whether every number is finite; where not, `tell` is what the doctor says. */
  async isFinite(): Promise<boolean> {
    const { loss } = this.score(this.network.x, this.network.y)
    if (!Number.isFinite(await loss.item())) return false
    for (const path of this.network.parameters.keys()) {
      if (!(await this.network.values(path))!.every(Number.isFinite)) return false
    }
    return true
  }

  async anomaly(): Promise<string> {
    return findAnomaly(await trace(() => this.network.loss()))?.entry.operation ?? 'sub'
  }

  tellBroken(step: number, operation: string): void {
    this.broken = { step, operation }
  }

  async frame(step: number, run: Run): Promise<PlaneFrame> {
    const pass = await trace(() => this.network.loss())
    const parameters: ParameterView[] = []
    for (const [path, parameter] of this.network.parameters) {
      const gradient = pass.of(parameter)?.gradient
      parameters.push({ path, shape: parameter.shape, values: (await this.network.values(path))!, gradient })
    }
    const surface = this.look(this.grid)
    const seen = this.look(this.network.x)
    const fresh = await this.score(this.fresh.x, this.fresh.y).output.data()
    const outputs = (await seen.output.data()) as Float32Array
    const { labels } = this.points
    const right = rightOnes(outputs, labels)
    const accuracy = {
      train: right / labels.length,
      fresh: rightOnes(fresh as Float32Array, this.fresh.labels) / this.fresh.labels.length,
    }
    const activations = await Promise.all(seen.hidden.map(async (layer) => (await layer.data()) as Float32Array))
    const units = this.unitFacts(activations)
    const observation = {
      step,
      curve: this.curve,
      accuracy,
      activation: this.spec.model.activation,
      units,
      outputs: extent(outputs),
    }
    return {
      kind: 'plane',
      step,
      loss: pass.output.value[0]!,
      parameters,
      curve: this.curve,
      stepsPerEpoch: this.stepsPerEpoch,
      findings: diagnose(this.broken === undefined ? observation : { ...observation, broken: this.broken }),
      points: this.points,
      outputs,
      accuracy,
      right,
      surface: { size: GRID_SIZE, reach: WORLD_REACH, values: (await surface.output.data()) as Float32Array },
      unitSurfaces: await Promise.all(surface.hidden.map(async (layer) => (await layer.data()) as Float32Array)),
      activations,
      importance: await this.importance(),
      dead: this.deadUnits(units),
      silenced: stateOf(run, 'off'),
      frozen: stateOf(run, 'freeze'),
    }
  }

  async probe(address: Address): Promise<Probe | undefined> {
    const empty = { terms: [], termValues: [], bias: undefined, sum: undefined, activation: undefined, isFlat: false }
    if (address.kind === 'loss') {
      const pass = await trace(() => this.network.loss())
      return { ...empty, address, value: pass.output.value[0]!, gradient: undefined }
    }
    if (address.kind === 'parameter' || address.kind === 'gradient') {
      const parameter = this.network.parameters.get(address.path)
      const values = await this.network.values(address.path)
      if (parameter === undefined || values === undefined || address.index >= values.length) return undefined
      const gradient = (await trace(() => this.network.loss())).of(parameter)?.gradient?.[address.index]
      const value = address.kind === 'parameter' ? values[address.index]! : (gradient ?? 0)
      return { ...empty, address, value, gradient }
    }
    if (address.example >= this.points.labels.length) return undefined
    return address.kind === 'input'
      ? this.probeInput(address)
      : probeUnit(this.network, address, this.example(address.example))
  }

  async whatIf(edit: Edit): Promise<WhatIf | undefined> {
    const found = parseElement(edit.path)
    const parameter = found === undefined ? undefined : this.network.parameters.get(found.path)
    const before = found === undefined ? undefined : await this.network.values(found.path)
    if (found === undefined || parameter === undefined || before === undefined) return undefined
    const { path, index } = found
    if (index >= before.length || edit.kind !== 'set') return undefined
    const now = await trace(() => this.network.loss())
    const after = before.slice()
    after[index] = edit.value
    this.network.write(new Map([[path, after]]))
    const then = await trace(() => this.network.loss())
    this.network.write(new Map([[path, before]]))
    const [from, to, loss] = [before[index]!, after[index], now.output.value[0]!]
    const gradient = now.of(parameter)?.gradient?.[index] ?? 0
    return { from, to, loss, predicted: gradient * (to - from), actual: then.output.value[0]! - loss }
  }

  async measure(run: Run): Promise<Measured> {
    const seen = this.look(this.network.x)
    const activations = await Promise.all(seen.hidden.map(async (layer) => (await layer.data()) as Float32Array))
    const outputs = (await seen.output.data()) as Float32Array
    const fresh = (await this.score(this.fresh.x, this.fresh.y).output.data()) as Float32Array
    return {
      run,
      parameters: parameterCount(this.spec.model.layers),
      accuracy: {
        train: rightOnes(outputs, this.points.labels) / this.points.labels.length,
        fresh: rightOnes(fresh, this.fresh.labels) / this.fresh.labels.length,
      },
      loss: (await trace(() => this.network.loss())).output.value[0]!,
      deadUnits: this.deadUnits(this.unitFacts(activations)),
      values: {},
    }
  }

  free(): void {
    for (const program of [this.look, this.score, this.without]) program.free()
    this.network.free()
  }

  /** The layers one after the other, keeping what each activation gives. */
  private pass(x: Tensor): { output: Tensor; hidden: Tensor[] } {
    const hidden: Tensor[] = []
    let value = x
    for (const [i, layer] of [...this.network.model].entries()) {
      value = (layer as { forward(x: Tensor): Tensor }).forward(value)
      if (i % 2 === 1) hidden.push(watch(value, `layer ${i}`))
    }
    return { output: value, hidden }
  }

  private maskedLoss(x: Tensor, y: Tensor, masks: readonly Tensor[]): Tensor {
    let value = x
    const layers = [...this.network.model] as { forward(x: Tensor): Tensor }[]
    for (const [i, layer] of layers.entries()) {
      value = layer.forward(value)
      if (i % 2 === 1) value = value.mul(masks[(i - 1) / 2]!)
    }
    return this.network.lossOf(value, y)
  }

  private async importance(): Promise<Float32Array[]> {
    const { layers } = this.spec.model
    const ones = layers.map((units) => fromData(new Float32Array(units).fill(1), [1, units]) as Tensor)
    const whole = await this.without(this.network.x, this.network.y, ones).item()
    const importance = layers.map((units) => new Float32Array(units))
    for (const [layer, units] of layers.entries()) {
      for (let unit = 0; unit < units; unit++) {
        const mask = new Float32Array(units).fill(1)
        mask[unit] = 0
        const masks = ones.map((tensor, i) => (i === layer ? (fromData(mask, [1, units]) as Tensor) : tensor))
        importance[layer]![unit] = (await this.without(this.network.x, this.network.y, masks).item()) - whole
      }
    }
    return importance
  }

  private unitFacts(activations: readonly Float32Array[]): { name: string; zeros: number; saturated: number }[] {
    const n = this.points.labels.length
    return this.spec.model.layers.flatMap((units, layer) =>
      Array.from({ length: units }, (_, unit) => {
        let [zeros, saturated] = [0, 0]
        for (let i = 0; i < n; i++) {
          const value = activations[layer]![i * units + unit]!
          if (value === 0) zeros++
          if (Math.abs(value) > 0.98) saturated++
        }
        return { name: `${layer}.${unit}`, zeros: zeros / n, saturated: saturated / n }
      }),
    )
  }

  private deadUnits(units: readonly { name: string; zeros: number }[]): string[] {
    if (this.spec.model.activation !== 'relu') return []
    return units.filter(({ zeros }) => zeros > 0.9).map(({ name }) => name)
  }

  private example(index: number): Example {
    const { inputs, labels } = this.points
    return {
      x: fromData(inputs.slice(2 * index, 2 * index + 2), [1, 2]),
      y: fromData(labels.slice(index, index + 1), [1, 1]),
    }
  }

  private async probeInput(address: InputAddress): Promise<Probe> {
    const { x, y } = this.example(address.example)
    const pass = await trace(() => this.network.loss(x, y))
    return {
      address,
      value: this.points.inputs[2 * address.example + address.index]!,
      gradient: pass.of(x)?.gradient?.[address.index],
      terms: [],
      termValues: [],
      bias: undefined,
      sum: undefined,
      activation: undefined,
      isFlat: false,
    }
  }
}

function rightOnes(outputs: Float32Array, labels: Float32Array): number {
  let right = 0
  for (let i = 0; i < labels.length; i++) if (outputs[i]! > 0 === labels[i]! > 0.5) right++
  return right
}

function extent(values: Float32Array): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return { low, high }
}

/** Units whose last edit of this kind is in force. */
function stateOf({ journal, head }: Run, kind: 'off' | 'freeze'): string[] {
  const state = new Map<string, boolean>()
  for (const edit of journal)
    if (edit.kind === kind && edit.at <= head) state.set(edit.path, kind === 'off' || edit.value !== 0)
  return [...state].filter(([, on]) => on).map(([path]) => path)
}
