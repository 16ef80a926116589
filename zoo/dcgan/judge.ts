import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TensorDataset } from 'neurite/data'
import { loadModel } from '../../packages/cli/src/model-file/load.ts'
import { descriptionFile } from '../../packages/cli/src/model-file/save.ts'
import type { LayerStack } from '../../packages/cli/src/recipes/recipe.ts'
import { predictAll } from '../../packages/cli/src/training/predictions.ts'

/** Where `neurite train cnn` leaves networks that can read digits. */
const folders = ['runs/cnn', 'runs/cnn-augmented']

/** What a network that reads digits says about samples. */
export interface Judgement {
  /** For each digit the share of samples that are read as it. */
  readonly shares: readonly number[]
  /** The mean probability of the digit that is read. */
  readonly confidence: number
}

/** The trained network that judges; undefined where none was trained here. */
export function findJudge(): { readonly folder: string; readonly network: LayerStack } | undefined {
  const folder = folders.find((place) => existsSync(join(place, descriptionFile)))
  return folder === undefined ? undefined : { folder, network: loadModel(folder).network }
}

/** Has a network read samples: pictures of 28 x 28 from 0 (paper) to 1 (ink), one after the other. */
export async function judge(network: LayerStack, samples: Float32Array): Promise<Judgement> {
  const count = samples.length / (28 * 28)
  const data = new TensorDataset({
    inputs: { data: samples, shape: [1, 28, 28] },
    // Nobody knows what a sample should be: the accuracy that comes out means nothing.
    targets: { data: new Int32Array(count), shape: [] },
  })
  const { predicted, probabilities, classes } = await predictAll(network, data)
  const shares = Array.from({ length: classes }, () => 0)
  let confidence = 0
  for (const [i, digit] of predicted.entries()) {
    shares[digit]! += 1 / count
    confidence += probabilities[i * classes + digit]! / count
  }
  return { shares, confidence }
}
