import type { RandomStream } from '../../math/random.ts'
import { SplineField } from './spline-field.ts'
import type { LinearPart } from './spline-field.ts'
import type { ElasticTransform, GeometricTransform, Placement } from './transform.ts'

interface Place {
  readonly transform: GeometricTransform | ElasticTransform
  /** The picture that this transform is given. */
  readonly height: number
  readonly width: number
  readonly field: SplineField | undefined
}

/**
 * Several transforms that move pixels, done in one pass: the place of each new pixel in the old picture, and the value
 * there, interpolated between its four neighbours (bilinear).
 */
export class Resampling {
  readonly outputShape: readonly [channels: number, height: number, width: number]
  readonly words: number
  private readonly channels: number
  private readonly height: number
  private readonly width: number
  private readonly places: readonly Place[]
  private readonly placement: Placement = { xx: 1, xy: 0, x: 0, yx: 0, yy: 1, y: 0 }
  /** The old picture with a border of `fill`, so that no neighbour has to be asked whether it exists. */
  private readonly bordered: Float32Array
  /** Where the pixels of one new row come from. */
  private readonly fromX: Float64Array
  private readonly fromY: Float64Array

  constructor(
    transforms: readonly (GeometricTransform | ElasticTransform)[],
    [channels, height, width]: readonly [number, number, number],
  ) {
    this.channels = channels
    this.height = height
    this.width = width
    let size: readonly [number, number] = [height, width]
    const sizes = transforms.map((transform) => {
      const before = size
      if (transform.kind === 'geometric' && transform.size !== undefined) size = transform.size(...size)
      return before
    })
    this.outputShape = [channels, ...size]
    this.places = transforms.map((transform, index) => ({
      transform,
      height: sizes[index]![0],
      width: sizes[index]![1],
      field:
        transform.kind === 'elastic' ? new SplineField(...size, transform.deviation, transform.spacing) : undefined,
    }))
    this.words = this.places.reduce((sum, place) => sum + wordsOf(place), 0)
    this.bordered = new Float32Array(channels * (height + 3) * (width + 3)).fill(transforms[0]!.fill)
    this.fromX = new Float64Array(size[1])
    this.fromY = new Float64Array(size[1])
  }

  /** Moves the pixels of one picture. `stream` stands at the first of this example's words. */
  apply(input: Float32Array, output: Float32Array, stream: RandomStream): void {
    this.copyInto(input)
    const { placement, places } = this
    placement.xx = 1
    placement.xy = 0
    placement.x = 0
    placement.yx = 0
    placement.yy = 1
    placement.y = 0
    const start = stream.counter
    let drawn = 0
    const bends: { field: SplineField; linear: LinearPart }[] = []
    for (const place of places) {
      stream.counter = start + drawn
      drawn += wordsOf(place)
      if (place.field === undefined) {
        const transform = place.transform as GeometricTransform
        transform.place(placement, stream, place.height, place.width)
      } else {
        place.field.draw(stream)
        bends.push({ field: place.field, linear: { ...placement } })
      }
    }
    const [, height, width] = this.outputShape
    for (let row = 0; row < height; row++) {
      this.placeRow(row)
      for (const { field, linear } of bends) field.addRow(row, this.fromX, this.fromY, linear)
      this.readRow(output, row * width)
    }
  }

  /** Computes where the pixels of a new row lie in the bordered picture. */
  private placeRow(row: number): void {
    const { fromX, fromY } = this
    const { xx, xy, x, yx, yy, y } = this.placement
    const [, height, width] = this.outputShape
    const v = row - (height - 1) / 2
    const middle = (width - 1) / 2
    const startX = xy * v + x + (this.width - 1) / 2 + 1
    const startY = yy * v + y + (this.height - 1) / 2 + 1
    for (let i = 0; i < width; i++) {
      const u = i - middle
      fromX[i] = xx * u + startX
      fromY[i] = yx * u + startY
    }
  }

  /** Reads a new row from the places that were computed. */
  private readRow(output: Float32Array, at: number): void {
    const { bordered, fromX, fromY } = this
    const [channels, height, width] = this.outputShape
    const stride = this.width + 3
    const plane = stride * (this.height + 3)
    const lastX = this.width + 1
    const lastY = this.height + 1
    const newPlane = height * width
    for (let i = 0; i < width; i++) {
      const wantedX = fromX[i]!
      const wantedY = fromY[i]!
      const x = wantedX > 0 ? (wantedX < lastX ? wantedX : lastX) : 0
      const y = wantedY > 0 ? (wantedY < lastY ? wantedY : lastY) : 0
      const column = x | 0
      const line = y | 0
      const right = x - column
      const below = y - line
      let from = line * stride + column
      let into = at + i
      for (let channel = 0; channel < channels; channel++) {
        const upper = bordered[from]! + right * (bordered[from + 1]! - bordered[from]!)
        const lower = bordered[from + stride]! + right * (bordered[from + stride + 1]! - bordered[from + stride]!)
        output[into] = upper + below * (lower - upper)
        from += plane
        into += newPlane
      }
    }
  }

  private copyInto(input: Float32Array): void {
    const { bordered, channels, height, width } = this
    const stride = width + 3
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < height; row++) {
        const from = (channel * height + row) * width
        const into = (channel * (height + 3) + row + 1) * stride + 1
        for (let i = 0; i < width; i++) bordered[into + i] = input[from + i]!
      }
    }
  }
}

function wordsOf({ transform, field }: Place): number {
  return transform.kind === 'geometric' ? transform.words : field!.words
}
