import { assignState, compile, type Compiled, parameter, RandomStream, SGD, tensor, type Tensor } from 'neurite'
import { parseElement } from '../core/address.ts'
import { isOnPath, SURFACE_NUMBERS } from '../core/surface.ts'
import type { Edit, RunSpec } from '../core/run/spec.ts'
import { type OptimiserState, plainState } from './plain-optimiser.ts'
import { type Examples, firstPlace } from './surface-data.ts'
import { type Batch, type LossOf, toBatch } from './surface-model.ts'

export interface SurfaceState {
  readonly place: readonly [number, number]
  readonly optimiser: OptimiserState
  /** How many places of the path lie behind. */
  readonly path: number
}

interface Kept {
  readonly step: number
  readonly isJump: boolean
  readonly place: Promise<readonly [number, number]>
}

/** Two numbers and the optimiser that moves them; only `step` and `apply` change the run. */
export class SurfaceDescent {
  readonly numbers: readonly [Tensor, Tensor]
  private readonly spec: RunSpec
  private readonly examples: Examples
  private readonly all: Batch
  private readonly optimiser: SGD
  private readonly train: Compiled<[Tensor, Tensor, Tensor], void>
  private order: { epoch: number; rows: Int32Array } = { epoch: -1, rows: new Int32Array(0) }
  private steps = 0
  private kept: Kept[] = []

  constructor(spec: RunSpec, examples: Examples, loss: LossOf) {
    this.spec = spec
    this.examples = examples
    this.all = toBatch(examples)
    const [w1, w2] = firstPlace(spec)
    this.numbers = [parameter(tensor([w1])), parameter(tensor([w2]))]
    const { learningRate, momentum } = spec.optimiser
    this.optimiser = new SGD([...this.numbers], { learningRate, momentum })
    this.train = compile((x1: Tensor, x2: Tensor, y: Tensor) => {
      this.optimiser.zeroGrad()
      loss(...this.numbers, { x1, x2, y })
        .sum()
        .backward()
      this.optimiser.step()
    })
    this.keep(true)
  }

  get stepsPerEpoch(): number {
    const { batch } = this.spec
    return batch === 0 ? 1 : Math.max(1, Math.floor(this.examples.y.length / batch))
  }

  /** One update of the optimiser. */
  step(): void {
    this.update()
    this.steps++
    if (isOnPath(this.steps)) this.keep(false)
  }

  async apply(edit: Edit): Promise<void> {
    const found = parseElement(edit.path)
    const index = SURFACE_NUMBERS.indexOf(found?.path as 'w1')
    if (edit.kind !== 'set' || index < 0 || found?.index !== 0) return
    this.write((await this.place()).with(index, edit.value) as unknown as readonly [number, number])
    this.keep(true)
  }

  async save(): Promise<SurfaceState> {
    return { place: await this.place(), optimiser: await plainState(this.optimiser), path: this.kept.length }
  }

  restore(state: SurfaceState, step: number): void {
    this.write(state.place)
    this.optimiser.loadStateDict(state.optimiser)
    this.steps = step
    this.kept.length = state.path
  }

  async place(): Promise<readonly [number, number]> {
    const [w1, w2] = this.numbers
    // Both are asked for before either is awaited: they belong to one moment.
    const [first, second] = [w1.data(), w2.data()]
    return [(await first)[0] as number, (await second)[0] as number]
  }

  /** Every place that was kept, with its step, and which of them a hand has chosen. */
  async path(): Promise<{ places: Float32Array; steps: readonly number[]; jumps: readonly number[] }> {
    // Of several changes in one step the last one counts: two numbers that are set are one jump.
    const kept = this.kept.filter((item, i) => {
      const after = this.kept[i + 1]
      return !(item.isJump && after?.isJump === true && after.step === item.step)
    })
    const places = await Promise.all(kept.map(({ place }) => place))
    return {
      places: Float32Array.from(places.flat()),
      steps: kept.map(({ step }) => step),
      jumps: kept.flatMap(({ isJump }, i) => (isJump ? [i] : [])),
    }
  }

  /** Where the next update leads. It is taken and taken back: looking never changes the run. */
  async placeAfterNext(): Promise<readonly [number, number]> {
    const before = await this.save()
    this.update()
    const after = await this.place()
    this.restore(before, this.steps)
    return after
  }

  /** The batches of the epoch that the run is in; none where all examples are one batch. */
  batchesOfEpoch(): Batch[] {
    if (this.spec.batch === 0) return []
    const first = Math.floor(this.steps / this.stepsPerEpoch) * this.stepsPerEpoch
    return Array.from({ length: this.stepsPerEpoch }, (_, i) => this.batchAt(first + i))
  }

  free(): void {
    this.train.free()
  }

  private update(): void {
    const { x1, x2, y } = this.spec.batch === 0 ? this.all : this.batchAt(this.steps)
    this.train(x1, x2, y)
  }

  private keep(isJump: boolean): void {
    this.kept.push({ step: this.steps, isJump, place: this.place() })
  }

  private write(place: readonly [number, number]): void {
    for (const [i, number] of this.numbers.entries()) assignState(number, tensor([place[i]!]))
  }

  private batchAt(step: number): Batch {
    const { batch, seed } = this.spec
    const { x1, x2, y } = this.examples
    const epoch = Math.floor(step / this.stepsPerEpoch)
    if (this.order.epoch !== epoch) {
      this.order = { epoch, rows: new RandomStream(seed, `batch/${epoch}`).permutation(y.length) }
    }
    const first = (step % this.stepsPerEpoch) * batch
    const rows = this.order.rows.subarray(first, first + batch)
    const pick = (values: Float32Array): Float32Array => Float32Array.from(rows, (row) => values[row]!)
    return toBatch({ x1: pick(x1), x2: pick(x2), y: pick(y) })
  }
}
