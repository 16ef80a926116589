import { RandomStream } from '../../math/random.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { checkRange, checkSamples } from './planar.ts'
import { shapeDistance, turnedShape } from './shapes.ts'
import type { Shape, ShapeName } from './shapes.ts'

/** Options of `balls`. */
export interface BallsOptions {
  /** How many pictures. */
  readonly samples: number
  /** Width and height of a picture in pixels, from 8 to 256; 28 by default. */
  readonly size?: number
  /** Largest deviation of the pixels' noise: every picture has its own between 0 and this. From 0 to 1, 0.06 by default. */
  readonly noise?: number
  /** Up to how many shapes that are no balls are strewn in besides, whatever the label: from 0 to 10, 0 by default. */
  readonly clutter?: number
  /** With `true` the shapes are as often darker than the background as lighter. Much harder to learn. Default false. */
  readonly darker?: boolean
  /** Equal seeds give equal pictures. Default 0. */
  readonly seed?: number
  /** Number of the first picture: parts of one series are made by several calls. Default 0. */
  readonly first?: number
}

/** Pictures with the answer to "is there a ball in it?". */
export interface BallPictures {
  /** `[samples, 1, size, size]`, row by row, from 0 (black) to 1 (white). */
  readonly images: Float32Array
  /** `[samples]`: 1 with a ball, 0 without. */
  readonly labels: Int32Array
  /** `[samples, 3]`: x, y and radius in pixels of the ball, or of what there is in its place. */
  readonly places: Float32Array
}

const OTHER_SHAPES: readonly ShapeName[] = ['square', 'triangle', 'cross', 'line']

/** Random words kept apart for each picture beside its pixels' noise. */
const WORDS_PER_PICTURE = 256

/**
 * Generates grey pictures for the question "is there a ball in it?". Half of them show a ball; the others a square, a
 * triangle, a cross or a line. Background, contrast, shading, noise, place, size and rotation vary alike for both answers,
 * so only the form tells.
 *
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { balls } from 'neurite/data'
 *
 * const { images, labels } = balls({ samples: 6, size: 16 })
 * console.log(images.length === 6 * 1 * 16 * 16, [...labels].join(' ')) // → true 0 1 0 1 0 1
 * ```
 */
export function balls(options: BallsOptions): BallPictures {
  requireKnownOptions('balls', options, ['samples', 'size', 'noise', 'clutter', 'darker', 'seed', 'first'])
  const { samples, size = 28, noise = 0.06, clutter = 0, darker = false, seed = 0, first = 0 } = options
  checkSamples('balls', samples)
  checkRange('balls', 'size', Number.isInteger(size) ? size : NaN, 8, 256)
  checkRange('balls', 'noise', noise, 0, 1)
  checkRange('balls', 'clutter', Number.isInteger(clutter) ? clutter : NaN, 0, 10)
  requireWholeNumber('balls', 'first', first, 0)
  const stream = new RandomStream(seed, 'balls')
  const pixels = size * size
  const images = new Float32Array(samples * pixels)
  const labels = new Int32Array(samples)
  const places = new Float32Array(3 * samples)
  const grain = new Float64Array(pixels)
  for (let i = 0; i < samples; i++) {
    const number = first + i
    stream.counter = number * (WORDS_PER_PICTURE + pixels + 1)
    labels[i] = number % 2
    const shapes = chooseShapes(stream, size, labels[i] === 1, clutter)
    const { x, y, radius } = shapes.at(-1)!
    places.set([x, y, radius], 3 * i)
    paint(images.subarray(i * pixels, (i + 1) * pixels), size, shapes, darker, stream)
    stream.fillNormal(grain, 0, noise * stream.uniform())
    for (let k = 0; k < pixels; k++) {
      const value = images[i * pixels + k]! + grain[k]!
      images[i * pixels + k] = value < 0 ? 0 : value > 1 ? 1 : value
    }
  }
  return { images, labels, places }
}

/** The shapes of a picture, the one that decides the label last, so that it lies on top. */
function chooseShapes(stream: RandomStream, size: number, hasBall: boolean, clutter: number): Shape[] {
  const shapes: Shape[] = []
  const strewn = stream.integer(clutter + 1)
  for (let k = 0; k < strewn; k++) shapes.push(placeShape(stream, size, chooseOther(stream), 0.08, 0.16))
  shapes.push(placeShape(stream, size, hasBall ? 'ball' : chooseOther(stream), 0.18, 0.34))
  return shapes
}

function chooseOther(stream: RandomStream): ShapeName {
  return OTHER_SHAPES[stream.integer(OTHER_SHAPES.length)]!
}

/** A shape of random size, place and rotation that lies inside the picture. */
function placeShape(stream: RandomStream, size: number, name: ShapeName, smallest: number, largest: number): Shape {
  const radius = size * stream.uniform(smallest, largest)
  const margin = Math.max(1.25 * radius, 0.36 * size)
  const x = stream.uniform(margin, size - margin)
  const y = stream.uniform(margin, size - margin)
  return turnedShape(name, x, y, radius, stream.uniform(0, 2 * Math.PI))
}

/** Paints the background with a gradient, then the shapes, each with a gradient of its own and soft edges. */
function paint(out: Float32Array, size: number, shapes: readonly Shape[], darker: boolean, stream: RandomStream): void {
  const ground = stream.uniform(0.1, 0.5)
  const isDarker = darker && stream.bits() % 2 === 1
  const slopeX = stream.uniform(-0.15, 0.15) / size
  const slopeY = stream.uniform(-0.15, 0.15) / size
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      out[row * size + column] = ground + slopeX * (column - size / 2) + slopeY * (row - size / 2)
    }
  }
  for (const shape of shapes) {
    const contrast = stream.uniform(0.25, 0.5)
    const tone = ground + contrast
    const shadeX = stream.uniform(-0.15, 0.15) / shape.radius
    const shadeY = stream.uniform(-0.15, 0.15) / shape.radius
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const covered = 0.5 - shapeDistance(shape, column + 0.5, row + 0.5)
        if (covered <= 0) continue
        const ink = tone + shadeX * (column + 0.5 - shape.x) + shadeY * (row + 0.5 - shape.y)
        const at = row * size + column
        out[at] = out[at]! + (covered < 1 ? covered : 1) * (ink - out[at]!)
      }
    }
  }
  if (isDarker) for (let k = 0; k < out.length; k++) out[k] = 1 - out[k]!
}
