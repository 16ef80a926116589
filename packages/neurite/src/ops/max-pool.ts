import { createNode, elementCount, type CompositeOperation, type Node } from '../graph/node.ts'
import { contiguous } from './contiguous.ts'
import { max } from './max.ts'
import { maximum } from './maximum.ts'
import { maxPoolScatter } from './max-pool-scatter.ts'
import { maxPoolWinner } from './max-pool-winner.ts'
import { requireFloat } from './support/broadcast.ts'
import { channelsToFront } from './support/channels-last.ts'
import { readByTap, readByWindows } from './support/read-windows.ts'
import { poolGeometry, type PoolOptions } from './support/pooling.ts'
import { largestOfWindows } from './support/pooling-values.ts'
import { type PerAxis, type WindowGeometry } from './support/window-geometry.ts'
import { tapsOf } from './support/window-phases.ts'
import { windows } from './windows.ts'

/** Kernels up to this size are compared tap by tap. */
const UNROLLED_TAPS = 64

export interface MaxPoolOptions extends PoolOptions {
  readonly dilation?: PerAxis | undefined
}

export const maxPoolOperation: CompositeOperation<WindowGeometry> = {
  kind: 'composite',
  name: 'maxPool',
  infer: ([x], { positions }) => ({ shape: [...x!.shape.slice(0, 2), ...positions], dtype: 'float32' }),
  evaluate: ([x], { inputs, attributes }) => largestOfWindows(x!, inputs[0]!.shape, attributes).values,
  derivative({ inputs: [x], attributes, gradient }) {
    return [maxPoolScatter(gradient, maxPoolWinner(x!, attributes), attributes)]
  },
  lower([x], attributes) {
    const { kernel, stride, dilation } = attributes
    const picture = readByWindows(x!, attributes, { value: -Infinity, once: true })
    if (elementCount(kernel) > UNROLLED_TAPS) {
      let all = picture
      for (const [i, size] of kernel.entries()) {
        all = windows(all, { axis: i + 1, size, stride: stride[i]!, dilation: dilation[i]! })
      }
      return channelsToFront(max(all, { axes: kernel.map((_, i) => i - kernel.length) }))
    }
    const taps = tapsOf(kernel).map((tap) => readByTap(picture, attributes, tap))
    return channelsToFront(contiguous(taps.reduce((a, b) => maximum(a, b))))
  },
}

/**
 * The largest element of every window: `torch.nn.functional.max_pool1d`, `max_pool2d`. Of equal elements the first gets the
 * gradient; NaN is larger than all. The gradient of the gradient flows as well.
 *
 * @param x float32 [N, C, *S]
 * @param kernelSize one number, or one per spatial axis
 * @param options `stride` (default: the kernel's size), `padding` 0 (counts as -Infinity), `dilation` 1, `ceilMode`
 * @returns [N, C, *P]
 * @throws DTypeError for an input that is not float32
 * @throws ShapeError for other ranks, and for a kernel larger than the padded picture
 * @throws ArgumentError for options that are no whole numbers, and padding of more than half the kernel
 */
export function maxPool(x: Node, kernelSize: PerAxis, options: MaxPoolOptions = {}): Node {
  requireFloat('maxPool', x)
  return createNode(maxPoolOperation, [x], poolGeometry('maxPool', x.shape, kernelSize, options))
}
