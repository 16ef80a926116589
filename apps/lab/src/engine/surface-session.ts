import { findAnomaly, trace, type Tensor } from 'neurite'
import { type Address, parseElement } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { Finding } from '../core/doctor/doctor.ts'
import type { CurvePoint, NextStep, Probe, SurfaceFrame, WhatIf } from '../core/protocol.ts'
import { distance, settledAt, SURFACE_NUMBERS, SURFACE_REACH, surfaceKey, surfaceKind } from '../core/surface.ts'
import type { Edit, Run, RunSpec } from '../core/run/spec.ts'
import type { Session } from './session.ts'
import { SurfaceDescent, type SurfaceState } from './surface-descent.ts'
import { SurfaceLooks } from './surface-looks.ts'
import { firstPlace, surfaceExamples } from './surface-data.ts'
import { surfaceLoss } from './surface-model.ts'

const RECENT = 24
/** Before this step the doctor never calls a rising loss a divergence. */
const FIRST_WORD = 20
const PROFILE = 33
/** A narrow valley needs a finer grid than the hills of a network. */
const MAP_SIZE = { fit: 96, network: 64 } as const

/** Pictures, probes and measures of two numbers that go down the surface of their loss. */
export class SurfaceSession implements Session<SurfaceState> {
  readonly spec: RunSpec
  readonly descent: SurfaceDescent
  private readonly looks: SurfaceLooks
  private map: Float32Array | undefined
  private bottom: Promise<readonly [number, number] | undefined> | undefined
  private curve: CurvePoint[] = []
  private broken: { step: number; operation: string } | undefined

  static async open(spec: RunSpec): Promise<SurfaceSession> {
    const examples = await surfaceExamples(spec.data)
    const loss = await surfaceLoss(spec, examples)
    return new SurfaceSession(spec, new SurfaceDescent(spec, examples, loss), new SurfaceLooks(examples, loss))
  }

  private constructor(spec: RunSpec, descent: SurfaceDescent, looks: SurfaceLooks) {
    this.spec = spec
    this.descent = descent
    this.looks = looks
  }

  get stepsPerEpoch(): number {
    return this.descent.stepsPerEpoch
  }

  step(): void {
    this.descent.step()
  }

  apply(edit: Edit): Promise<void> {
    return this.descent.apply(edit)
  }

  save(): Promise<SurfaceState> {
    return this.descent.save()
  }

  restore(state: SurfaceState, step: number): void {
    this.descent.restore(state, step)
    this.curve = this.curve.filter((point) => point.step <= step)
    if (this.broken !== undefined && this.broken.step > step) this.broken = undefined
  }

  async mark(step: number): Promise<void> {
    const [loss] = (await this.looks.at(await this.descent.place())).losses
    this.curve = [...this.curve.filter((point) => point.step < step), { step, loss: loss!, fresh: loss! }]
  }

  async isFinite(): Promise<boolean> {
    const place = await this.descent.place()
    return place.every(Number.isFinite) && Number.isFinite((await this.looks.at(place)).losses[0])
  }

  async anomaly(): Promise<string> {
    return findAnomaly(await trace(() => this.loss()))?.entry.operation ?? 'square'
  }

  tellBroken(step: number, operation: string): void {
    this.broken = { step, operation }
  }

  async frame(step: number): Promise<SurfaceFrame> {
    const { descent, looks } = this
    const place = await descent.place()
    const { loss, gradient } = await this.slope()
    const { largest, smallest } = await looks.curvature(place)
    const bottom = await this.bowlBottom()
    const path = await descent.path()
    return {
      kind: 'surface',
      step,
      loss,
      parameters: SURFACE_NUMBERS.map((name, i) => ({
        path: name,
        shape: [1],
        values: Float32Array.of(place[i]!),
        gradient: Float64Array.of(gradient[i]!),
      })),
      curve: this.curve,
      stepsPerEpoch: this.stepsPerEpoch,
      findings: await this.findings(step),
      surface: await this.surface(),
      place,
      path: { places: path.places, jumps: path.jumps },
      gradient,
      curvature: { largest, smallest },
      lowest: bottom !== undefined ? { place: bottom, distance: distance(place, bottom) } : undefined,
      settled: bottom !== undefined ? settledAt(path, bottom) : undefined,
      next: await this.next(place, loss, gradient),
      batchSteps: await this.batchSteps(place),
      recent: await this.recent(path),
    }
  }

  async probe(address: Address): Promise<Probe | undefined> {
    const empty = { terms: [], termValues: [], bias: undefined, sum: undefined, activation: undefined, isFlat: false }
    const { loss, gradient } = await this.slope()
    if (address.kind === 'loss') return { ...empty, address, value: loss, gradient: undefined }
    if (address.kind !== 'parameter' && address.kind !== 'gradient') return undefined
    const index = SURFACE_NUMBERS.indexOf(address.path as 'w1')
    if (index < 0 || address.index !== 0) return undefined
    const slope = gradient[index]!
    const value = address.kind === 'gradient' ? slope : (await this.descent.place())[index]!
    return { ...empty, address, value, gradient: slope }
  }

