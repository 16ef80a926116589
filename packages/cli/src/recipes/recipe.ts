import type { AnyOptimizer, Module, Network, Scheduler } from 'neurite'
import type { TrainAndTest, Transform } from 'neurite/data'
import type { Output } from '../output.ts'
import type { StudyRecipe } from './study.ts'

/** What data are loaded with. */
export interface LoadOptions {
  readonly seed: number
  readonly signal: AbortSignal
  /** Folder or address of the MNIST files, where --mirror names one. */
  readonly mirror: string | undefined
  /** Tells how far the loading is, such as ('making digits', 0.5). */
  readonly onProgress: (what: string, fraction: number) => void
}

/** How a network is made and trained. */
export interface Course {
  readonly epochs: number
  readonly batchSize: number
  readonly model: (data: TrainAndTest) => LayerStack
  readonly optimizer: (model: Network) => AnyOptimizer
  /** Moves the learning rate over so many steps; without it the learning rate stays. */
  readonly schedule?: (optimizer: AnyOptimizer, steps: number) => Scheduler
  /** Changes the inputs at random, in another way in each epoch. */
  readonly augment?: readonly Transform[]
}

/** Data that a recipe can be trained with, and what is done otherwise with them than the recipe says. */
export interface DataSource extends Partial<Course> {
  readonly summary: string
  /** The share of test examples that a network trained with the recipe's own settings gets right, at least. */
  readonly accuracy: number
  readonly load: (options: LoadOptions) => TrainAndTest | Promise<TrainAndTest>
}

/** How `neurite predict` makes an input from a file. */
export type Preprocessing =
  /** Ink 1 on paper 0, cropped, in a box of 20 x 20, centred by mass in 28 x 28: the form of MNIST. */
  | { readonly kind: 'digit' }
  /** The square in the middle, resized; how far each pixel is from the background. */
  | { readonly kind: 'contrast'; readonly side: number }
  /** Points of the plane are no pictures. */
  | { readonly kind: 'points' }

/** Layers one after the other: a Sequential of any layers. */
export type LayerStack = Network & Iterable<Module>

/** A network that is trained: everything of it that is not the same for all. */
export interface NetworkRecipe extends Course {
  readonly kind: 'network'
  readonly name: string
  readonly summary: string
  /** By name; the first is the one that is used when nobody asks for another. */
  readonly data: Readonly<Record<string, DataSource>>
  readonly preprocessing: Preprocessing
  /** The share of the training data that is kept back, to measure with after each epoch; none by default. */
  readonly validation?: number
  /** Looks into the trained network, for the report. */
  readonly insight?: (model: LayerStack, seed: number) => Promise<Insight>
}

/** What a look into a trained network shows. */
export interface Insight {
  readonly title: string
  readonly about: string
  readonly lines: readonly string[]
  /** The same in numbers, for --json. */
  readonly event: Readonly<Record<string, unknown>>
}

export interface StoryOptions {
  readonly data: string
  readonly seed: number
  readonly output: Output
}

/** An example that needs no network: it tells step by step what happens. */
export interface StoryRecipe {
  readonly kind: 'story'
  readonly name: string
  readonly summary: string
  /** Names and descriptions of the data; the first is the usual one. */
  readonly data: Readonly<Record<string, { readonly summary: string }>>
  readonly tell: (options: StoryOptions) => void | Promise<void>
}

export type Recipe = NetworkRecipe | StoryRecipe | StudyRecipe
