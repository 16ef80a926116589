import type { LayerStack } from '../recipes/recipe.ts'
import type { LayerDescription } from '../model-file/architecture.ts'
import { weightBytes } from '../model-file/save.ts'
import type { ShownExample } from './shown-example.ts'

/** A training under way, for whoever looks at it from outside; everything is that of the moment of the call. */
export interface LiveRun {
  /** The folder that the model will lie in when the training has ended. */
  readonly folder: string
  /** True until the training has ended. */
  readonly isTraining: boolean
  /** What can be told as JSON: how far it is, and what it says of the example that the terminal shows. */
  describe(): Promise<LiveDescription>
  /** The weights, as model.safetensors will hold them. */
  weights(): Promise<Uint8Array>
}

export interface LiveDescription {
  readonly format: 'neurite-live'
  readonly formatVersion: 1
  readonly state: 'training'
  readonly architecture: readonly LayerDescription[]
  readonly inputShape: readonly number[]
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  /** Examples learned from so far, each as often as it was met. */
  readonly seen: number
  /** Its pixels from 0 to 255, row by row, and the probability of each class. */
  readonly example: {
    readonly label: number
    readonly pixels: readonly number[]
    readonly probabilities: readonly number[]
  }
}

/** Whoever looks at trainings from outside, such as the server of the lab. */
export interface Audience {
  /** Hears of every training of a classifier of pictures that begins. */
  readonly show: (run: LiveRun) => void
  /** What to say when the training has ended and the process waits for a key. */
  readonly note: string
  /** What to say when the process ends, and with it what the audience sees. */
  readonly farewell: string
}

/** How far a training is; the training writes it, and whoever looks reads it. */
export interface Place {
  epoch: number
  step: number
  isTraining: boolean
}

export interface LiveParts {
  readonly model: LayerStack
  readonly example: ShownExample
  readonly architecture: readonly LayerDescription[]
  readonly inputShape: readonly number[]
  readonly epochs: number
  readonly batchSize: number
  readonly folder: string
}

/** Lets a training be looked at; nothing is computed until somebody asks. */
export function liveRun(parts: LiveParts, place: Readonly<Place>): LiveRun {
  const { model, example, architecture, inputShape, epochs, batchSize, folder } = parts
  return {
    folder,
    get isTraining() {
      return place.isTraining
    },
    async describe() {
      const { epoch, step } = place
      const probabilities = await example.probabilities()
      return {
        format: 'neurite-live',
        formatVersion: 1,
        state: 'training',
        architecture,
        inputShape,
        epoch,
        epochs,
        step,
        seen: step * batchSize,
        example: {
          label: example.label,
          pixels: Array.from(example.picture.pixels, (value) => Math.round(255 * value)),
          probabilities: Array.from(probabilities),
        },
      }
    },
    weights: () => weightBytes(model),
  }
}
