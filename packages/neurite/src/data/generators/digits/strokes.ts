/**
 * One way to write a digit. All its points lie in one flat list `x0, y0, x1, y1, ...` in units of the digit's height, y
 * downwards; `pieces` says which runs of points are joined by a smooth curve.
 */
export interface Variant {
  /** How often it is chosen, relative to the digit's other variants. */
  readonly share: number
  readonly from: Float64Array
  /** The same points in another pose: a digit is drawn somewhere between the two, or a little beyond. */
  readonly to: Float64Array
  /** Smooth pieces as `first point, last point` pairs: strokes, cut at their corners. */
  readonly pieces: Int32Array
}

/** A variant as it is written down: its share, and the strokes of its two poses. */
type WrittenVariant = readonly [share: number, from: readonly string[], to: readonly string[]]

/**
 * Reads strokes written as `x,y x,y! ...` in percent of the height, where `!` marks a corner; all other points are
 * passed smoothly. The second pose must have as many points in each stroke; its corners are those of the first.
 */
export const parseVariants = (written: readonly WrittenVariant[]): Variant[] => written.map(parseVariant)

function parseVariant([share, from, to]: WrittenVariant): Variant {
  const pieces: number[] = []
  let first = 0
  for (const stroke of from) {
    const points = stroke.split(' ')
    let start = first
    points.forEach((point, i) => {
      if (!point.endsWith('!')) return
      pieces.push(start, first + i)
      start = first + i
    })
    pieces.push(start, first + points.length - 1)
    first += points.length
  }
  return { share, from: parsePoints(from), to: parsePoints(to), pieces: Int32Array.from(pieces) }
}

function parsePoints(strokes: readonly string[]): Float64Array {
  return Float64Array.from(strokes.join(' ').replaceAll('!', '').split(/[ ,]/), (number) => Number(number) / 100)
}

/** One of the variants by their shares, for a uniform number from 0 to 1. */
export function chooseVariant(variants: readonly Variant[], uniform: number): Variant {
  let left = uniform * variants.reduce((total, variant) => total + variant.share, 0)
  return variants.find((variant) => (left -= variant.share) < 0) ?? variants[variants.length - 1]!
}
