import { ArgumentError, ShapeError } from '../errors.ts'
import { createNode, type CompositeOperation, type Node } from '../graph/node.ts'
import { add } from './add.ts'
import { convolve } from './convolution.ts'
import { convolutionWeightGradient } from './convolution-weight-gradient.ts'
import { full } from './full.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'
import { sum } from './sum.ts'
import { requireFloat } from './support/broadcast.ts'
import { arrange } from './support/channels-last.ts'
import { computeByPhases, type PhaseSet, tapsOfPhases } from './support/compute-by-phases.ts'
import {
  contractPatches,
  depthwiseFilters,
  divided,
  inGroups,
  isDepthwise,
  isNarrow,
  lettersOf,
  partOfProducts,
  patches,
  productsOfTaps,
  sumOfProducts,
  tapWeights,
} from './support/convolution-lowering.ts'
import {
  channelError,
  type ConvolutionAttributes,
  requireGroups,
  requirePictures,
} from './support/convolution-rules.ts'
import { forEachProduct, zerosOf } from './support/convolution-products.ts'
import { type Padding, type PerAxis, perAxis, span, stepsOf } from './support/window-geometry.ts'

export interface TransposedConvolutionOptions {
  readonly stride?: PerAxis | undefined
  readonly padding?: Padding | undefined
  readonly outputPadding?: PerAxis | undefined
  readonly dilation?: PerAxis | undefined
  readonly groups?: number | undefined
}

export const transposedConvolutionOperation: CompositeOperation<ConvolutionAttributes> = {
  kind: 'composite',
  name: 'transposedConvolution',
  infer([y, w], { size, groups }) {
    return { shape: [y!.shape[0]!, w!.shape[1]! * groups, ...size], dtype: 'float32' }
  },
  evaluate([y, w], { inputs, attributes, output }) {
    const x = zerosOf(output)
    forEachProduct(attributes, { x: output.shape, w: inputs[1]!.shape, y: inputs[0]!.shape }, (i, k, p) => {
      x[i]! += y![p]! * w![k]!
    })
    return x
  },
  derivative({ inputs: [y, w], attributes, gradient }) {
    return [convolve(gradient, w!, attributes), convolutionWeightGradient(gradient, y!, attributes)]
  },
  lower([y, w], attributes) {
    const { size, groups } = attributes
    const [outputs, width] = w!.shape as [number, number]
    const batch = y!.shape[0]!
    const channels = width * groups
    if ([batch, channels, outputs, ...size].includes(0)) return full([batch, channels, ...size], 0)
    if (isDepthwise(outputs, width, attributes)) {
      const filters = depthwiseFilters(w!)
      return computeByPhases([y!], attributes, channels, ([near], phases) => {
        const counts = phases.map(({ count }) => count)
        const pairs = tapsOfPhases(phases).map(({ tap, offset }): [Node, Node] => [
          inGroups(slice(near!, { start: [0, ...offset, 0], size: [batch, ...counts, outputs] }), groups),
          tapWeights(filters, tap, groups),
        ])
        return sum(sumOfProducts(pairs), { axes: -1 })
      })
    }
    const { P, K, g } = lettersOf(attributes)
    if (isNarrow(channels, attributes)) {
      const { kernel } = attributes
      const sumOfTaps = ([products]: readonly Node[], phases: PhaseSet): Node => {
        const size = phases.map(({ count }) => count)
        const parts = tapsOfPhases(phases).map(({ tap, offset: start }) =>
          partOfProducts(products!, { kernel, tap, start, size, step: size.map(() => 1), channels }),
        )
        return parts.reduce((a, b) => add(a, b))
      }
      const filters = arrange(w!, `oc${K}`, `o${K}c`)
      return computeByPhases([y!], attributes, channels, sumOfTaps, {
        prepare: (picture) => productsOfTaps(picture, filters),
      })
    }
    return computeByPhases([y!], attributes, channels, ([near], phases) => {
      const kernel = phases.map(({ taps }) => taps)
      const dilation = phases.map(({ spread }) => spread)
      const taps = slice(w!, {
        start: [0, 0, ...phases.map(({ tap }) => tap)],
        size: [outputs, width, ...kernel],
        step: [1, 1, ...phases.map(({ tapStep }) => -tapStep)],
      })
      const filters = arrange(divided(taps, 0, groups), `${g}oc${K}`, `${g}${K}oc`)
      const around = patches(near!, attributes, { kernel, stride: kernel.map(() => 1), dilation })
      const product = contractPatches(around, filters, attributes)
      return reshape(arrange(product, `${g}n${P}c`, `n${P}${g}c`), [
        batch,
        ...phases.map(({ count }) => count),
        channels,
      ])
    })
  },
}

/**
 * Transposed convolution: `torch.nn.functional.conv_transpose1d`, `conv_transpose2d`. It is what the gradient of a
 * convolution does to its input: `x[n, c, p stride + k dilation - padding] += y[n, o, p] w[o, c, k]`.
 *
 * @param y float32 [N, C, *P]
 * @param w float32 [C, O/groups, *K]
 * @param options `stride` 1, `padding` 0, `outputPadding` 0 (more elements behind), `dilation` 1, `groups` 1
 * @returns [N, O, *S] with S = (P - 1) stride - 2 padding + dilation (K - 1) + 1 + outputPadding
 * @throws DTypeError for inputs that are not float32
 * @throws ShapeError for other ranks or channels, and where nothing would be left
 * @throws ArgumentError for options that are no whole numbers, groups that do not divide the channels, and an output padding
 *   that is not smaller than stride or dilation
 */
export function transposedConvolution(y: Node, w: Node, options: TransposedConvolutionOptions = {}): Node {
  const name = 'transposedConvolution'
  requirePictures(name, requireFloat(name, y).shape, requireFloat(name, w).shape)
  const [, channels, ...positions] = y.shape
  const [outputs, , ...kernel] = w.shape
  const { groups = 1 } = options
  const { stride, dilation, around } = stepsOf(name, kernel, options)
  const more = perAxis(name, 'outputPadding', options.outputPadding ?? 0, kernel.length, 0)
  if (channels !== outputs) throw channelError(name, outputs!, channels!)
  requireGroups(name, groups, [['input channels', channels!]])
  if (more.some((count, axis) => count >= Math.max(stride[axis]!, dilation[axis]!))) {
    throw new ArgumentError({
      what: `${name}: outputPadding is [${more.join(', ')}]`,
      expected: `less than stride [${stride.join(', ')}] or dilation [${dilation.join(', ')}]`,
      fix: 'use a smaller outputPadding; it only chooses among the sizes that one input size can come from',
    })
  }
  const size = positions.map((count, axis) => {
    const [before, after] = around[axis]!
    return (count - 1) * stride[axis]! + span({ kernel, dilation }, axis) - before - after + more[axis]!
  })
  if (size.some((length) => length < 1) || positions.includes(0)) {
    throw new ShapeError({
      what: `${name}: the result would have spatial sizes [${size.join(', ')}]`,
      expected: 'at least 1 along each spatial axis',
      fix: 'use less padding, a larger kernel, or larger pictures',
    })
  }
  const before = around.map(([count]) => count)
  return transposeConvolution(y, w, { size, positions, kernel, stride, dilation, before, groups })
}

/** @internal A transposed convolution whose attributes are known. */
export function transposeConvolution(y: Node, w: Node, attributes: ConvolutionAttributes): Node {
  return createNode(transposedConvolutionOperation, [y, w], attributes)
}
