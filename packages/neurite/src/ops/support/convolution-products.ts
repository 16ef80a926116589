import { elementCount, type ReferenceValues, type Shape } from '../../graph/node.ts'
import type { ConvolutionAttributes, ConvolutionShapes } from './convolution-rules.ts'
import { windowReads } from './window-reads.ts'

/** `y[n, o, p] += x[n, c, i] * w[o, c, k]` in all three directions: calls `visit` with the offsets of every product. */
export function forEachProduct(
  attributes: ConvolutionAttributes,
  shapes: ConvolutionShapes,
  visit: (x: number, w: number, y: number) => void,
): void {
  const reads = windowReads(attributes)
  const [batch, channels, ...size] = shapes.x
  const [outputs, width, ...kernel] = shapes.w
  const perGroup = outputs! / attributes.groups
  const [pictureSize, kernelSize, resultSize] = [size, kernel, shapes.y.slice(2)].map(elementCount)
  for (let n = 0; n < batch!; n++) {
    for (let o = 0; o < outputs!; o++) {
      for (let c = 0; c < width!; c++) {
        const x = (n * channels! + Math.floor(o / perGroup) * width! + c) * pictureSize!
        const w = (o * width! + c) * kernelSize!
        const y = (n * outputs! + o) * resultSize!
        for (const [i, k, p] of reads) visit(x + i!, w + k!, y + p!)
      }
    }
  }
}

/** Zeros for a tensor. */
export function zerosOf({ shape }: { readonly shape: Shape }): ReferenceValues {
  return new Float64Array(elementCount(shape))
}
