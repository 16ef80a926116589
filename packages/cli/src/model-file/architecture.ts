import {
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Dropout2d,
  ELU,
  FileFormatError,
  Flatten,
  GELU,
  LeakyReLU,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softplus,
  StateError,
  Tanh,
} from 'neurite'
import type { ConvOptions, Module } from 'neurite'
import type { LayerStack } from '../recipes/recipe.ts'

/** One layer as the description of a model holds it: its class, and the options that it was made with. */
export interface LayerDescription {
  readonly type: string
  readonly [option: string]: unknown
}

interface LayerKind {
  readonly describe: (layer: never) => Record<string, unknown>
  readonly build: (options: LayerDescription) => Module
}

function kind<L extends Module>(describe: (layer: L) => Record<string, unknown>, build: LayerKind['build']): LayerKind {
  return { describe, build }
}

/** A layer that has no options. */
const plain = (Layer: new () => Module): LayerKind =>
  kind(
    () => ({}),
    () => new Layer(),
  )

/** What the two kinds of convolution have in common. */
interface ConvolutionLayer extends Module {
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly number[]
  readonly options: ConvOptions
}

function describeConvolution({ inChannels, outChannels, kernelSize, options }: ConvolutionLayer) {
  return { inChannels, outChannels, kernelSize, options }
}

type ConvolutionClass = new (
  inChannels: number,
  outChannels: number,
  kernelSize: readonly number[],
  options: ConvOptions,
) => ConvolutionLayer

const convolution =
  (Layer: ConvolutionClass): LayerKind['build'] =>
  ({ inChannels, outChannels, kernelSize, options }) =>
    new Layer(Number(inChannels), Number(outChannels), kernelSize as number[], options as ConvOptions)

/** Every layer that a description can hold. */
const kinds: Readonly<Record<string, LayerKind>> = {
  Linear: kind(
    ({ inFeatures, outFeatures, bias }: Linear) => ({ inFeatures, outFeatures, bias: bias !== undefined }),
    ({ inFeatures, outFeatures, bias }) =>
      new Linear(Number(inFeatures), Number(outFeatures), { bias: bias !== false }),
  ),
  Conv2d: kind(describeConvolution, convolution(Conv2d)),
  ConvTranspose2d: kind(describeConvolution, convolution(ConvTranspose2d)),
  MaxPool2d: kind(
    ({ kernelSize, options }: MaxPool2d) => ({ kernelSize, options }),
    ({ kernelSize, options }) => new MaxPool2d(kernelSize as number[], options as object),
  ),
  BatchNorm2d: kind(
    ({ numFeatures, eps, momentum, weight, runningMean }: BatchNorm2d) => ({
      numFeatures,
      options: { eps, momentum, affine: weight !== undefined, trackRunningStats: runningMean !== undefined },
    }),
    ({ numFeatures, options }) => new BatchNorm2d(Number(numFeatures), options as object),
  ),
  Dropout: kind(
    ({ p }: Dropout) => ({ p }),
    ({ p }) => new Dropout(Number(p)),
  ),
  Dropout2d: kind(
    ({ p }: Dropout2d) => ({ p }),
    ({ p }) => new Dropout2d(Number(p)),
  ),
  LeakyReLU: kind(
    ({ negativeSlope }: LeakyReLU) => ({ negativeSlope }),
    ({ negativeSlope }) => new LeakyReLU({ negativeSlope: Number(negativeSlope) }),
  ),
  ELU: kind(
    ({ alpha }: ELU) => ({ alpha }),
    ({ alpha }) => new ELU({ alpha: Number(alpha) }),
  ),
  GELU: kind(
    ({ approximate }: GELU) => ({ approximate }),
    ({ approximate }) => new GELU({ approximate: approximate === 'tanh' ? 'tanh' : 'none' }),
  ),
  Flatten: plain(Flatten),
  ReLU: plain(ReLU),
  SiLU: plain(SiLU),
  Sigmoid: plain(Sigmoid),
  Softplus: plain(Softplus),
  Tanh: plain(Tanh),
}

/**
 * The layers of a network, in a form that JSON can hold.
 *
 * @throws StateError for a layer that a description cannot hold
 */
export function describeNetwork(model: LayerStack): LayerDescription[] {
  return [...model].map((layer) => {
    const found = kinds[layer.typeName]
    if (found === undefined) {
      throw new StateError({
        what: `a layer of the class ${layer.typeName} cannot be described`,
        expected: Object.keys(kinds).join(', '),
        fix: 'add the layer to packages/cli/src/model-file/architecture.ts',
      })
    }
    return { type: layer.typeName, ...found.describe(layer as never) }
  })
}

/** The sizes of a network on one line: its input, and every layer that changes the size. */
export function sketch(layers: readonly LayerDescription[], inputShape: readonly number[]): string {
  const steps = layers.flatMap(({ type, ...options }) => {
    const window = Array.isArray(options['kernelSize']) ? options['kernelSize'].join('x') : ''
    if (type === 'Conv2d') return [`conv ${window}x${String(options['outChannels'])}`]
    if (type === 'ConvTranspose2d') return [`transposed conv ${window}x${String(options['outChannels'])}`]
    if (type === 'MaxPool2d') return [`max-pool ${window}`]
    return 'outFeatures' in options ? [String(options['outFeatures'])] : []
  })
  const isPicture = layers[0]?.type === 'Conv2d'
  const input = isPicture ? inputShape.toReversed().join('x') : inputShape.reduce((a, b) => a * b, 1)
  return [input, ...steps].join(' - ')
}

/**
 * A network made of described layers, with random weights.
 *
 * @throws FileFormatError for a layer that does not exist here
 */
export function buildNetwork(layers: readonly LayerDescription[]): LayerStack {
  const modules = layers.map((layer) => {
    const found = Object.hasOwn(kinds, layer.type) ? kinds[layer.type] : undefined
    if (found === undefined) {
      throw new FileFormatError({
        what: `the model has a layer of the class ${layer.type}, which this version does not know`,
        expected: Object.keys(kinds).join(', '),
        fix: 'use the version of Neurite that made the model',
      })
    }
    return found.build(layer)
  })
  // The types of layers read from a file are not known; `forward` checks that they fit.
  return new Sequential(...(modules as []))
}
