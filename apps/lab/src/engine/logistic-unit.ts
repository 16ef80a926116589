import {
  binaryCrossEntropyWithLogits,
  compile,
  type Compiled,
  fromData,
  noGrad,
  SGD,
  type Tensor,
  trace,
} from 'neurite'
import { LinearUnit } from './linear-unit.ts'

/** A neuron with a sigmoid that learns from all its examples at once. */
export class LogisticUnit extends LinearUnit {
  protected readonly programs: readonly { free(): void }[]
  private readonly learn: Compiled<[Tensor, Tensor], Tensor>
  private readonly say: Compiled<[Tensor], { sums: Tensor; outputs: Tensor }>

  constructor(weights: readonly number[], learningRate: number) {
    super(weights)
    const { layer } = this
    const optimiser = new SGD(this.model, { learningRate })
    this.learn = compile((x: Tensor, y: Tensor) => {
      const loss = binaryCrossEntropyWithLogits(layer.forward(x), y)
      optimiser.zeroGrad()
      loss.backward()
      optimiser.step()
      return loss
    })
    this.say = compile((x: Tensor) =>
      noGrad(() => {
        const sums = layer.forward(x)
        return { sums, outputs: sums.sigmoid() }
      }),
    )
    this.programs = [this.learn, this.say]
  }

  /** One step down the slope of the mean loss of all examples, whose labels are 0 and 1. */
  take(rows: Float32Array, labels: Float32Array): void {
    const n = labels.length
    this.learn(fromData(rows, [n, this.width]), fromData(labels, [n, 1]))
  }

  /** The weighted sum for each row. */
  async outputs(rows: Float32Array): Promise<Float32Array> {
    return (await this.say(this.tensor(rows)).sums.data()) as Float32Array
  }

  /** What the sigmoid makes of each sum. */
  async answers(rows: Float32Array): Promise<Float32Array> {
    return (await this.say(this.tensor(rows)).outputs.data()) as Float32Array
  }

  /** The mean of -log(probability given to the truth), in float64, with its slope along each parameter. */
  async loss(
    rows: Float32Array,
    labels: Float32Array,
  ): Promise<{ value: number; slopeOf(path: string): Float64Array }> {
    const y = fromData(labels, [labels.length, 1]) as Tensor
    const pass = await trace(() => binaryCrossEntropyWithLogits(this.forward(this.tensor(rows)), y))
    const parameters = this.model.namedParameters()
    return {
      value: pass.output.value[0]!,
      slopeOf: (path) => pass.of(parameters.get(path)!)!.gradient!,
    }
  }
}
