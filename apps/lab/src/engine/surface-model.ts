import { compile, fromData, Linear, manualSeed, mseLoss, Sequential, SGD, Tanh, type Tensor } from 'neurite'
import { SCOUT_RATE, SCOUT_STEPS, SECOND_START, surfaceKind } from '../core/surface.ts'
import type { RunSpec } from '../core/run/spec.ts'
import type { Examples } from './surface-data.ts'

/** A batch of examples, each a row of numbers. */
export interface Batch {
  readonly x1: Tensor
  readonly x2: Tensor
  readonly y: Tensor
}

/** The mean squared error of one or many places of the map: `w1` and `w2` have G numbers, and so has what comes out. */
export type LossOf = (w1: Tensor, w2: Tensor, batch: Batch) => Tensor

export const toBatch = ({ x1, x2, y }: Examples): Batch => ({
  x1: fromData(x1, [x1.length]),
  x2: fromData(x2, [x2.length]),
  y: fromData(y, [y.length]),
})

export async function surfaceLoss(spec: RunSpec, examples: Examples): Promise<LossOf> {
  return surfaceKind(spec.data) === 'fit' ? fitLoss : networkLoss(spec, examples)
}

const fitLoss: LossOf = (w1, w2, { x1, x2, y }) =>
  w1
    .reshape([-1, 1])
    .mul(x1)
    .add(w2.reshape([-1, 1]).mul(x2))
    .sub(y)
    .square()
    .mean(1)

type Numbers = ReadonlyMap<string, Float32Array>

/** The same network after training from two starts, and before: three places that span a plane among 17 dimensions. */
async function networkLoss(spec: RunSpec, examples: Examples): Promise<LossOf> {
  const units = spec.model.layers[0]!
  const start = await scout(units, spec.seed, examples, 0)
  const ends = [
    await scout(units, spec.seed, examples, SCOUT_STEPS),
    await scout(units, spec.seed + SECOND_START, examples, SCOUT_STEPS),
  ] as const
  const column = (numbers: Float32Array, index: number): Float32Array => numbers.filter((_, i) => i % 2 === index)
  const part = (path: string, index?: number): ((w1: Tensor, w2: Tensor) => Tensor) => {
    const of = (numbers: Numbers): Float32Array =>
      index === undefined ? numbers.get(path)! : column(numbers.get(path)!, index)
    const from = of(start)
    const [toA, toB] = ends.map(
      (end) =>
        fromData(
          of(end).map((value, i) => value - from[i]!),
          [from.length],
        ) as Tensor,
    )
    const origin = fromData(from, [from.length]) as Tensor
    return (w1, w2) => origin.add(w1.mul(toA!)).add(w2.mul(toB!))
  }
  const parts = [part('0.weight', 0), part('0.weight', 1), part('0.bias'), part('2.weight'), part('2.bias')] as const
  return (w1, w2, { x1, x2, y }) => {
    const [across, up] = [w1.reshape([-1, 1, 1]), w2.reshape([-1, 1, 1])]
    const [of1, of2, bias, out, outBias] = parts.map((at) => at(across, up)) as [Tensor, Tensor, Tensor, Tensor, Tensor]
    const sums = x1
      .reshape([-1, 1])
      .mul(of1)
      .add(x2.reshape([-1, 1]).mul(of2))
      .add(bias)
    const output = sums
      .tanh()
      .mul(out)
      .sum(2)
      .add(outBias.reshape([-1, 1]))
    return output.sub(y).square().mean(1)
  }
}

/** All numbers of a network, after so many steps of training on the full set. */
async function scout(units: number, seed: number, { x1, x2, y }: Examples, steps: number): Promise<Numbers> {
  manualSeed(seed)
  const model = new Sequential(new Linear(2, units), new Tanh(), new Linear(units, 1))
  const n = y.length
  const inputs = fromData(
    Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? x1 : x2)[i >> 1]!),
    [n, 2],
  )
  const targets = fromData(y, [n, 1])
  const optimiser = new SGD(model, { learningRate: SCOUT_RATE })
  const step = compile((x: Tensor, t: Tensor) => {
    optimiser.zeroGrad()
    mseLoss(model.forward(x as never), t).backward()
    optimiser.step()
  })
  for (let i = 0; i < steps; i++) step(inputs, targets)
  const numbers = new Map<string, Float32Array>()
  for (const [path, parameter] of model.namedParameters()) {
    numbers.set(path, (await parameter.data()).slice() as Float32Array)
  }
  step.free()
  model.free()
  return numbers
}
