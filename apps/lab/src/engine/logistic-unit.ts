import {
  binaryCrossEntropyWithLogits,
  compile,
  type Compiled,
  fromData,
  Linear,
  noGrad,
  Sequential,
  SGD,
  type Tensor,
  trace,
} from 'neurite'

/** A neuron with a sigmoid that learns from all its examples at once. Numbers come inputs first, the bias last. */
export class LogisticUnit {
  readonly width: number
  private readonly model: Sequential
  private readonly learn: Compiled<[Tensor, Tensor], Tensor>
  private readonly say: Compiled<[Tensor], { sums: Tensor; outputs: Tensor }>

  constructor(weights: readonly number[], learningRate: number) {
    const width = weights.length - 1
    this.width = width
    const layer = new Linear(width, 1)
    this.model = new Sequential(layer)
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
    this.write(weights)
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

  /** The products of weights and inputs of one example, and their sum with the bias, in float64. */
  async sum(row: Float32Array): Promise<{ products: Float64Array; sum: number }> {
    const products = await trace(() => this.model.namedParameters().get('0.weight')!.mul(this.tensor(row)))
    const sum = await trace(() => this.forward(this.tensor(row)))
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

  private forward(x: Tensor): Tensor {
    return this.model.forward(x)
  }

  private tensor(rows: Float32Array): Tensor {
    return fromData(rows, [rows.length / this.width, this.width])
  }
}
