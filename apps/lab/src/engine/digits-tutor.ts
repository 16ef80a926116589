import {
  Adam,
  compile,
  type Compiled,
  crossEntropy,
  fromData,
  Linear,
  manualSeed,
  noGrad,
  ReLU,
  Sequential,
  type Tensor,
} from 'neurite'
import { generateDigits, toDigit } from 'neurite/data'

const PIXELS = 28 * 28
const BATCH = 32
const TEACH_STEPS = 20
const FRESH = 500

/** What the front page shows of the network. */
export interface Guess {
  /** Ten shares that add up to 1. */
  readonly shares: readonly number[]
  /** Digits seen so far. */
  readonly seen: number
  /** Share of 500 fresh digits that are read right. */
  readonly accuracy: number
}

/** A network that was trained outside the page. */
export interface NetworkOutside {
  readonly architecture: readonly { readonly type: string }[]
  /** Digits that it has seen. */
  readonly seen: number
}

/** A network with the programs that train and ask it. */
interface Pupil {
  readonly model: Sequential
  readonly train: Compiled<[Tensor, Tensor], Tensor>
  readonly read: Compiled<[Tensor], Tensor>
}

/** A network of 784, 32 and 10 that learns to read generated digits, from nothing; or another that comes from outside. */
export class DigitsTutor {
  private pupil: Pupil
  private outside: { readonly key: string; readonly pupil: Pupil } | undefined
  private readonly fresh = pictures(5_000_000, FRESH)
  private seen = 0
  /** Of the weights as they are; unknown after they have changed. */
  private accuracy: number | undefined

  constructor(seed = 1) {
    manualSeed(seed)
    this.pupil = pupilOf(new Sequential(...([new Linear(PIXELS, 32), new ReLU(), new Linear(32, 10)] as never[])))
  }

  /** Goes on with a network from outside and its weights of this moment; false where it is of a kind unknown here. */
  async adopt({ architecture, seen }: NetworkOutside, weights: Uint8Array): Promise<boolean> {
    const { loadWeights, networkOf } = await import('./digits-network.ts')
    const key = JSON.stringify(architecture)
    if (this.outside?.key !== key) {
      const network = networkOf(architecture)
      if (network === undefined) return false
      this.outside = { key, pupil: pupilOf(network) }
    }
    loadWeights(this.outside.pupil.model, weights)
    this.pupil = this.outside.pupil
    this.seen = seen
    this.accuracy = undefined
    return true
  }

  /** Learns from new digits for so many steps, and guesses again. */
  async learn(steps: number, pixels: Float32Array): Promise<Guess> {
    for (let i = 0; i < steps; i++) {
      const { inputs, labels } = pictures(this.seen, BATCH)
      this.pupil.train(fromData(inputs, [BATCH, PIXELS]), fromData(labels, [BATCH]))
      this.seen += BATCH
      this.accuracy = undefined
    }
    return this.guess(pixels)
  }

  /** Learns one drawing among digits that it sees anyway, so that it does not forget those. */
  async teach(drawing: Float32Array, side: number, label: number): Promise<Guess> {
    const pixels = this.prepare(drawing, side)
    if (pixels === undefined) return this.guess(new Float32Array(PIXELS))
    for (let i = 0; i < TEACH_STEPS; i++) {
      const { inputs, labels } = pictures(this.seen, BATCH)
      for (let copy = 0; copy < BATCH / 4; copy++) {
        inputs.set(pixels, copy * PIXELS)
        labels[copy] = label
      }
      this.pupil.train(fromData(inputs, [BATCH, PIXELS]), fromData(labels, [BATCH]))
      this.seen += BATCH
      this.accuracy = undefined
    }
    return this.guess(pixels)
  }

  /** Brings a drawing into the form that the network knows, as `neurite predict` does; undefined for an empty one. */
  prepare(drawing: Float32Array, side: number): Float32Array | undefined {
    if (drawing.every((value) => value < 0.2)) return undefined
    return toDigit({ pixels: drawing, width: side, height: side }, 'the drawing').pixels
  }

  async guess(pixels: Float32Array): Promise<Guess> {
    const shares = await this.pupil.read(fromData(pixels, [1, PIXELS])).data()
    this.accuracy ??= await this.score()
    return { shares: Array.from(shares as Float32Array), seen: this.seen, accuracy: this.accuracy }
  }

  private async score(): Promise<number> {
    const answers = await this.pupil.read(fromData(this.fresh.inputs, [FRESH, PIXELS])).data()
    let right = 0
    for (let i = 0; i < FRESH; i++) {
      let best = 0
      for (let k = 1; k < 10; k++) if (answers[i * 10 + k]! > answers[i * 10 + best]!) best = k
      if (best === this.fresh.labels[i]) right++
    }
    return right / FRESH
  }

  /** A generated digit that no training sees. */
  sample(label: number, number: number): Float32Array {
    return pictures(9_000_000 + 10 * number + label, 1).inputs
  }
}

function pupilOf(model: Sequential): Pupil {
  const forward = (x: Tensor): Tensor => model.forward(x)
  const optimizer = new Adam(model, { learningRate: 0.003 })
  const train = compile((x: Tensor, y: Tensor) => {
    const loss = crossEntropy(forward(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    return loss
  })
  return { model, train, read: compile((x: Tensor) => noGrad(() => forward(x).softmax(-1))) }
}

/** Generated digits from a number on: the same number gives the same digit. Digit number i shows i mod 10. */
function pictures(first: number, samples: number): { inputs: Float32Array; labels: Int32Array } {
  const { images, labels } = generateDigits({ samples, seed: 1, first })
  return { inputs: Float32Array.from(images, (value) => value / 255), labels }
}
