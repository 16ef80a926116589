import { Adam, manualSeed, noGrad, randn, trainGan } from 'neurite'
import type { GanStep, Network, Tensor } from 'neurite'
import type { BatchArray, Dataset } from 'neurite/data'
import { latentSize, makeDiscriminator, makeGenerator } from './networks.ts'

export interface CourseOptions {
  readonly pictures: Dataset
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  /** Channels of the networks' outer layers; 64 by default. */
  readonly width?: number
  /** Of both players in the first half; then it falls to 0 in a straight line. 0.0002 by default. */
  readonly learningRate?: number
  /** How slowly the average moves; 0.995 by default. */
  readonly decay?: number
  readonly onStep?: (step: GanStep) => unknown
  readonly signal?: AbortSignal
}

const usualLearningRate = 2e-4

/** The learning rate after so many of `steps`: constant for the first half, then in a straight line to 0. */
export function learningRateOf(steps: number, start = usualLearningRate): (step: number) => number {
  return (step) => start * Math.min(1, (steps - step) / (steps / 2))
}

/** Trains generator and discriminator; gives the moving average of the generator. */
export async function trainDcgan(course: CourseOptions): Promise<Network> {
  const { pictures, width, learningRate = usualLearningRate, decay = 0.995, onStep, ...options } = course
  const [generator, average] = [makeGenerator(width), makeGenerator(width)]
  const discriminator = makeDiscriminator(width)
  const adam = { learningRate, betas: [0.5, 0.999] as const }
  const [generatorOptimizer, discriminatorOptimizer] = [new Adam(generator, adam), new Adam(discriminator, adam)]
  const rateAt = learningRateOf(options.epochs * Math.floor(pictures.length / options.batchSize), learningRate)
  await trainGan({ generator, discriminator, generatorOptimizer, discriminatorOptimizer }, signed(pictures), {
    latentShape: [latentSize],
    average: { model: average, decay },
    ...options,
    onStep(told) {
      generatorOptimizer.learningRate = discriminatorOptimizer.learningRate = rateAt(told.step)
      return onStep?.(told)
    },
  })
  return average
}

/** The same pictures from -1 (paper) to 1 (ink), as the generator makes them. */
function signed(pictures: Dataset): Dataset {
  const { length, inputShape, targetShape, inputDType, targetDType } = pictures
  const read = (indices: Int32Array, inputs: BatchArray, targets: BatchArray): void => {
    pictures.read(indices, inputs, targets)
    for (let i = 0; i < inputs.length; i++) inputs[i] = 2 * inputs[i]! - 1
  }
  return { length, inputShape, targetShape, inputDType, targetDType, read }
}

const atOnce = 100

/** New pictures from 0 (paper) to 1 (ink), one after the other; the seed decides which. */
export async function drawSamples(generator: Network, count: number, seed: number): Promise<Float32Array> {
  manualSeed(seed)
  generator.eval()
  const samples = new Float32Array(count * 28 * 28)
  for (let start = 0; start < count; start += atOnce) {
    const noise = randn([Math.min(atOnce, count - start), latentSize])
    const made: Tensor = noGrad(() => generator.forward(noise))
    samples.set(
      Float32Array.from(await made.data(), (value) => (value + 1) / 2),
      start * 28 * 28,
    )
  }
  generator.train()
  return samples
}
