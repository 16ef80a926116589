import { compile, type Compiled, concat, fromData, noGrad, perceptronLoss, SGD, type Tensor, trace } from 'neurite'
import { LinearUnit } from './linear-unit.ts'

/** What one example did. */
export interface Taken {
  readonly isMistake: boolean
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** A weighted sum that learns by the perceptron's rule, one example at a time. */
export class PerceptronUnit extends LinearUnit {
  protected readonly programs: readonly { free(): void }[]
  private readonly learn: Compiled<[Tensor, Tensor], Tensor>
  private readonly say: Compiled<[Tensor], Tensor>

  constructor(weights: readonly number[], learningRate = 1) {
    super(weights)
    const { layer, width } = this
    const optimiser = new SGD(this.model, { learningRate })
    // Reshaped, for a parameter itself stands for what it holds at the end.
    const numbers = (): Tensor[] => [layer.weight.reshape([width]), layer.bias!.reshape([1])]
    this.learn = compile((x: Tensor, y: Tensor) => {
      const before = numbers()
      const output = layer.forward(x)
      optimiser.zeroGrad()
      perceptronLoss(output, y, { reduction: 'sum', zeroIsMistake: true }).backward()
      optimiser.step()
      return concat([...before, ...numbers(), output.mul(y).reshape([1])], 0)
    })
    this.say = compile((x: Tensor) => noGrad(() => layer.forward(x)))
    this.programs = [this.learn, this.say]
  }

  /** One example, class 1 or -1. The answer can wait: the weights have learned when this returns. */
  take(row: Float32Array, sign: number): () => Promise<Taken> {
    const told = this.learn(fromData(row, [1, this.width]), fromData(Float32Array.of(sign), [1, 1]))
    return async () => {
      const values = [...((await told.data()) as Float32Array)]
      const { width } = this
      return {
        isMistake: !(values.at(-1)! > 0),
        before: values.slice(0, width + 1),
        after: values.slice(width + 1, 2 * width + 2),
      }
    }
  }

  /** The weighted sum for each row. */
  async outputs(rows: Float32Array): Promise<Float32Array> {
    if (rows.length === 0) return new Float32Array(0)
    return (await this.say(this.tensor(rows)).data()) as Float32Array
  }

  /** The share of mistakes, in float64, with what each parameter has to do with it: a step gives no slope. */
  async loss(rows: Float32Array, signs: Float32Array): Promise<{ value: number; slopeOf(path: string): Float64Array }> {
    const n = signs.length
    const parameters = this.model.namedParameters()
    const flat = (path: string): Float64Array => new Float64Array(path === '0.bias' ? 1 : this.width)
    if (n === 0) return { value: 0, slopeOf: flat }
    const y = fromData(signs, [n, 1])
    const pass = await trace(() => this.forward(this.tensor(rows)).mul(y).neg().step().mean())
    return {
      value: pass.output.value[0]!,
      slopeOf: (path) => pass.of(parameters.get(path)!)?.gradient ?? flat(path),
    }
  }
}
