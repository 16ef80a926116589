import { compile, type Compiled, concat, fromData, grad, tensor, trace, type Tensor } from 'neurite'
import type { Examples } from './surface-data.ts'
import { type Batch, type LossOf, toBatch } from './surface-model.ts'

type Place = readonly [number, number]

/** Looks at the loss without moving: many places at once for pictures, single ones in float64. */
export class SurfaceLooks {
  readonly all: Batch
  readonly loss: LossOf
  private readonly losses: Compiled<[Tensor, Tensor], Tensor>
  private readonly slopes: Compiled<
    [Tensor, Tensor, Tensor, Tensor, Tensor],
    { losses: Tensor; g1: Tensor; g2: Tensor }
  >

  constructor(examples: Examples, loss: LossOf) {
    this.loss = loss
    this.all = toBatch(examples)
    this.losses = compile((w1: Tensor, w2: Tensor) => loss(w1, w2, this.all))
    this.slopes = compile((w1: Tensor, w2: Tensor, x1: Tensor, x2: Tensor, y: Tensor) => {
      const [a, b] = [w1.detach(), w2.detach()]
      a.requiresGrad = true
      b.requiresGrad = true
      const losses = loss(a, b, { x1, x2, y })
      const [g1, g2] = grad(losses.sum(), [a, b])
      return { losses, g1: g1!, g2: g2! }
    })
  }

  /** Losses on the full set, in one forward pass. */
  async lossesAt(places: readonly Place[]): Promise<Float32Array> {
    return (await this.losses(...columns(places)).data()) as Float32Array
  }

  async at(place: Place): Promise<{ losses: Float32Array }> {
    return { losses: await this.lossesAt([place]) }
  }

  /** Row by row from the top left. */
  map(size: number, { low, high }: { readonly low: number; readonly high: number }): Promise<Float32Array> {
    const at = (i: number): number => low + ((i + 0.5) / size) * (high - low)
    return this.lossesAt(
      Array.from({ length: size * size }, (_, i) => [at(i % size), at(size - 1 - Math.floor(i / size))]),
    )
  }

  /** Losses on the full set in float64: steps near the bottom are too small for less. */
  async exactLosses(places: readonly Place[]): Promise<Float64Array> {
    return (await trace(() => this.loss(...columns(places), this.all))).output.value
  }

  /** Losses and slopes on the full set, in float64. */
  async exactSlopes(places: readonly Place[]): Promise<{ losses: Float64Array; slopes: Place[] }> {
    const n = places.length
    const [w1, w2] = columns(places, true)
    const pass = await trace(() => {
      const losses = this.loss(w1, w2, this.all)
      const [g1, g2] = grad(losses.sum(), [w1, w2])
      return concat([losses, g1!, g2!])
    })
    const { value } = pass.output
    return { losses: value.subarray(0, n), slopes: places.map((_, i) => [value[n + i]!, value[2 * n + i]!]) }
  }

  /** The slope of the loss on some of the examples. */
  async slopeOf(place: Place, { x1, x2, y }: Batch): Promise<Place> {
    const { g1, g2 } = this.slopes(...columns([place]), x1, x2, y)
    return [(await g1.data())[0] as number, (await g2.data())[0] as number]
  }

  async exactLoss(place: Place): Promise<number> {
    return (await this.exactLosses([place]))[0]!
  }

  /**
   * Eigenvalues of the second derivatives, which the library takes by differentiating twice; and where a bowl of this
   * curvature and slope has its bottom, if it is one.
   */
  async curvature(place: Place): Promise<{ largest: number; smallest: number; bottom: Place | undefined }> {
    const w1 = tensor([place[0]], { requiresGrad: true }) as Tensor
    const w2 = tensor([place[1]], { requiresGrad: true }) as Tensor
    const pass = await trace(() => {
      const [g1, g2] = grad(this.loss(w1, w2, this.all).sum(), [w1, w2], { createGraph: true })
      const [a, b] = grad(g1!.sum(), [w1, w2], { createGraph: true })
      const [, d] = grad(g2!.sum(), [w1, w2])
      return concat([a, b, d, g1, g2].map((part) => part?.reshape([1]) ?? tensor([0])))
    })
    const [a, b, d, g1, g2] = Array.from(pass.output.value) as [number, number, number, number, number]
    const spread = Math.sqrt(((a - d) / 2) * ((a - d) / 2) + b * b)
    const [largest, smallest] = [(a + d) / 2 + spread, (a + d) / 2 - spread]
    const area = a * d - b * b
    const bottom: Place | undefined =
      smallest > 0 && area > 0 ? [place[0] - (d * g1 - b * g2) / area, place[1] - (a * g2 - b * g1) / area] : undefined
    return { largest, smallest, bottom }
  }

  async bottom(place: Place): Promise<Place | undefined> {
    return (await this.curvature(place)).bottom
  }

  free(): void {
    this.losses.free()
    this.slopes.free()
  }
}

const columns = (places: readonly Place[], requiresGrad = false): [Tensor, Tensor] => {
  const column = (index: 0 | 1): Tensor => {
    const tensor = fromData(
      Float32Array.from(places, (place) => place[index]),
      [places.length],
    )
    tensor.requiresGrad = requiresGrad
    return tensor
  }
  return [column(0), column(1)]
}
