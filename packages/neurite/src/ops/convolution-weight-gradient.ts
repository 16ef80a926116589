import { createNode, type CompositeOperation, type Node } from '../graph/node.ts'
import { concat } from './concat.ts'
import { convolve } from './convolution.ts'
import { full } from './full.ts'
import { mul } from './mul.ts'
import { reshape } from './reshape.ts'
import { sum } from './sum.ts'
import { arrange } from './support/channels-last.ts'
import { channelsLast, readByTap, readByWindows } from './support/read-windows.ts'
import {
  contractPatches,
  divided,
  inGroups,
  isDepthwise,
  lettersOf,
  patches,
  repeated,
} from './support/convolution-lowering.ts'
import { type ConvolutionAttributes } from './support/convolution-rules.ts'
import { forEachProduct, zerosOf } from './support/convolution-products.ts'
import { tapsOf } from './support/window-phases.ts'
import { transposeConvolution } from './transposed-convolution.ts'

export const convolutionWeightGradientOperation: CompositeOperation<ConvolutionAttributes> = {
  kind: 'composite',
  name: 'convolutionWeightGradient',
  infer([x, y], { kernel, groups }) {
    return { shape: [y!.shape[1]!, x!.shape[1]! / groups, ...kernel], dtype: 'float32' }
  },
  evaluate([x, y], { inputs, attributes, output }) {
    const w = zerosOf(output)
    forEachProduct(attributes, { x: inputs[0]!.shape, w: output.shape, y: inputs[1]!.shape }, (i, k, p) => {
      w[k]! += x![i]! * y![p]!
    })
    return w
  },
  derivative({ inputs: [x, y], attributes, gradient }) {
    return [transposeConvolution(y!, gradient, attributes), convolve(x!, gradient, attributes)]
  },
  lower([x, y], attributes) {
    const { kernel, groups } = attributes
    const outputs = y!.shape[1]!
    const width = x!.shape[1]! / groups
    const shape = [outputs, width, ...kernel]
    if ([...x!.shape, outputs].includes(0)) return full(shape, 0)
    const rank = kernel.length
    const picture = readByWindows(x!, attributes)
    const none = kernel.map(() => 0)
    const { P, K, g } = lettersOf(attributes)
    const incoming = channelsLast(y!, none, none)
    if (isDepthwise(outputs, width, attributes)) {
      const axes = [0, ...none.map((_, axis) => axis + 1)]
      const taps = tapsOf(kernel).map((tap) => {
        const read = repeated(readByTap(picture, attributes, tap), outputs / groups)
        return reshape(sum(mul(read, inGroups(incoming, groups)), { axes }), [1, outputs])
      })
      return reshape(arrange(reshape(concat(taps, 0), [...kernel, outputs]), `${K}o`, `o${K}`), shape)
    }
    const columns = arrange(divided(incoming, rank + 1, groups), `n${P}${g}o`, `${g}n${P}o`)
    const rows = arrange(patches(picture, attributes), `${g}n${P}${K}c`, `${g}${K}cn${P}`)
    const product = contractPatches(rows, columns, attributes)
    return reshape(arrange(product, `${g}${K}co`, `${g}oc${K}`), shape)
  },
}

/**
 * The gradient of a convolution's filters: `w[o, c, k] = sum over n, p of x[n, c, p stride + k dilation - padding] y[n, o, p]`.
 *
 * @param x float32 [N, C, *S]
 * @param y float32 [N, O, *P], the gradient of the convolution's result
 * @param attributes those of the convolution
 * @returns [O, C/groups, *K]
 */
export function convolutionWeightGradient(x: Node, y: Node, attributes: ConvolutionAttributes): Node {
  return createNode(convolutionWeightGradientOperation, [x, y], attributes)
}
