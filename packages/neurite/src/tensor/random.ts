import { ArgumentError } from '../errors.ts'
import type { Shape } from '../graph/node.ts'
import { requireKnownOptions } from '../known-options.ts'
import * as ops from '../ops/index.ts'
import { takeDraw } from '../runtime/random-streams.ts'
import { onBeforeRun } from '../runtime/trace-context.ts'
import { hostScalar, scalarTensor } from './scalar-tensor.ts'
import type { Mutable } from './shape-types.ts'
import { fromNode, type Tensor } from './tensor.ts'

/** Where random numbers come from. */
export interface RandomOptions {
  /** Streams are independent of each other: 'default', 'dropout', 'shuffle', ... */
  readonly stream?: string
  /** A place in the model, such as a layer's path: every place has numbers of its own. */
  readonly site?: string
}

/** Options of random tensors that may require a gradient. */
export interface RandomTensorOptions extends RandomOptions {
  readonly requiresGrad?: boolean
}

/** The next draw of a stream. Inside a compiled function every run takes a draw of its own. */
export function nextDraw({ stream = 'default', site = '' }: RandomOptions = {}): ops.RandomStreamNodes {
  const name = site === '' ? stream : `${stream}/${site}`
  const draw = { key0: 0, key1: 0, counter: 0 }
  const key0 = hostScalar(0)
  const key1 = hostScalar(0)
  const counter = hostScalar(0)
  onBeforeRun(() => {
    takeDraw(name, draw)
    key0.value = draw.key0
    key1.value = draw.key1
    counter.value = draw.counter
  })
  return {
    key0: scalarTensor(key0, 'int32').node,
    key1: scalarTensor(key1, 'int32').node,
    counter: scalarTensor(counter, 'int32').node,
  }
}

/**
 * Uniform random numbers from [0, 1) (torch.rand). The numbers depend only on the seed and on the draws before.
 *
 * @example
 * ```ts
 * import { manualSeed, rand } from 'neurite'
 *
 * manualSeed(1)
 * const x = await rand([2, 3]).data()
 * console.log(x.every((value) => value >= 0 && value < 1)) // → true
 * ```
 */
export function rand<const S extends Shape>(
  shape: S,
  options: RandomTensorOptions & { readonly low?: number; readonly high?: number } = {},
): Tensor<Mutable<S>, 'float32'> {
  const { low = 0, high = 1 } = known('rand', options, ['low', 'high', 'requiresGrad'])
  return withGrad(fromNode(ops.uniform(shape, { stream: nextDraw(options), low, high })), options)
}

/**
 * Random numbers from the normal distribution (torch.randn): mean 0 and standard deviation 1 unless given.
 *
 * @example
 * ```ts
 * import { randn } from 'neurite'
 *
 * const x = randn([1000], { mean: 5 })
 * console.log(Math.round(await x.mean().item())) // → 5
 * ```
 */
export function randn<const S extends Shape>(
  shape: S,
  options: RandomTensorOptions & { readonly mean?: number; readonly standardDeviation?: number } = {},
): Tensor<Mutable<S>, 'float32'> {
  const { mean = 0, standardDeviation = 1 } = known('randn', options, ['mean', 'standardDeviation', 'requiresGrad'])
  return withGrad(fromNode(ops.normal(shape, { stream: nextDraw(options), mean, standardDeviation })), options)
}

/**
 * Random whole numbers from `low` to `high - 1` (torch.randint).
 *
 * @throws ArgumentError unless low < high are whole numbers at most 2^24 apart
 *
 * @example
 * ```ts
 * import { randint } from 'neurite'
 *
 * const dice = await randint(1, 7, [100]).data()
 * console.log(Math.min(...dice), Math.max(...dice)) // → 1 6
 * ```
 */
export function randint<const S extends Shape>(
  low: number,
  high: number,
  shape: S,
  options: RandomOptions = {},
): Tensor<Mutable<S>, 'int32'> {
  if (!Number.isInteger(low) || !Number.isInteger(high) || low >= high || high - low > 16777216) {
    throw new ArgumentError({
      what: `randint: from ${low} to ${high}`,
      expected: 'two whole numbers, the second larger by 1 to 16777216',
      fix: 'pass the smallest number and one more than the largest',
    })
  }
  const unit = ops.uniform(shape, { stream: nextDraw(known('randint', options)) })
  // u is a multiple of 2^-24 below 1, so the product may round up to the limit itself.
  const counted = ops.minimum(ops.floor(ops.mul(unit, high - low)), high - low - 1)
  return fromNode(ops.add(ops.cast(counted, 'int32'), low))
}

/**
 * The numbers 0 to `length - 1` in random order (torch.randperm).
 *
 * @example
 * ```ts
 * import { randperm } from 'neurite'
 *
 * const order = await randperm(5).data()
 * console.log([...order].sort().join()) // → 0,1,2,3,4
 * ```
 */
export function randperm(length: number, options: RandomOptions = {}): Tensor<[number], 'int32'> {
  return fromNode(ops.permutation(length, { stream: nextDraw(known('randperm', options)) }))
}

/**
 * 1 with the given probability, else 0 (torch.bernoulli). There is no gradient.
 *
 * @example
 * ```ts
 * import { bernoulli, tensor } from 'neurite'
 *
 * console.log(await bernoulli(tensor([0, 1, 1])).toText()) // → tensor([0., 1., 1.])
 * ```
 */
export function bernoulli<S extends Shape>(probability: Tensor<S>, options: RandomOptions = {}): Tensor<S, 'float32'> {
  const stream = nextDraw(known('bernoulli', options))
  return fromNode(ops.bernoulli(probability.node, { stream })) as unknown as Tensor<S, 'float32'>
}

/**
 * One class for each row of logits, drawn by its softmax probability: [..., classes] to [...] (Categorical of
 * PyTorch).
 *
 * @example
 * ```ts
 * import { categorical, tensor } from 'neurite'
 *
 * console.log(await categorical(tensor([[0, 100], [100, 0]])).toText()) // → tensor([1, 0], dtype=int32)
 * ```
 */
export function categorical(logits: Tensor, options: RandomOptions = {}): Tensor<Shape, 'int32'> {
  return fromNode(ops.categorical(logits.node, { stream: nextDraw(known('categorical', options)) }))
}

function known<T extends object>(name: string, options: T, names: readonly string[] = []): T {
  requireKnownOptions(name, options, [...names, 'stream', 'site'])
  return options
}

function withGrad<T extends Tensor>(made: T, options: RandomTensorOptions): T {
  if (options.requiresGrad === true) made.requiresGrad = true
  return made
}
