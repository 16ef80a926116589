/** Initial values, by the names of torch.nn.init: `initialise.xavierUniform(layer.weight)`. */
import { ArgumentError, ShapeError } from '../errors.ts'
import type { Tensor } from '../tensor/index.ts'
import { reinitialise } from './initial-values.ts'
import { constantValue, normalAround, uniformBetween, uniformWithin } from './initialisers.ts'

/** Activations for which a gain is known. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu'

/** Which side keeps its variance: the activations (`fanIn`) or the gradients (`fanOut`). */
export type FanMode = 'fanIn' | 'fanOut'

export interface KaimingOptions {
  /** The slope of the leaky ReLU that follows; default 0. */
  readonly a?: number
  readonly mode?: FanMode
  readonly nonlinearity?: Nonlinearity
}

/**
 * The factor by which an activation shrinks its input, inverted (torch.nn.init.calculate_gain).
 *
 * @param slope the negative slope of a leaky ReLU, 0.01 by default
 */
export function calculateGain(nonlinearity: Nonlinearity, slope = 0.01): number {
  switch (nonlinearity) {
    case 'linear':
    case 'sigmoid':
      return 1
    case 'tanh':
      return 5 / 3
    case 'relu':
      return Math.sqrt(2)
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + slope * slope))
    default:
      throw new ArgumentError({
        what: `calculateGain: there is no gain for '${String(nonlinearity satisfies never)}'`,
        expected: "'linear', 'sigmoid', 'tanh', 'relu' or 'leakyRelu'",
        fix: 'use one of these',
      })
  }
}

/** Uniform numbers from `low` to `high`, 0 and 1 by default (torch.nn.init.uniform_). */
export function uniform(tensor: Tensor, options: { readonly low?: number; readonly high?: number } = {}): void {
  reinitialise(tensor, uniformBetween(options.low ?? 0, options.high ?? 1))
}

/** Numbers from the normal distribution (torch.nn.init.normal_). */
export function normal(
  tensor: Tensor,
  options: { readonly mean?: number; readonly standardDeviation?: number } = {},
): void {
  reinitialise(tensor, normalAround(options.mean ?? 0, options.standardDeviation ?? 1))
}

/** One number everywhere (torch.nn.init.constant_). */
export function constant(tensor: Tensor, value: number): void {
  reinitialise(tensor, constantValue(value))
}

/** Zeros (torch.nn.init.zeros_). */
export function zeros(tensor: Tensor): void {
  constant(tensor, 0)
}

/** Ones (torch.nn.init.ones_). */
export function ones(tensor: Tensor): void {
  constant(tensor, 1)
}

/**
 * Uniform numbers whose variance keeps that of activations and gradients (Glorot and Bengio, 2010;
 * torch.nn.init.xavier_uniform_).
 *
 * @throws ShapeError for a tensor of fewer than two dimensions
 *
 * @example
 * ```ts
 * import { initialise, Linear } from 'neurite'
 *
 * const layer = new Linear(300, 300)
 * initialise.xavierUniform(layer.weight)
 * const values = await layer.weight.data()
 * console.log(values.every((value) => Math.abs(value) <= 0.1)) // → true
 * ```
 */
export function xavierUniform(tensor: Tensor, options: { readonly gain?: number } = {}): void {
  const { fanIn, fanOut } = fans('xavierUniform', tensor)
  const deviation = (options.gain ?? 1) * Math.sqrt(2 / (fanIn + fanOut))
  reinitialise(tensor, uniformWithin(Math.sqrt(3) * deviation))
}

/** Like `xavierUniform`, from the normal distribution (torch.nn.init.xavier_normal_). */
export function xavierNormal(tensor: Tensor, options: { readonly gain?: number } = {}): void {
  const { fanIn, fanOut } = fans('xavierNormal', tensor)
  reinitialise(tensor, normalAround(0, (options.gain ?? 1) * Math.sqrt(2 / (fanIn + fanOut))))
}

/**
 * Uniform numbers for layers before a ReLU (He and others, 2015; torch.nn.init.kaiming_uniform_). `Linear` uses it with
 * a = sqrt(5), as in PyTorch.
 *
 * @throws ShapeError for a tensor of fewer than two dimensions
 */
export function kaimingUniform(tensor: Tensor, options: KaimingOptions = {}): void {
  reinitialise(tensor, uniformWithin(Math.sqrt(3) * kaimingDeviation('kaimingUniform', tensor, options)))
}

/** Like `kaimingUniform`, from the normal distribution (torch.nn.init.kaiming_normal_). */
export function kaimingNormal(tensor: Tensor, options: KaimingOptions = {}): void {
  reinitialise(tensor, normalAround(0, kaimingDeviation('kaimingNormal', tensor, options)))
}

function kaimingDeviation(name: string, tensor: Tensor, options: KaimingOptions): number {
  const { a = 0, mode = 'fanIn', nonlinearity = 'leakyRelu' } = options
  return calculateGain(nonlinearity, a) / Math.sqrt(fans(name, tensor)[mode])
}

/** How many inputs and outputs a weight of shape [out, in, ...] connects. */
function fans(name: string, { shape, label }: Tensor): { fanIn: number; fanOut: number } {
  const [outputs, inputs, ...rest] = shape
  if (outputs === undefined || inputs === undefined) {
    throw new ShapeError({
      what: `${name}: ${label ?? 'the tensor'} has shape [${shape.join(', ')}]`,
      expected: 'a weight of at least two dimensions, [out, in, ...]',
      fix: 'use uniform, normal or zeros for a bias',
    })
  }
  const field = rest.reduce((count, size) => count * size, 1)
  return { fanIn: inputs * field, fanOut: outputs * field }
}

/** Initial values, by the names of torch.nn.init: `initialise.xavierUniform(layer.weight)`. */
export const initialise = {
  calculateGain,
  uniform,
  normal,
  constant,
  zeros,
  ones,
  xavierUniform,
  xavierNormal,
  kaimingUniform,
  kaimingNormal,
}
