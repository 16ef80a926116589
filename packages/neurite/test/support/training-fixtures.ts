/** Training in PyTorch, step by step; scripts/fixtures/make-training-fixtures.py tells how the files were made. */
import { threefryInto } from '../../src/math/threefry.ts'
import { readFixture } from './operation-fixtures.ts'

/** Losses of each step before its update, and how far another float32 implementation may lie from float64. */
export interface TrainingFixture {
  readonly sizes: readonly number[]
  readonly batchSize: number
  readonly steps: number
  readonly float32: readonly number[]
  readonly float64: readonly number[]
  readonly tolerances: readonly number[]
  readonly endTolerance: number
}

/** 2-8-8-1, tanh, binary cross-entropy from logits, SGD. Batch i mod 10 in step i. Weights are [out, in]. */
export interface T1Fixture extends TrainingFixture {
  readonly learningRate: number
  readonly weights: readonly (readonly (readonly number[])[])[]
  readonly biases: readonly (readonly number[])[]
  readonly batches: readonly {
    readonly inputs: readonly (readonly number[])[]
    readonly targets: readonly (readonly number[])[]
  }[]
  /** Weight, bias, weight, bias, ... after the last step in float64, flat. */
  readonly end: readonly (readonly number[])[]
}

/** 784-512-256-10, ReLU, cross-entropy, Adam with its defaults. Batch i mod 10 in step i. */
export interface T2Fixture extends TrainingFixture {
  readonly sums: { readonly weights: readonly number[]; readonly pixels: number }
  readonly samples: { readonly weight1: readonly number[]; readonly pixels: readonly number[] }
  /** The last layer's bias after the last step in float64. */
  readonly endBias: readonly number[]
}

export const readT1 = (): T1Fixture => readFixture<T1Fixture>('training/t1.json')
export const readT2 = (): T2Fixture => readFixture<T2Fixture>('training/t2.json')

export interface T2Data {
  /** Row-major [out, in]; all biases start at 0. */
  readonly weights: readonly Float32Array[]
  readonly batches: readonly { readonly inputs: Float32Array; readonly targets: Int32Array }[]
}

const SEED = 2
const BOUNDS = [1 / 32, 1 / 16, 1 / 16]
const BATCHES = 10
const PIXELS = 784
const CLASSES = 10

/** What T2 starts from and is trained on, the same numbers as in Python. */
export function makeT2Data({ sizes, batchSize }: T2Fixture): T2Data {
  const weights = BOUNDS.map((bound, layer) => {
    const words = firstWords(layer + 1, sizes[layer]! * sizes[layer + 1]!)
    return Float32Array.from(words, (word) => (2 * ((word >>> 8) / 16777216) - 1) * bound)
  })
  const count = BATCHES * batchSize
  const noise = firstWords(4, count * PIXELS)
  const patterns = firstWords(5, CLASSES * PIXELS)
  const pixel = (example: number, i: number): number => {
    const own = (noise[example * PIXELS + i]! >>> 20) / 4096
    const common = (patterns[(example % CLASSES) * PIXELS + i]! >>> 20) / 4096
    return (7 * own + common) / 8
  }
  const batches = Array.from({ length: BATCHES }, (_, batch) => {
    const first = batch * batchSize
    return {
      inputs: Float32Array.from({ length: batchSize * PIXELS }, (_unused, i) =>
        pixel(first + Math.floor(i / PIXELS), i % PIXELS),
      ),
      targets: Int32Array.from({ length: batchSize }, (_unused, i) => (first + i) % CLASSES),
    }
  })
  return { weights, batches }
}

function firstWords(stream: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  const pair = new Uint32Array(2)
  for (let i = 0; i < count; i++) {
    threefryInto(pair, SEED, stream, i, 0)
    words[i] = pair[0]!
  }
  return words
}
