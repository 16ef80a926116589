import { ArgumentError } from '../../errors.ts'
import { cos, sin } from '../../math/trigonometry.ts'
import { valuesPerExample } from '../dataset.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { addNormal, wordsOfNormal } from './fast-normal.ts'
import { placeLinear, placeShift } from './transform.ts'
import type { ElasticTransform, GeometricTransform, ValueTransform } from './transform.ts'

/** What all that move pixels take. */
export interface FillOption {
  /** What lies outside the picture; 0 by default. */
  readonly fill?: number
}

/**
 * Shifts a picture at random, by up to `pixels` in each direction (parts of a pixel too).
 *
 * @throws ArgumentError for unknown options and numbers that make no sense
 *
 * @example
 * ```ts
 * import { Augmentation, shift } from 'neurite/data'
 *
 * const augmentation = new Augmentation([shift({ pixels: 0.5 })], [1, 5])
 * const output = new Float32Array(5)
 * augmentation.apply(new Float32Array([0, 0, 1, 0, 0]), output, { epoch: 0, position: 0 })
 * console.log(output[2]! > 0.5 && output[2]! < 1) // → true
 * ```
 */
export function shift(options: FillOption & { readonly pixels: number }): GeometricTransform {
  requireKnownOptions('shift', options, ['pixels', 'fill'])
  const { pixels, fill = 0 } = options
  requireBetween('shift', 'pixels', pixels, 0, 1e6)
  requireBetween('shift', 'fill', fill, -1e30, 1e30)
  return {
    kind: 'geometric',
    name: 'shift',
    fill,
    words: 4,
    place: (placement, stream) =>
      placeShift(placement, stream.uniform(-pixels, pixels), stream.uniform(-pixels, pixels)),
  }
}

/**
 * Turns a picture about its centre at random, by up to `degrees` either way.
 *
 * @throws ArgumentError for unknown options and numbers that make no sense
 *
 * @example
 * ```ts
 * import { Augmentation, rotate } from 'neurite/data'
 *
 * const augmentation = new Augmentation([rotate({ degrees: 10 })], [3, 3])
 * const output = new Float32Array(9)
 * augmentation.apply(new Float32Array([0, 0, 0, 0, 1, 0, 0, 0, 0]), output, { epoch: 0, position: 0 })
 * console.log(output[4]) // → 1
 * ```
 */
export function rotate(options: FillOption & { readonly degrees: number }): GeometricTransform {
  requireKnownOptions('rotate', options, ['degrees', 'fill'])
  const { degrees, fill = 0 } = options
  requireBetween('rotate', 'degrees', degrees, 0, 360)
  requireBetween('rotate', 'fill', fill, -1e30, 1e30)
  return {
    kind: 'geometric',
    name: 'rotate',
    fill,
    words: 2,
    place(placement, stream) {
      const angle = (stream.uniform(-degrees, degrees) * Math.PI) / 180
      const c = cos(angle)
      const s = sin(angle)
      placeLinear(placement, c, -s, s, c)
    },
  }
}

/**
 * Makes a picture larger or smaller about its centre at random, by a factor from `from` to `to`.
 *
 * @throws ArgumentError for unknown options and numbers that make no sense
 *
 * @example
 * ```ts
 * import { Augmentation, scale } from 'neurite/data'
 *
 * const augmentation = new Augmentation([scale({ from: 2, to: 2 })], [1, 5])
 * const output = new Float32Array(5)
 * augmentation.apply(new Float32Array([0, 0, 1, 0, 0]), output, { epoch: 0, position: 0 })
 * console.log([...output]) // → [ 0, 0.5, 1, 0.5, 0 ]
 * ```
 */
export function scale(options: FillOption & { readonly from: number; readonly to: number }): GeometricTransform {
  requireKnownOptions('scale', options, ['from', 'to', 'fill'])
  const { from, to, fill = 0 } = options
  requireBetween('scale', 'from', from, 1e-3, 1e3)
  requireBetween('scale', 'to', to, from, 1e3)
  requireBetween('scale', 'fill', fill, -1e30, 1e30)
  return {
    kind: 'geometric',
    name: 'scale',
    fill,
    words: 2,
    place(placement, stream) {
      const inverse = 1 / stream.uniform(from, to)
      placeLinear(placement, inverse, 0, 0, inverse)
    },
  }
}

/**
 * Mirrors a picture with the probability `horizontal` (left and right; 0.5 by default) and `vertical` (0 by default).
 *
 * @throws ArgumentError for unknown options and numbers that are no probabilities
 *
 * @example
 * ```ts
 * import { Augmentation, flip } from 'neurite/data'
 *
 * const augmentation = new Augmentation([flip({ horizontal: 1 })], [1, 3])
 * const output = new Float32Array(3)
 * augmentation.apply(new Float32Array([1, 2, 3]), output, { epoch: 0, position: 0 })
 * console.log([...output]) // → [ 3, 2, 1 ]
 * ```
 */
