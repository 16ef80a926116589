import { requireDType } from '../require-dtype.ts'
import { ShapeError } from '../errors.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Module } from './module.ts'
import { describeModule } from './module-names.ts'

/** The error for an input whose shape a layer cannot take. */
export function shapeRefused(layer: Module, { shape }: Tensor, expected: string, fix: string): ShapeError {
  return new ShapeError({
    what: `${describeModule(layer)}: got a tensor of shape [${shape.join(', ')}]`,
    expected,
    fix,
  })
}

/** Throws DTypeError unless `x` is float32. */
export function requireFloat32(layer: Module, x: Tensor): void {
  requireDType(describeModule(layer), x, ['float32'])
}

/** Throws ShapeError unless `x` has one of the ranks and as many channels as the layer; `layout` shows the shape. */
export function requireChannels(
  layer: Module,
  x: Tensor,
  channels: number,
  ranks: readonly number[],
  layout: string,
  axis = 1,
): void {
  requireFloat32(layer, x)
  const found = x.shape[axis]
  if (!ranks.includes(x.rank)) throw shapeRefused(layer, x, layout, 'reshape it, or use the layer for this rank')
  if (found === channels) return
  throw shapeRefused(
    layer,
    x,
    `${channels} channels (axis ${axis}), not ${found}`,
    `make the layer with ${found} channels, or change the layer before`,
  )
}

/** Numbers per channel, shaped so that they broadcast over a tensor of this rank. */
export function perChannel(values: Tensor, rank: number, axis = 1): Tensor {
  return values.reshape(Array.from({ length: rank }, (_, i) => (i === axis ? values.size : 1)))
}
