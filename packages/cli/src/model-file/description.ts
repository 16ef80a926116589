import { createRequire } from 'node:module'
import { FileFormatError } from 'neurite'
import type { Preprocessing } from '../recipes/recipe.ts'
import type { LayerDescription } from './architecture.ts'

/** What stands beside the weights: all that is needed to use them, and how they came about. */
export interface ModelDescription {
  readonly format: 'neurite-model'
  readonly formatVersion: 1
  /** The library that trained the model, such as `neurite 0.1.0`. */
  readonly library: string
  readonly recipe: string
  /** The file with the weights, in the same folder. */
  readonly weights: string
  readonly architecture: readonly LayerDescription[]
  /** The shape of one input. */
  readonly inputShape: readonly number[]
  /** What the outputs stand for, in their order. */
  readonly classNames: readonly string[]
  readonly preprocessing: Preprocessing
  readonly training: {
    readonly data: string
    readonly seed: number
    readonly epochs: number
    readonly batchSize: number
    readonly steps: number
    readonly seconds: number
    readonly mode: string
    /** True where Ctrl-C ended the training early. */
    readonly interrupted: boolean
  }
  readonly metrics: { readonly testAccuracy: number; readonly testLoss: number; readonly testExamples: number }
}

/** Name and version of the library in use. */
export function libraryVersion(): string {
  const { name, version } = createRequire(import.meta.url)('neurite/package.json') as { name: string; version: string }
  return `${name} ${version}`
}

/**
 * Checks that a file's content is the description of a model.
 *
 * @throws FileFormatError that names what is missing or wrong
 */
export function checkDescription(path: string, content: unknown): ModelDescription {
  const wrong = (what: string): FileFormatError =>
    new FileFormatError({
      what: `${path} ${what}`,
      expected: 'the model.json that `neurite train` wrote',
      fix: 'pass the folder of a trained model, or train one: neurite train digits',
    })
  if (typeof content !== 'object' || content === null) throw wrong('holds no JSON object')
  const description = content as Partial<ModelDescription>
  if (description.format !== 'neurite-model') throw wrong('is no description of a model')
  if (description.formatVersion !== 1) {
    throw wrong(`has the format version ${String(description.formatVersion)}, and this version reads only 1`)
  }
  const { architecture, classNames, inputShape, preprocessing, weights } = description
  const isLayer = (layer: unknown): boolean =>
    typeof layer === 'object' && layer !== null && 'type' in layer && typeof layer.type === 'string'
  if (!Array.isArray(architecture) || !architecture.every(isLayer))
    throw wrong("lacks 'architecture', a list of layers")
  if (!Array.isArray(classNames) || !classNames.every((name) => typeof name === 'string')) {
    throw wrong("lacks 'classNames', a list of names")
  }
  if (!Array.isArray(inputShape) || !inputShape.every((size) => Number.isInteger(size) && size > 0)) {
    throw wrong("lacks 'inputShape', a list of sizes")
  }
  // A name only: a description from somewhere else must not lead to any other file.
  if (typeof weights !== 'string' || !/^[\w.-]+$/.test(weights))
    throw wrong("lacks 'weights', the name of a file beside it")
  const kinds = ['digit', 'contrast', 'points']
  if (!kinds.includes(preprocessing?.kind ?? ''))
    throw wrong(`lacks 'preprocessing' with one of the kinds ${kinds.join(', ')}`)
  return content as ModelDescription
}