export function flip(options: { readonly horizontal?: number; readonly vertical?: number } = {}): GeometricTransform {
  requireKnownOptions('flip', options, ['horizontal', 'vertical'])
  const { horizontal = 0.5, vertical = 0 } = options
  requireBetween('flip', 'horizontal', horizontal, 0, 1)
  requireBetween('flip', 'vertical', vertical, 0, 1)
  return {
    kind: 'geometric',
    name: 'flip',
    fill: 0,
    words: 4,
    place(placement, stream) {
      const x = stream.uniform() < horizontal ? -1 : 1
      placeLinear(placement, x, 0, 0, stream.uniform() < vertical ? -1 : 1)
    },
  }
}

/**
 * Cuts a part of `height` x `width` pixels out at a random place, after `padding` pixels were put around the picture.
 *
 * @throws ArgumentError for unknown options and numbers that make no sense; for a part larger than the picture with its
 *   padding when it is used
 *
 * @example
 * ```ts
 * import { Augmentation, crop } from 'neurite/data'
 *
 * const augmentation = new Augmentation([crop({ height: 1, width: 2 })], [1, 3])
 * const output = new Float32Array(2)
 * augmentation.apply(new Float32Array([1, 2, 3]), output, { epoch: 0, position: 0 })
 * console.log(output[1]! - output[0]! === 1) // → true
 * ```
 */
export function crop(
  options: FillOption & { readonly height: number; readonly width: number; readonly padding?: number },
): GeometricTransform {
  requireKnownOptions('crop', options, ['height', 'width', 'padding', 'fill'])
  const { height, width, padding = 0, fill = 0 } = options
  requireWholeNumber('crop', 'height', height, 1)
  requireWholeNumber('crop', 'width', width, 1)
  requireWholeNumber('crop', 'padding', padding, 0)
  requireBetween('crop', 'fill', fill, -1e30, 1e30)
  return {
    kind: 'geometric',
    name: 'crop',
    fill,
    words: 4,
    size(oldHeight, oldWidth) {
      if (height <= oldHeight + 2 * padding && width <= oldWidth + 2 * padding) return [height, width]
      throw new ArgumentError({
        what: `crop: ${height} x ${width} pixels of a picture of ${oldHeight} x ${oldWidth} with ${padding} around it`,
        expected: 'a part that is not larger',
        fix: 'pass a smaller height and width, or more padding',
      })
    },
    place(placement, stream, oldHeight, oldWidth) {
      const left = Math.floor(stream.uniform(0, oldWidth + 2 * padding - width + 1)) - padding
      const top = Math.floor(stream.uniform(0, oldHeight + 2 * padding - height + 1)) - padding
      placeShift(placement, left + (width - oldWidth) / 2, top + (height - oldHeight) / 2)
    },
  }
}

/**
 * Bends a picture: every pixel moves by a smooth random field, a cubic B-spline over control points `spacing` pixels
 * apart (7 by default), whose deviation is `deviation` pixels on each axis (1 by default). Fields lie over the result:
 * where others follow, they do not turn or scale it.
 *
 * Source: after P. Simard, D. Steinkraus and J. Platt, "Best Practices for Convolutional Neural Networks Applied to
 * Visual Document Analysis" (2003), whose Gaussian of deviation 4 is about a spacing of 7.
 *
 * @throws ArgumentError for unknown options and numbers that make no sense
 *
 * @example
 * ```ts
 * import { Augmentation, elastic } from 'neurite/data'
 *
 * const augmentation = new Augmentation([elastic({ deviation: 0.5 })], [1, 28, 28])
 * const output = new Float32Array(784)
 * augmentation.apply(new Float32Array(784), output, { epoch: 0, position: 0 })
 * console.log(output.length) // → 784
 * ```
 */
export function elastic(
  options: FillOption & { readonly deviation?: number; readonly spacing?: number } = {},
): ElasticTransform {
  requireKnownOptions('elastic', options, ['deviation', 'spacing', 'fill'])
  const { deviation = 1, spacing = 7, fill = 0 } = options
  requireBetween('elastic', 'deviation', deviation, 0, 1e3)
  requireBetween('elastic', 'spacing', spacing, 1, 1e3)
  requireBetween('elastic', 'fill', fill, -1e30, 1e30)
  return { kind: 'elastic', name: 'elastic', fill, deviation, spacing }
}

/**
 * Adds normal noise to every value, of whatever shape the examples are; at most 4.3 deviations.
 *
 * @throws ArgumentError for unknown options and a deviation below 0
 *
 * @example
 * ```ts
 * import { Augmentation, noise } from 'neurite/data'
 *
 * const augmentation = new Augmentation([noise({ deviation: 0.1 })], [2])
 * const output = new Float32Array(2)
 * augmentation.apply(new Float32Array([1, 2]), output, { epoch: 0, position: 0 })
 * console.log(output.every((value, i) => Math.abs(value - i - 1) < 0.5)) // → true
 * ```
 */
export function noise(options: { readonly deviation: number }): ValueTransform {
  requireKnownOptions('noise', options, ['deviation'])
  const { deviation } = options
  requireBetween('noise', 'deviation', deviation, 0, 1e6)
  return {
    kind: 'values',
    name: 'noise',
    words: (shape) => wordsOfNormal(valuesPerExample(shape)),
    apply: (values, _shape, stream) => addNormal(values, deviation, stream),
  }
}

function requireBetween(where: string, name: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return
  throw new ArgumentError({
    what: `${where}: ${name} is ${value}`,
    expected: `a number from ${low} to ${high}`,
    fix: `pass a ${name} in that range`,
  })
}
