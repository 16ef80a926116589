import { fromData, Linear, Sequential, type Tensor, trace } from 'neurite'

/** A weighted sum with a bias, to be taught by some rule. Its numbers come inputs first, the bias last. */
export abstract class LinearUnit {
  readonly width: number
  protected readonly layer: Linear
  protected readonly model: Sequential
  /** What `free` gives back. */
  protected abstract readonly programs: readonly { free(): void }[]

  constructor(weights: readonly number[]) {
    this.width = weights.length - 1
    this.layer = new Linear(this.width, 1)
    this.model = new Sequential(this.layer)
    this.write(weights)
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
    for (const program of this.programs) program.free()
    this.model.free()
  }

  protected forward(x: Tensor): Tensor {
    return this.model.forward(x)
  }

  protected tensor(rows: Float32Array): Tensor {
    return fromData(rows, [rows.length / this.width, this.width])
  }
}
