import { ArgumentError, ShapeError } from '../../errors.ts'
import type { Shape } from '../../graph/node.ts'

/** How windows lie over the spatial axes of a picture; one entry per axis. */
export interface WindowGeometry {
  /** Size of the picture. */
  readonly size: Shape
  /** How many windows there are. */
  readonly positions: Shape
  readonly kernel: Shape
  readonly stride: Shape
  readonly dilation: Shape
  /** Elements added in front. Behind, as many are added as the windows reach. */
  readonly before: Shape
}

/** One number for all axes, or one per axis. */
export type PerAxis = number | readonly number[]
/** Elements on both sides; or per axis in front and behind. */
export type Padding = PerAxis | readonly (readonly [number, number])[] | 'same' | 'valid'

/** One entry per axis. Throws ArgumentError unless each is a whole number of at least `least`. */
export function perAxis(operation: string, name: string, value: PerAxis, rank: number, least = 1): Shape {
  const all = typeof value === 'number' ? Array<number>(rank).fill(value) : value
  if (all.length === rank && all.every((entry) => Number.isSafeInteger(entry) && entry >= least)) return all
  throw new ArgumentError({
    what: `${operation}: ${name} is ${JSON.stringify(value)}`,
    expected: `a whole number of at least ${least}, or ${rank} of them, one per spatial axis`,
    fix: `choose another ${name}`,
  })
}

/** Elements that one window covers, with the gaps that dilation leaves. */
export function span({ kernel, dilation }: Pick<WindowGeometry, 'kernel' | 'dilation'>, axis: number): number {
  return dilation[axis]! * (kernel[axis]! - 1) + 1
}

/** Steps and padding of a kernel; both sides of each axis in `around`. Throws ArgumentError for what is no whole number. */
export function stepsOf(
  operation: string,
  kernel: Shape,
  options: {
    readonly stride?: PerAxis | undefined
    readonly dilation?: PerAxis | undefined
    readonly padding?: Padding | undefined
  },
): Pick<WindowGeometry, 'kernel' | 'stride' | 'dilation'> & { readonly around: (readonly [number, number])[] } {
  const stride = perAxis(operation, 'stride', options.stride ?? 1, kernel.length)
  const dilation = perAxis(operation, 'dilation', options.dilation ?? 1, kernel.length)
  return { kernel, stride, dilation, around: sides(operation, options.padding ?? 0, { kernel, stride, dilation }) }
}

/** The elements in front and behind, per axis. */
function sides(
  operation: string,
  padding: Padding,
  { kernel, stride, dilation }: Pick<WindowGeometry, 'kernel' | 'stride' | 'dilation'>,
): (readonly [number, number])[] {
  if (padding === 'same' && stride.some((step) => step !== 1)) {
    throw new ArgumentError({
      what: `${operation}: padding 'same' with stride [${stride.join(', ')}]`,
      expected: 'stride 1, so that the result is as large as the input',
      fix: 'use stride 1, or write the padding in numbers',
    })
  }
  if (padding === 'same' || padding === 'valid') {
    return kernel.map((_, axis) => {
      const total = padding === 'same' ? span({ kernel, dilation }, axis) - 1 : 0
      return [Math.floor(total / 2), Math.ceil(total / 2)]
    })
  }
  const given: readonly unknown[] = typeof padding === 'number' ? kernel.map(() => padding) : [padding].flat()
  const pairs = given.map((own) => (Array.isArray(own) ? own : [own, own]) as [number, number])
  const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0
  if (pairs.length === kernel.length && pairs.every((pair) => pair.length === 2 && pair.every(isCount))) return pairs
  throw new ArgumentError({
    what: `${operation}: padding is ${JSON.stringify(padding)}`,
    expected:
      "'same', 'valid', or whole numbers of at least 0: one, one per spatial axis, or [in front, behind] per axis",
    fix: 'choose another padding',
  })
}

/** How many windows fit into an axis; `partial`: also one that starts inside and ends outside. */
export function windowCount(length: number, covered: number, stride: number, partial = false): number {
  return (partial ? Math.ceil : Math.floor)((length - covered) / stride) + 1
}

/** Throws ShapeError where a window is larger than the padded picture. */
export function requireWindows(operation: string, geometry: WindowGeometry, padded: Shape): void {
  const axis = padded.findIndex((length, i) => length < span(geometry, i))
  if (axis < 0) return
  throw new ShapeError({
    what: `${operation}: the kernel covers ${span(geometry, axis)} elements of spatial axis ${axis}, the padded picture has ${padded[axis]}`,
    expected: `a kernel no larger than the padded picture [${padded.join(', ')}]`,
    fix: 'use a smaller kernel or dilation, add padding, or pass larger pictures',
  })
}
