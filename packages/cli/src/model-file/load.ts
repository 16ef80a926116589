import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DataError, FileFormatError } from 'neurite'
import { readSafetensors } from 'neurite/formats'
import { buildNetwork } from './architecture.ts'
import { checkDescription } from './description.ts'
import type { ModelDescription } from './description.ts'
import { descriptionFile } from './save.ts'
import type { LayerStack } from '../recipes/recipe.ts'

export interface LoadedModel {
  readonly network: LayerStack
  readonly description: ModelDescription
}

/**
 * Reads a model back, ready to predict.
 *
 * @param path its folder, or one of its two files
 * @throws DataError for a path without a model
 * @throws FileFormatError for files that are no model, or that do not belong together
 */
export function loadModel(path: string): LoadedModel {
  const folder = isFolder(path) ? path : dirname(path)
  const place = path.endsWith('.json') ? path : join(folder, descriptionFile)
  const description = checkDescription(place, parseJson(place, read(path, place).toString('utf8')))
  const weights = join(folder, description.weights)
  const network = buildNetwork(description.architecture)
  const { tensors } = readSafetensors(read(path, weights))
  try {
    network.loadStateDict(tensors)
  } catch (cause) {
    throw new FileFormatError({
      what: `${weights} does not fit the layers in ${place}: ${cause instanceof Error ? cause.message.split('\n')[0]! : String(cause)}`,
      expected: 'two files that were written together',
      fix: 'train the model again, or copy both files from the same folder',
      cause,
    })
  }
  network.eval()
  return { network, description }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function read(model: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new DataError({
      what: `${model} holds no model: ${path} cannot be read`,
      expected: 'the folder that `neurite train` named at its end',
      fix: 'check the path, or train a model: neurite train digits',
      cause,
    })
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FileFormatError({
      what: `${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: 'the model.json that `neurite train` wrote',
      fix: 'train the model again',
      cause,
    })
  }
}
