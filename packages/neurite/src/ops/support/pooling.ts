import { ArgumentError } from '../../errors.ts'
import type { Shape } from '../../graph/node.ts'
import { requirePictures } from './convolution-rules.ts'
import { type PerAxis, perAxis, requireWindows, span, windowCount, type WindowGeometry } from './window-geometry.ts'

export interface PoolOptions {
  /** Default: the kernel's size. */
  readonly stride?: PerAxis | undefined
  /** On both sides; at most half the kernel. Default 0. */
  readonly padding?: PerAxis | undefined
  /** Whether there is a last window that reaches over the end; default false. */
  readonly ceilMode?: boolean | undefined
}

/** The windows of a pooling operation. Throws ShapeError for other ranks and for a kernel larger than the padded picture. */
export function poolGeometry(
  name: string,
  shape: Shape,
  kernelSize: PerAxis,
  options: PoolOptions & { readonly dilation?: PerAxis | undefined },
): WindowGeometry {
  requirePictures(name, shape)
  const size = shape.slice(2)
  const rank = size.length
  const kernel = perAxis(name, 'kernelSize', kernelSize, rank)
  const stride = perAxis(name, 'stride', options.stride ?? kernel, rank)
  const dilation = perAxis(name, 'dilation', options.dilation ?? 1, rank)
  const before = perAxis(name, 'padding', options.padding ?? 0, rank, 0)
  if (before.some((count, axis) => count > kernel[axis]! / 2)) {
    throw new ArgumentError({
      what: `${name}: padding [${before.join(', ')}] with a kernel of [${kernel.join(', ')}]`,
      expected: 'at most half the kernel, so that no window lies outside',
      fix: 'use less padding',
    })
  }
  const padded = size.map((length, axis) => length + 2 * before[axis]!)
  const positions = padded.map((length, axis) => {
    const step = stride[axis]!
    const count = windowCount(length, span({ kernel, dilation }, axis), step, options.ceilMode)
    // The last window has to start inside the picture or its padding in front.
    return options.ceilMode === true && (count - 1) * step >= size[axis]! + before[axis]! ? count - 1 : count
  })
  const geometry = { size, positions, kernel, stride, dilation, before }
  requireWindows(name, geometry, padded)
  return geometry
}
