import {
  compile,
  type Compiled,
  concat,
  fromData,
  Linear,
  noGrad,
  perceptronLoss,
  Sequential,
  SGD,
  type Tensor,
  trace,
} from 'neurite'

/** What one example did. */
export interface Taken {
  readonly isMistake: boolean
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** A weighted sum that learns by the perceptron's rule, one example at a time. Numbers come inputs first, the bias last. */
export class PerceptronUnit {
  readonly width: number
  private readonly model: Sequential
  private readonly learn: Compiled<[Tensor, Tensor], Tensor>
  private readonly say: Compiled<[Tensor], Tensor>

  constructor(weights: readonly number[], learningRate = 1) {
    const width = weights.length - 1
    this.width = width
    const layer = new Linear(width, 1)
    this.model = new Sequential(layer)
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
    this.write(weights)
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
    return (await this.say(fromData(rows, [rows.length / this.width, this.width])).data()) as Float32Array
  }

  /** The share of mistakes, in float64, with what each parameter has to do with it: a step gives no slope. */
  async loss(rows: Float32Array, signs: Float32Array): Promise<{ value: number; slopeOf(path: string): Float64Array }> {
    const n = signs.length
    const parameters = this.model.namedParameters()
    const flat = (path: string): Float64Array => new Float64Array(path === '0.bias' ? 1 : this.width)
    if (n === 0) return { value: 0, slopeOf: flat }
    const [x, y] = [fromData(rows, [n, this.width]), fromData(signs, [n, 1])]
    const pass = await trace(() =>
      this.model
        .forward(x as never)
        .mul(y)
        .neg()
        .step()
        .mean(),
    )
    return {
      value: pass.output.value[0]!,
      slopeOf: (path) => pass.of(parameters.get(path)!)?.gradient ?? flat(path),
    }
  }

  /** The products of weights and inputs of one example, and their sum with the bias, in float64. */
  async sum(row: Float32Array): Promise<{ products: Float64Array; sum: number }> {
    const x = fromData(row, [1, this.width]) as Tensor
    const products = await trace(() => this.model.namedParameters().get('0.weight')!.mul(x))
    const sum = await trace(() => this.model.forward(x))
    return { products: Float64Array.from(products.output.value), sum: sum.output.value[0]! }
  }

  async weights(): Promise<Float32Array> {
    const numbers = new Float32Array(this.width + 1)
    const parameters = this.model.namedParameters()
    numbers.set(await parameters.get('0.weight')!.data())
    numbers.set(await parameters.get('0.bias')!.data(), this.width)
    return numbers
  }

  write(numbers: ArrayLike<number>): void {
    const data = Float32Array.from(numbers)
    const { width } = this
    this.model.loadStateDict({
      '0.weight': { dtype: 'float32', shape: [1, width], data: data.slice(0, width) },
      '0.bias': { dtype: 'float32', shape: [1], data: data.slice(width) },
    })
  }

  free(): void {
    this.learn.free()
    this.say.free()
    this.model.free()
  }
}
