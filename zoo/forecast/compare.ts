import { compile, fromData, noGrad } from 'neurite'
import type { Network, Tensor } from 'neurite'
import type { Dataset, Forecast } from 'neurite/data'
import { leastSquares, predictLinear, readAll } from './linear.ts'

/** How far predictions are off, in the units of the series. */
export interface Errors {
  /** The root of the mean squared error. */
  readonly rootMeanSquare: number
  readonly meanAbsolute: number
}

export function errors(predictions: ArrayLike<number>, targets: ArrayLike<number>): Errors {
  let [squares, sum] = [0, 0]
  for (let i = 0; i < targets.length; i++) {
    const difference = predictions[i]! - targets[i]!
    squares += difference * difference
    sum += Math.abs(difference)
  }
  return { rootMeanSquare: Math.sqrt(squares / targets.length), meanAbsolute: sum / targets.length }
}

/** "It stays as it is": the last value of the first column. */
export function predictSame(data: Dataset): Float64Array {
  const [steps, columns] = data.inputShape as readonly [number, number]
  const result = new Float64Array(data.length)
  let at = 0
  for (const { inputs, count } of readAll(data)) {
    for (let i = 0; i < count; i++) result[at++] = inputs[(i * steps + steps - 1) * columns]!
  }
  return result
}

export function targetsOf(data: Dataset): Float64Array {
  const result = new Float64Array(data.length)
  let at = 0
  for (const { targets, count } of readAll(data)) {
    result.set(targets, at)
    at += count
  }
  return result
}

export async function predictWith(model: Network, data: Dataset): Promise<Float64Array> {
  const result = new Float64Array(data.length)
  const program = compile((x: Tensor) => model.forward(x))
  let at = 0
  for (const { inputs, count } of readAll(data)) {
    const x = fromData(inputs, [count, ...data.inputShape]) as unknown as Tensor
    result.set(await noGrad(() => program(x)).data(), at)
    at += count
  }
  program.free()
  return result
}

/** The errors of all three on the held-out tail. */
export async function compareAll(
  model: Network,
  { test, unscale }: Forecast,
  linearData: Dataset,
): Promise<Record<'network' | 'linear' | 'same', Errors>> {
  const data = test!
  const targets = unscale(targetsOf(data))
  const judge = (predictions: Float64Array): Errors => errors(unscale(predictions), targets)
  return {
    network: judge(await predictWith(model, data)),
    linear: judge(predictLinear(leastSquares(linearData), data)),
    same: judge(predictSame(data)),
  }
}
