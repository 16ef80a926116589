import { Adam, noGrad, randn, trainGan } from 'neurite'
import type { GanStep, Network, Tensor } from 'neurite'
import { gaussianRing, measureRing, pointsDataset } from 'neurite/data'
import type { RingCoverage } from 'neurite/data'
import { latentSize, makeDiscriminator, makeGenerator } from './networks.ts'

/** Deviation of each Gaussian, and how far from its centre a point may lie: three deviations. */
export const [noise, reach] = [0.05, 0.15]
/** Points to learn from. */
export const points = 25_600

export const learningRate = 0.001

export interface CourseOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  readonly onStep?: (step: GanStep) => unknown
  readonly signal?: AbortSignal
}

/** Trains generator and discriminator; gives the moving average of the generator. */
export async function trainRing(options: CourseOptions): Promise<Network> {
  const [generator, average] = [makeGenerator(), makeGenerator()]
  const discriminator = makeDiscriminator()
  const adam = { learningRate, betas: [0.5, 0.9] as const }
  await trainGan(
    {
      generator,
      discriminator,
      generatorOptimizer: new Adam(generator, adam),
      discriminatorOptimizer: new Adam(discriminator, adam),
    },
    pointsDataset(gaussianRing({ samples: points, noise, seed: options.seed })),
    { latentShape: [latentSize], loss: 'hinge', average: { model: average, decay: 0.995 }, ...options },
  )
  return average
}

/** New points x, y, x, y ... and how well they cover the ring. */
export async function measure(
  generator: Network,
  count = 2_000,
): Promise<{ readonly made: Float32Array; readonly coverage: RingCoverage }> {
  const output: Tensor = noGrad(() => generator.forward(randn([count, latentSize])))
  const made = Float32Array.from(await output.data())
  return { made, coverage: measureRing(made, { reach }) }
}
