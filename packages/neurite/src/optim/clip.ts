import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import type { Module } from '../nn/index.ts'
import { hostScalar, noGrad, scalarTensor, type Tensor } from '../tensor/index.ts'
import { parametersOf } from './parameter-group.ts'

export interface ClipNormOptions {
  /** 2 (the default) for the Euclidean length, Infinity for the largest element. */
  readonly normType?: number
}

/**
 * Shortens all gradients together so that their length is at most `maxNorm` (torch.nn.utils.clip_grad_norm_), and gives the
 * length before. To be called between `backward` and `step`. Pass a tensor of shape [] to change the limit from run to run.
 *
 * @throws ArgumentError for a limit that is not above 0
 *
 * @example
 * ```ts
 * import { clipGradNorm, parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1, 1]))
 * w.mul(tensor([3, 4])).sum().backward()
 * console.log(await clipGradNorm([w], 1).item()) // → 5
 * console.log(await w.grad!.toText()) // → tensor([0.6000, 0.8000])
 * ```
 */
export function clipGradNorm(
  parameters: Module | Iterable<Tensor>,
  maxNorm: number | Tensor<[]>,
  options: ClipNormOptions = {},
): Tensor<[], 'float32'> {
  checkLimit('clipGradNorm', 'maxNorm', maxNorm)
  const { normType = 2 } = options
  if (normType !== 2 && normType !== Infinity) {
    throw new ArgumentError({
      what: `clipGradNorm: normType is ${String(normType)}`,
      expected: '2 or Infinity',
      fix: 'leave it out for the Euclidean length',
    })
  }
  return noGrad(() => {
    const list = withGradient('clipGradNorm', parameters)
    const norm = normType === 2 ? gradNorm(list) : largest(list)
    const factor = asTensor(maxNorm).div(norm.add(1e-6)).clamp({ max: 1 })
    for (const parameter of list) parameter.grad = parameter.grad!.mul(factor)
    return norm
  })
}

/**
 * Limits every element of every gradient to -`limit` to `limit` (torch.nn.utils.clip_grad_value_).
 *
 * @throws ArgumentError for a limit that is not above 0
 *
 * @example
 * ```ts
 * import { clipGradValue, parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1, 1]))
 * w.mul(tensor([3, -0.5])).sum().backward()
 * clipGradValue([w], 1)
 * console.log(await w.grad!.toText()) // → tensor([ 1.0000, -0.5000])
 * ```
 */
export function clipGradValue(parameters: Module | Iterable<Tensor>, limit: number): void {
  checkLimit('clipGradValue', 'the limit', limit)
  noGrad(() => {
    for (const parameter of withGradient('clipGradValue', parameters)) {
      parameter.grad = parameter.grad!.clamp({ min: -limit, max: limit })
    }
  })
}

/** The Euclidean length of all gradients together. */
export function gradNorm(parameters: readonly Tensor[]): Tensor<[], 'float32'> {
  let total: Tensor | undefined
  for (const { grad } of parameters) {
    if (grad === undefined) continue
    const square = grad.square().sum() as Tensor
    total = total === undefined ? square : total.add(square)
  }
  return (total ?? asTensor(0)).sqrt() as Tensor<[], 'float32'>
}

function largest(parameters: readonly Tensor[]): Tensor<[], 'float32'> {
  let total: Tensor | undefined
  for (const { grad } of parameters) {
    const size = grad!.abs().max() as Tensor
    total = total === undefined ? size : total.maximum(size)
  }
  return (total ?? asTensor(0)) as Tensor<[], 'float32'>
}

function withGradient(where: string, parameters: Module | Iterable<Tensor>): Tensor[] {
  return parametersOf(where, parameters).filter(({ grad }) => grad !== undefined)
}

function asTensor(value: number | Tensor<[]>): Tensor {
  return typeof value === 'number' ? scalarTensor(hostScalar(value)) : value
}

function checkLimit(where: string, name: string, limit: number | Tensor<[]>): void {
  if (typeof limit === 'number' && limit !== Infinity) requireNumber(where, name, limit, { above: 0 })
}