  async whatIf({ kind, path, value }: Edit): Promise<WhatIf | undefined> {
    const found = parseElement(path)
    const index = SURFACE_NUMBERS.indexOf(found?.path as 'w1')
    if (kind !== 'set' || index < 0 || found?.index !== 0) return undefined
    const place = await this.descent.place()
    const { loss, gradient } = await this.slope()
    const there = place.with(index, Math.fround(value)) as unknown as readonly [number, number]
    const by = there[index]! - place[index]!
    return {
      from: place[index]!,
      to: there[index]!,
      loss,
      predicted: gradient[index]! * by,
      actual: (await this.looks.exactLoss(there)) - loss,
    }
  }

  async measure(run: Run, measures: readonly string[]): Promise<Measured> {
    const { measureTrials } = await import('./surface-trials.ts')
    const { loss } = await this.slope()
    const { largest } = await this.looks.curvature(await this.descent.place())
    return {
      run,
      parameters: 2,
      accuracy: { train: 1, fresh: 1 },
      loss,
      deadUnits: [],
      values: { largest, ...(await measureTrials(run.spec, measures)) },
    }
  }

  free(): void {
    this.looks.free()
    this.descent.free()
  }

  /** The loss on the full set and its slope, in float64. */
  private async slope(): Promise<{ loss: number; gradient: readonly [number, number] }> {
    const pass = await trace(() => this.loss())
    const [g1, g2] = this.descent.numbers.map((number) => pass.of(number)?.gradient?.[0] ?? 0)
    return { loss: pass.output.value[0]!, gradient: [g1!, g2!] }
  }

  private loss(): Tensor {
    const [w1, w2] = this.descent.numbers
    return this.looks.loss(w1, w2, this.looks.all).sum()
  }

  /** The doctor is called when there may be something to say. */
  private async findings(step: number): Promise<Finding[]> {
    const { curve, broken } = this
    if (step < FIRST_WORD && broken === undefined) return []
    const { diagnose } = await import('../core/doctor/doctor.ts')
    return diagnose({
      step,
      curve,
      accuracy: { train: 1, fresh: 1 },
      activation: this.spec.model.activation,
      units: [],
      outputs: { low: 0, high: 1 },
      ...(broken === undefined ? {} : { broken }),
    })
  }

  /** A bowl has one bottom, and from the first place it can be told to the last digits; from far away it could not. */
  private async bowlBottom(): Promise<readonly [number, number] | undefined> {
    if (surfaceKind(this.spec.data) !== 'fit') return undefined
    this.bottom ??= this.looks.bottom(firstPlace(this.spec))
    return this.bottom
  }

  private async surface(): Promise<SurfaceFrame['surface']> {
    const kind = surfaceKind(this.spec.data)
    const [size, reach] = [MAP_SIZE[kind], SURFACE_REACH[kind]]
    this.map ??= await this.looks.map(size, reach)
    return { key: surfaceKey(this.spec), size, ...reach, values: this.map }
  }

  private async next(
    place: readonly [number, number],
    loss: number,
    gradient: readonly [number, number],
  ): Promise<NextStep | undefined> {
    const there = await this.descent.placeAfterNext()
    const after = await this.looks.exactLoss(there)
    if (!there.every(Number.isFinite) || !Number.isFinite(after)) return undefined
    const move = [there[0] - place[0], there[1] - place[1]] as const
    const along = Array.from({ length: PROFILE }, (_, i) => (2 * i) / (PROFILE - 1))
    return {
      place: there,
      length: distance(place, there),
      predicted: gradient[0] * move[0] + gradient[1] * move[1],
      actual: after - loss,
      profile: await this.looks.exactLosses(along.map((t) => [place[0] + t * move[0], place[1] + t * move[1]])),
    }
  }

  private async batchSteps(place: readonly [number, number]): Promise<Float32Array> {
    const { learningRate } = this.spec.optimiser
    const steps: number[] = []
    for (const batch of this.descent.batchesOfEpoch()) {
      const [g1, g2] = await this.looks.slopeOf(place, batch)
      steps.push(place[0] - learningRate * g1, place[1] - learningRate * g2)
    }
    return Float32Array.from(steps)
  }

  /** Promised and actual losses of the last steps that were taken one after the other, without a hand between. */
  private async recent({ places, steps, jumps }: PathSoFar): Promise<SurfaceFrame['recent']> {
    const count = steps.length
    const first = Math.max(0, count - RECENT - 1, ...jumps)
    const seen = Array.from({ length: count - first }, (_, i): [number, number] => [
      places[2 * (first + i)]!,
      places[2 * (first + i) + 1]!,
    ])
    if (seen.length < 2) return []
    const { losses, slopes } = await this.looks.exactSlopes(seen)
    const found = []
    for (let i = 1; i < seen.length; i++) {
      if (steps[first + i]! !== steps[first + i - 1]! + 1) continue
      const [dx, dy] = [seen[i]![0] - seen[i - 1]![0], seen[i]![1] - seen[i - 1]![1]]
      const [g1, g2] = slopes[i - 1]!
      found.push({ step: steps[first + i]!, predicted: losses[i - 1]! + g1 * dx + g2 * dy, actual: losses[i]! })
    }
    return found
  }
}

type PathSoFar = Awaited<ReturnType<SurfaceDescent['path']>>
