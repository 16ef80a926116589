import {
  compile,
  type Compiled,
  fromData,
  initialise,
  manualSeed,
  Module,
  parameter,
  RandomStream,
  SGD,
  type Tensor,
  tensor,
  trace,
  type Trace,
} from 'neurite'
import { type Address, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { CurvePoint, OperationView, ParameterView, PassFrame, Probe, WhatIf } from '../core/protocol.ts'
import type { Edit, Run, RunSpec } from '../core/run/spec.ts'
import { GIVENS, type OperationKind, OPERATIONS, type WeightName, WEIGHTS } from '../core/scalar-graph.ts'
import type { Session } from './session.ts'

/** Half the width of the nudge that checks a slope; its own error is about its square. */
const NUDGE = 1e-4
/** The step of the second exercise. */
const TRIAL = 0.1

export interface ScalarState {
  readonly weights: ReadonlyMap<WeightName, number>
  readonly givens: readonly number[]
}

/** Nine numbers, each a tensor of its own. */
class NineNumbers extends Module {
  w11 = parameter(tensor(0))
  w12 = parameter(tensor(0))
  b1 = parameter(tensor(0))
  w21 = parameter(tensor(0))
  w22 = parameter(tensor(0))
  b2 = parameter(tensor(0))
  v1 = parameter(tensor(0))
  v2 = parameter(tensor(0))
  c = parameter(tensor(0))

  forward(x1: Tensor, x2: Tensor): Tensor {
    const h1 = this.w11.mul(x1).add(this.w12.mul(x2)).add(this.b1).sigmoid()
    const h2 = this.w21.mul(x1).add(this.w22.mul(x2)).add(this.b2).sigmoid()
    return this.v1.mul(h1).add(this.v2.mul(h2)).add(this.c).sigmoid()
  }
}

/** The example that a seed names: the introduction's own first, then random ones with short decimals. */
export function exampleOf(seed: number): [number, number, number] {
  if (seed === 1) return [0.5, 0.6, 1]
  const stream = new RandomStream(seed, 'example')
  const short = (low: number, high: number): number => Math.round(stream.uniform(low, high) * 10) / 10
  return [short(-1, 1), short(-1, 1), stream.integer(2)]
}

/** One example through nine numbers, one operation at a time. */
export class ScalarSession implements Session<ScalarState> {
  readonly stepsPerEpoch = 1
  private readonly model: NineNumbers
  private readonly train: Compiled<[Tensor, Tensor, Tensor], Tensor>
  private givens: number[]
  private curve: CurvePoint[] = []
  private broken: { step: number; operation: string } | undefined

  constructor(spec: RunSpec) {
    manualSeed(spec.seed)
    this.model = new NineNumbers()
    for (const name of WEIGHTS) initialise.uniform(this.model[name], { low: -1, high: 1 })
    this.givens = exampleOf(spec.data.seed)
    const optimizer = new SGD(this.model, { learningRate: spec.optimiser.learningRate })
    this.train = compile((x1: Tensor, x2: Tensor, t: Tensor) => {
      const loss = this.model.forward(x1, x2).sub(t).square()
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
      return loss
    })
  }

  step(): void {
    this.train(...this.givenTensors())
  }

  async apply({ kind, path, value }: Edit): Promise<void> {
    const found = parseElement(path)
    if (found === undefined) return
    if (kind === 'point') {
      const index = path.startsWith('label') ? 2 : found.index
      if (index < 3) this.givens = this.givens.with(index, value)
      return
    }
    if (kind === 'set' && isWeight(found.path)) this.write(found.path, value)
    await Promise.resolve()
  }

  async save(): Promise<ScalarState> {
    return { weights: await this.weights(), givens: this.givens }
  }

  restore({ weights, givens }: ScalarState, step: number): void {
    for (const [name, value] of weights) this.write(name, value)
    this.givens = [...givens]
    this.curve = this.curve.filter((point) => point.step <= step)
    if (this.broken !== undefined && this.broken.step > step) this.broken = undefined
  }

  async mark(step: number): Promise<void> {
    const loss = await this.lossWith()
    this.curve = [...this.curve.filter((point) => point.step < step), { step, loss, fresh: NaN }]
  }

  async isFinite(): Promise<boolean> {
    return [...(await this.weights()).values()].every(Number.isFinite)
  }

  anomaly(): Promise<string> {
    return Promise.resolve('sub')
  }

  tellBroken(step: number, operation: string): void {
    this.broken = { step, operation }
  }

  async frame(step: number): Promise<PassFrame> {
    const { pass, named } = await this.pass()
    const weights = await this.weights()
    const parameters = WEIGHTS.map((name): ParameterView => ({
      path: name,
      shape: [],
      values: Float32Array.of(weights.get(name)!),
      gradient: pass.of(named.get(name)!)?.gradient,
    }))
    const [x1, x2, t] = this.givens
    const findings =
      this.broken === undefined ? [] : [{ kind: 'nonFinite' as const, units: [], values: { ...this.broken } }]
    return {
      kind: 'pass',
      step,
      loss: pass.output.value[0]!,
      parameters,
      curve: this.curve,
      stepsPerEpoch: 1,
      findings,
      operations: operationViews(pass, named),
      example: { inputs: [x1!, x2!], target: t! },
      nudged: Object.fromEntries(
        await Promise.all(WEIGHTS.map(async (name) => [name, await this.nudged(name)] as const)),
      ),
    }
  }

  async probe(address: Address): Promise<Probe | undefined> {
    const { pass, named } = await this.pass()
    const name =
      address.kind === 'parameter' || address.kind === 'gradient'
        ? address.path
        : address.kind === 'input'
          ? GIVENS[address.index]
          : 'L'
    const found = named.get(name ?? '')
    const entry = found === undefined ? undefined : pass.of(found)
    if (entry === undefined || address.kind === 'activation') return undefined
    const gradient = address.kind === 'loss' ? undefined : entry.gradient?.[0]
    const value = address.kind === 'gradient' ? (gradient ?? 0) : entry.value[0]!
    return {
      address,
      value,
      gradient,
      terms: [],
      termValues: [],
      bias: undefined,
      sum: undefined,
      activation: undefined,
      isFlat: false,
    }
  }

  async whatIf({ kind, path, value }: Edit): Promise<WhatIf | undefined> {
    const found = parseElement(path)
    if (kind !== 'set' || found === undefined || !isWeight(found.path)) return undefined
    const { pass, named } = await this.pass()
    const from = (await this.weights()).get(found.path)!
    const to = Math.fround(value)
    const gradient = pass.of(named.get(found.path)!)?.gradient?.[0] ?? 0
    const loss = pass.output.value[0]!
    const then = await this.lossWith(found.path, to - from)
    return { from, to, loss, predicted: gradient * (to - from), actual: then - loss }
  }

  async measure(run: Run): Promise<Measured> {
    const { pass, named } = await this.pass()
    const loss = pass.output.value[0]!
    const values: Record<string, number> = {}
    for (const name of WEIGHTS) {
      values[`gradient ${name}`] = pass.of(named.get(name)!)!.gradient![0]!
      const tried = [await this.lossWith(name, TRIAL), await this.lossWith(name, -TRIAL)]
      values[`drop ${name}`] = loss - Math.min(...tried)
    }
    return { run, parameters: WEIGHTS.length, accuracy: { train: NaN, fresh: NaN }, loss, deadUnits: [], values }
  }

  free(): void {
    this.train.free()
    this.model.free()
  }

  /** The pass written out, with a tensor for each name; `shift` is added to one weight, in float64. */
  private async pass(shifted?: WeightName, shift = 0): Promise<{ pass: Trace; named: Map<string, Tensor> }> {
    const named = new Map<string, Tensor>()
    const [x1, x2, t] = this.givenTensors()
    const pass = await trace(() => {
      const at = new Map<string, Tensor>([
        ['x1', x1],
        ['x2', x2],
        ['t', t],
      ])
      for (const name of WEIGHTS) at.set(name, this.model[name])
      for (const [name, value] of at) named.set(name, value)
      if (shifted !== undefined) at.set(shifted, this.model[shifted].add(shift))
      for (const { name, kind, inputs } of OPERATIONS) {
        const [a, b] = inputs.map((input) => at.get(input)!) as [Tensor, Tensor]
        const result = calculate(kind, a, b)
        at.set(name, result)
        named.set(name, result)
      }
      return at.get('L')!
    })
    return { pass, named }
  }

  private async lossWith(name?: WeightName, shift?: number): Promise<number> {
    return (await this.pass(name, shift)).pass.output.value[0]!
  }

  private async nudged(name: WeightName): Promise<number> {
    const [up, down] = [await this.lossWith(name, NUDGE), await this.lossWith(name, -NUDGE)]
    return (up - down) / (2 * NUDGE)
  }

  private givenTensors(): [Tensor, Tensor, Tensor] {
    return this.givens.map((value) => fromData(Float32Array.of(value), [])) as unknown as [Tensor, Tensor, Tensor]
  }

  private async weights(): Promise<Map<WeightName, number>> {
    const weights = new Map<WeightName, number>()
    for (const name of WEIGHTS) weights.set(name, await this.model[name].item())
    return weights
  }

  private write(name: WeightName, value: number): void {
    this.model.loadStateDict(
      { [name]: { dtype: 'float32', shape: [], data: Float32Array.of(value) } },
      { strict: false },
    )
  }
}

function calculate(kind: OperationKind, a: Tensor, b: Tensor): Tensor {
  switch (kind) {
    case 'mul':
      return a.mul(b)
    case 'add':
      return a.add(b)
    case 'sub':
      return a.sub(b)
    case 'sigmoid':
      return a.sigmoid()
    case 'square':
      return a.square()
    default:
      return kind satisfies never
  }
}

const isWeight = (name: string): name is WeightName => WEIGHTS.some((weight) => weight === name)

/** Every name with what flows into it and back out of it. */
function operationViews(pass: Trace, named: ReadonlyMap<string, Tensor>): OperationView[] {
  const nameAt = new Map<number, string>()
  for (const [name, found] of named) nameAt.set(pass.of(found)!.index, name)
  return [...named].map(([name, found], index) => {
    const entry = pass.of(found)!
    const operation = OPERATIONS.find((candidate) => candidate.name === name)
    return {
      index,
      name,
      operation: operation?.kind ?? 'given',
      inputs: operation?.inputs ?? [],
      value: entry.value[0]!,
      gradient: entry.gradient?.[0],
      contributions: entry.contributions.map(({ consumer, value }) => {
        const incoming = pass.entries[consumer]!.gradient![0]!
        return { consumer: nameAt.get(consumer) ?? '', incoming, local: value[0]! / incoming, value: value[0]! }
      }),
    }
  })
}
