import { createNode, type CompositeOperation, type Node } from '../graph/node.ts'
import { add } from './add.ts'
import { contiguous } from './contiguous.ts'
import { convolutionWeightGradient } from './convolution-weight-gradient.ts'
import { full } from './full.ts'
import { reshape } from './reshape.ts'
import { requireFloat } from './support/broadcast.ts'
import { arrange, channelsToFront } from './support/channels-last.ts'
import { readByTap, readByWindows } from './support/read-windows.ts'
import {
  contractPatches,
  depthwiseFilters,
  divided,
  isDepthwise,
  isNarrow,
  lettersOf,
  partOfProducts,
  patches,
  productsOfTaps,
  repeated,
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
import { type Padding, type PerAxis, requireWindows, span, stepsOf, windowCount } from './support/window-geometry.ts'
import { tapsOf } from './support/window-phases.ts'
import { transposeConvolution } from './transposed-convolution.ts'

export interface ConvolutionOptions {
  readonly stride?: PerAxis | undefined
  readonly padding?: Padding | undefined
  readonly dilation?: PerAxis | undefined
  readonly groups?: number | undefined
}

/** From as many input channels on a product for every element pays. */
const MANY_CHANNELS = 8

export const convolutionOperation: CompositeOperation<ConvolutionAttributes> = {
  kind: 'composite',
  name: 'convolution',
  infer([x, w], { positions }) {
    return { shape: [x!.shape[0]!, w!.shape[0]!, ...positions], dtype: 'float32' }
  },
  evaluate([x, w], { inputs, attributes, output }) {
    const y = zerosOf(output)
    forEachProduct(attributes, { x: inputs[0]!.shape, w: inputs[1]!.shape, y: output.shape }, (i, k, p) => {
      y[p]! += x![i]! * w![k]!
    })
    return y
  },
  derivative({ inputs: [x, w], attributes, gradient }) {
    return [transposeConvolution(gradient, w!, attributes), convolutionWeightGradient(x!, gradient, attributes)]
  },
  lower([x, w], attributes) {
    const { positions, groups } = attributes
    const [outputs, width] = w!.shape as [number, number]
    const shape = [x!.shape[0]!, outputs, ...positions]
    if ([...x!.shape, ...w!.shape].includes(0)) return full(shape, 0)
    const picture = readByWindows(x!, attributes)
    if (isDepthwise(outputs, width, attributes)) {
      const filters = depthwiseFilters(w!)
      const pairs = tapsOf(attributes.kernel).map((tap): [Node, Node] => [
        repeated(readByTap(picture, attributes, tap), outputs / groups),
        tapWeights(filters, tap, groups),
      ])
      return channelsToFront(contiguous(reshape(sumOfProducts(pairs), [shape[0]!, ...positions, outputs])))
    }
    const { P, K, g } = lettersOf(attributes)
    if (isNarrow(outputs, attributes) && width >= MANY_CHANNELS && attributes.stride.every((step) => step === 1)) {
      const { kernel, stride: step, dilation } = attributes
      const products = productsOfTaps(picture, arrange(w!, `oc${K}`, `c${K}o`))
      const parts = tapsOf(kernel).map((tap) => {
        const start = tap.map((k, axis) => k * dilation[axis]!)
        return partOfProducts(products, { kernel, tap, start, size: positions, step, channels: outputs })
      })
      return channelsToFront(contiguous(parts.reduce((a, b) => add(a, b))))
    }
    const filters = arrange(divided(w!, 0, groups), `${g}oc${K}`, `${g}${K}co`)
    const product = contractPatches(patches(picture, attributes), filters, attributes)
    return reshape(arrange(product, `${g}n${P}o`, `n${g}o${P}`), shape)
  },
}

/**
 * Convolution over one to three spatial axes: `torch.nn.functional.conv1d`, `conv2d` (cross-correlation, as everywhere in
 * the field). `y[n, o, p] = sum over c, k of x[n, c, p stride + k dilation - padding] w[o, c, k]`; with groups, each group
 * of outputs reads its own group of channels.
 *
 * @param x float32 [N, C, *S]
 * @param w float32 [O, C/groups, *K]
 * @param options `stride` 1, `padding` 0 (numbers, pairs, 'same', 'valid'), `dilation` 1, `groups` 1
 * @returns [N, O, *P]
 * @throws DTypeError for inputs that are not float32
 * @throws ShapeError for other ranks or channels, and for a kernel larger than the padded picture
 * @throws ArgumentError for options that are no whole numbers, and groups that do not divide the channels
 */
export function convolution(x: Node, w: Node, options: ConvolutionOptions = {}): Node {
  const name = 'convolution'
  requirePictures(name, requireFloat(name, x).shape, requireFloat(name, w).shape)
  const [, channels, ...size] = x.shape
  const [outputs, width, ...kernel] = w.shape
  const { groups = 1 } = options
  const { stride, dilation, around } = stepsOf(name, kernel, options)
  requireGroups(name, groups, [
    ['input channels', channels!],
    ['output channels', outputs!],
  ])
  if (channels !== width! * groups) throw channelError(name, width! * groups, channels!)
  const padded = size.map((length, axis) => length + around[axis]![0] + around[axis]![1])
  const covered = kernel.map((_, axis) => span({ kernel, dilation }, axis))
  const positions = padded.map((length, axis) => windowCount(length, covered[axis]!, stride[axis]!))
  const before = around.map(([count]) => count)
  const attributes = { size, positions, kernel, stride, dilation, before, groups }
  requireWindows(name, attributes, padded)
  return createNode(convolutionOperation, [x, w], attributes)
}

/** @internal A convolution whose attributes are known. */
export function convolve(x: Node, w: Node, attributes: ConvolutionAttributes): Node {
  return createNode(convolutionOperation, [x, w], attributes)
}
