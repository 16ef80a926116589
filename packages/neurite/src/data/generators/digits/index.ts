import { exp } from '../../../math/exp.ts'
import { RandomStream } from '../../../math/random.ts'
import { requireKnownOptions, requireWholeNumber } from '../../options.ts'
import { checkSamples } from '../planar.ts'
import { DISTORT_NORMALS, distort } from './distort.ts'
import { MOST_PRESSURE, PICTURE_SIZE, fitToBox, rasterise } from './rasterise.ts'
import { chooseVariant } from './strokes.ts'
import { BEYOND_POSE, PEN_DEVIATION, PRESSURE, THICKEST_PEN, THINNEST_PEN, styles } from './style.ts'
import { templates } from './templates.ts'
import { createPolyline, traceCurves } from './trace.ts'

/** Options of `generateDigits`. */
export interface GenerateDigitsOptions {
  /** How many digits. */
  readonly samples: number
  /** Equal seeds give equal digits. Default 0. */
  readonly seed?: number
  /**
   * Number of the first digit. Every digit depends on the seed and its own number only, so parts that several calls make
   * fit together, and parts that do not overlap have no digit in common. Default 0.
   */
  readonly first?: number
}

/** Pictures of digits with their labels. */
export interface GeneratedDigits {
  /** `[samples, 28, 28]`, row by row: paper 0, ink 255. */
  readonly images: Uint8Array
  /** `[samples]`: 0 to 9. Digit number i shows `i mod 10`. */
  readonly labels: Int32Array
}

const CLASSES = 10
const PIXELS = PICTURE_SIZE * PICTURE_SIZE
/** More points than any variant has. */
const MOST_POINTS = 24
/** Random words kept apart for each digit: more than any digit draws. */
const WORDS_PER_DIGIT = 128
const LEAST_PRESSURE = 0.6

/**
 * Generates digits that look handwritten, as many as wanted, in MNIST's form (28 x 28, size-normalised to 20 x 20,
 * centred by the centre of mass). Each is one of several writing variants of its digit, drawn as smooth strokes with
 * varying control points, elastic distortion, slant, rotation, width, pen and pressure. The same seed gives the same
 * bytes in every JavaScript engine.
 *
 * @throws ArgumentError for options outside their range and unknown options
 *
 * @example
 * ```ts
 * import { generateDigits } from 'neurite/data'
 *
 * const { images, labels } = generateDigits({ samples: 100, seed: 1 })
 * console.log(images.length === 100 * 28 * 28, labels[3]) // → true 3
 * ```
 */
export function generateDigits(options: GenerateDigitsOptions): GeneratedDigits {
  requireKnownOptions('generateDigits', options, ['samples', 'seed', 'first'])
  const { samples, seed = 0, first = 0 } = options
  checkSamples('generateDigits', samples)
  requireWholeNumber('generateDigits', 'first', first, 0)
  const stream = new RandomStream(seed, 'digits')
  const images = new Uint8Array(samples * PIXELS)
  const labels = new Int32Array(samples)
  const draw = createPen()
  for (let i = 0; i < samples; i++) {
    const digit = (first + i) % CLASSES
    labels[i] = digit
    stream.counter = (first + i) * WORDS_PER_DIGIT
    draw(digit, stream, images.subarray(i * PIXELS, (i + 1) * PIXELS))
  }
  return { images, labels }
}

/** A function that draws one digit; its buffers serve every call. */
function createPen(): (digit: number, stream: RandomStream, out: Uint8Array) => void {
  const points = new Float64Array(2 * MOST_POINTS)
  const pressures = new Float64Array(MOST_POINTS)
  const normals = new Float64Array(3 * MOST_POINTS + DISTORT_NORMALS + 1)
  const line = createPolyline(MOST_POINTS)
  const scratch = new Float64Array(PIXELS)
  return (digit, stream, out) => {
    const style = styles[digit]!
    const variant = chooseVariant(templates[digit]!, stream.uniform())
    const { from, to } = variant
    const count = from.length / 2
    const pose = stream.uniform(-BEYOND_POSE, 1 + BEYOND_POSE)
    const drawn = normals.subarray(0, 3 * count + DISTORT_NORMALS + 1)
    stream.fillNormal(drawn)
    for (let k = 0; k < 2 * count; k++) points[k] = from[k]! + pose * (to[k]! - from[k]!)
    distort(points, count, drawn, style)
    varyPressure(pressures, drawn.subarray(2 * count + DISTORT_NORMALS, 3 * count + DISTORT_NORMALS))
    traceCurves(points, pressures, variant.pieces, line)
    const pen = style.pen * exp(PEN_DEVIATION * drawn[drawn.length - 1]!)
    const radius = Math.max(THINNEST_PEN, Math.min(THICKEST_PEN, pen))
    fitToBox(line, radius)
    rasterise(line, radius, scratch, out)
  }
}

/** The line's relative width at each control point: a random walk that is drawn back to 1. */
function varyPressure(pressures: Float64Array, normals: Float64Array): void {
  let excess = PRESSURE * normals[0]!
  for (let k = 0; k < normals.length; k++) {
    if (k > 0) excess = 0.6 * excess + 0.8 * PRESSURE * normals[k]!
    excess = Math.max(LEAST_PRESSURE - 1, Math.min(MOST_PRESSURE - 1, excess))
    pressures[k] = 1 + excess
  }
}
