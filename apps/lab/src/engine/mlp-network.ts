import {
  assignState,
  binaryCrossEntropyWithLogits,
  buffer,
  compile,
  type Compiled,
  fromData,
  Linear,
  manualSeed,
  type Module,
  ones,
  ReLU,
  RandomStream,
  Sequential,
  SGD,
  Sigmoid,
  Step,
  Tanh,
  type Tensor,
} from 'neurite'
import { parseElement } from '../core/address.ts'
import type { Edit, RunSpec } from '../core/run/spec.ts'
import { unitElements } from '../core/run/unit-elements.ts'
import { type OptimiserState, plainState } from './plain-optimiser.ts'
import type { Points } from './plane.ts'

const ACTIVATIONS = { tanh: Tanh, relu: ReLU, sigmoid: Sigmoid, step: Step } as const

/** Everything that decides how a network goes on, bit for bit. */
export interface MlpState {
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly masks: ReadonlyMap<string, Float32Array> | undefined
  readonly optimiser: OptimiserState
}

/** A chain of Linear layers that learns two classes of points; only `step` and `apply` change it. */
export class MlpNetwork {
  readonly spec: RunSpec
  readonly model: Sequential
  readonly parameters: ReadonlyMap<string, Tensor>
  readonly x: Tensor
  readonly y: Tensor
  private readonly optimiser: SGD
  private readonly points: Points
  private masks: Map<string, Tensor> | undefined
  private train: Compiled<[Tensor, Tensor], Tensor>
  private order: { epoch: number; rows: Int32Array } = { epoch: -1, rows: new Int32Array(0) }
  private steps = 0

  constructor(spec: RunSpec, points: Points) {
    this.spec = spec
    this.points = points
    const n = points.labels.length
    this.x = fromData(points.inputs, [n, 2])
    this.y = fromData(points.labels, [n, 1])
    manualSeed(spec.seed)
    this.model = makeModel(spec)
    this.parameters = this.model.namedParameters()
    const { learningRate, momentum } = spec.optimiser
    this.optimiser = new SGD(this.model, { learningRate, momentum })
    this.train = this.makeStep()
  }

  get stepsPerEpoch(): number {
    const { batch } = this.spec
    return batch === 0 ? 1 : Math.max(1, Math.floor(this.points.labels.length / batch))
  }

  loss(x: Tensor = this.x, y: Tensor = this.y): Tensor {
    return this.lossOf(this.model.forward(x), y)
  }

  lossOf(output: Tensor, y: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(output, y)
  }

  /** One update of the optimiser. */
  step(): void {
    const { batch } = this.spec
    if (batch === 0) this.train(this.x, this.y)
    else this.train(...this.batchAt(this.steps))
    this.steps++
  }

  async apply(edit: Edit): Promise<void> {
    if (edit.kind === 'set') {
      const { path, index } = parseElement(edit.path) ?? { path: '', index: 0 }
      const values = await this.values(path)
      if (values === undefined || index >= values.length) return
      values[index] = edit.value
      this.write(new Map([[path, values]]))
      return
    }
    const elements = unitElements(edit, this.spec.model)
    if (elements === undefined) return
    for (const { path, indices } of elements.zero) {
      const values = (await this.values(path))!
      for (const index of indices) values[index] = 0
      this.write(new Map([[path, values]]))
    }
    const masks = this.ensureMasks()
    for (const { path, indices } of elements.learn.elements) {
      const mask = masks.get(path)!
      const values = (await mask.data()).slice() as Float32Array
      for (const index of indices) values[index] = elements.learn.value
      assignState(mask, fromData(values, mask.shape))
    }
  }

  async save(): Promise<MlpState> {
    return {
      weights: await copyOf(this.parameters),
      masks: this.masks === undefined ? undefined : await copyOf(this.masks),
      optimiser: await plainState(this.optimiser),
    }
  }

  restore(state: MlpState, step: number): void {
    this.write(state.weights)
    this.optimiser.loadStateDict(state.optimiser)
    this.steps = step
    if (state.masks === undefined) {
      if (this.masks === undefined) return
      this.masks = undefined
      this.renewStep()
      return
    }
    const masks = this.ensureMasks()
    for (const [path, values] of state.masks) {
      const mask = masks.get(path)!
      assignState(mask, fromData(values, mask.shape))
    }
  }

  /** A copy of the numbers of one parameter. */
  async values(path: string): Promise<Float32Array | undefined> {
    const parameter = this.parameters.get(path)
    return parameter === undefined ? undefined : ((await parameter.data()).slice() as Float32Array)
  }

  /** Writes numbers without taking part in the run: who looks writes the old ones back. */
  write(values: ReadonlyMap<string, Float32Array>): void {
    const stored = new Map(
      [...values].map(([path, data]) => [path, { dtype: 'float32', shape: this.parameters.get(path)!.shape, data }]),
    )
    this.model.loadStateDict(stored, { strict: false })
  }

  free(): void {
    this.train.free()
    this.model.free()
  }

  private batchAt(step: number): [Tensor, Tensor] {
    const { batch, seed } = this.spec
    const { inputs, labels } = this.points
    const epoch = Math.floor(step / this.stepsPerEpoch)
    if (this.order.epoch !== epoch) {
      this.order = { epoch, rows: new RandomStream(seed, `batch/${epoch}`).permutation(labels.length) }
    }
    const first = (step % this.stepsPerEpoch) * batch
    const points = new Float32Array(2 * batch)
    const classes = new Float32Array(batch)
    for (let i = 0; i < batch; i++) {
      const row = this.order.rows[first + i]!
      points[2 * i] = inputs[2 * row]!
      points[2 * i + 1] = inputs[2 * row + 1]!
      classes[i] = labels[row]!
    }
    return [fromData(points, [batch, 2]), fromData(classes, [batch, 1])]
  }

  private ensureMasks(): Map<string, Tensor> {
    if (this.masks === undefined) {
      this.masks = new Map([...this.parameters].map(([path, { shape }]) => [path, buffer(ones(shape)) as Tensor]))
      this.renewStep()
    }
    return this.masks
  }

  private renewStep(): void {
    this.train.free()
    this.train = this.makeStep()
  }

  private makeStep(): Compiled<[Tensor, Tensor], Tensor> {
    const { masks, optimiser } = this
    return compile((x: Tensor, y: Tensor) => {
      const loss = this.loss(x, y)
      optimiser.zeroGrad()
      loss.backward()
      if (masks !== undefined) for (const [path, p] of this.parameters) p.grad = p.grad!.mul(masks.get(path)!)
      optimiser.step()
      return loss
    })
  }
}

function makeModel({ model }: RunSpec): Sequential {
  const layers: Module[] = []
  let width = 2
  for (const units of model.layers) {
    layers.push(new Linear(width, units), new ACTIVATIONS[model.activation]())
    width = units
  }
  layers.push(new Linear(width, 1))
  return new Sequential(...(layers as never[]))
}

async function copyOf(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Float32Array>> {
  const copy = new Map<string, Float32Array>()
  for (const [path, tensor] of tensors) copy.set(path, (await tensor.data()).slice() as Float32Array)
  return copy
}
