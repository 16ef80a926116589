import { ArgumentError, ShapeError } from '../../errors.ts'
import type { Shape } from '../../graph/node.ts'
import type { WindowGeometry } from './window-geometry.ts'

/**
 * Convolution multiplies three tensors and sums: a picture x [N, C, *S], filters w [O, C/groups, *K] and what comes out,
 * y [N, O, *P]. Each of the three follows linearly from the other two: convolution gives y, the transposed convolution x,
 * and the gradient of the filters w. So their derivatives are again these three, with the same attributes.
 */
export interface ConvolutionAttributes extends WindowGeometry {
  readonly groups: number
}

/** The shapes of the picture, the filters and the result. */
export interface ConvolutionShapes {
  readonly x: Shape
  readonly w: Shape
  readonly y: Shape
}

/** Throws ShapeError unless input and weight have the rank of pictures with at least one spatial axis. */
export function requirePictures(operation: string, x: Shape, w: Shape = x): void {
  if (x.length >= 3 && x.length <= 5 && x.length === w.length) return
  throw new ShapeError({
    what: `${operation}: got an input of shape [${x.join(', ')}]${w === x ? '' : ` and a weight of shape [${w.join(', ')}]`}`,
    expected: 'a batch, channels and one to three spatial axes: [N, C, L] or [N, C, H, W]; a weight of the same rank',
    fix: 'add missing axes with unsqueeze, or use the function for this number of axes',
  })
}

/** Throws ArgumentError unless all these channels can be divided into groups. */
export function requireGroups(operation: string, groups: number, channels: readonly [string, number][]): void {
  const [name, count] =
    channels.find(([, each]) => !(Number.isInteger(groups) && groups >= 1 && each % groups === 0)) ?? []
  if (name === undefined) return
  throw new ArgumentError({
    what: `${operation}: ${count} ${name} cannot be divided into ${groups} groups`,
    expected: 'groups that divide the channels going in and the channels coming out',
    fix: 'choose another number of groups or channels',
  })
}

/** The error for a picture with other channels than the filters take. */
export function channelError(operation: string, expected: number, got: number): ShapeError {
  return new ShapeError({
    what: `${operation}: expected ${expected} channels, got ${got}`,
    expected: `an input of shape [N, ${expected}, ...]`,
    fix: 'change the channels of the layer before, or the weight',
  })
}
