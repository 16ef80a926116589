import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from 'neurite'
import { writeSafetensors } from 'neurite/formats'
import type { StoredArray } from 'neurite/formats'
import type { ModelDescription } from './description.ts'
import type { LayerStack } from '../recipes/recipe.ts'

/** Names of the two files of a model. */
export const descriptionFile = 'model.json'
export const weightsFile = 'model.safetensors'

/**
 * Writes a model into a folder: `model.safetensors` with the weights, `model.json` with everything else.
 *
 * @throws DataError where the folder cannot be written
 */
export async function saveModel(folder: string, model: LayerStack, description: ModelDescription): Promise<void> {
  const { library, recipe } = description
  const weights = await weightBytes(model, { library, recipe })
  prepareFolder(folder)
  try {
    replace(join(folder, weightsFile), weights)
    replace(join(folder, descriptionFile), `${JSON.stringify(description, undefined, 2)}\n`)
  } catch (cause) {
    throw cannotWrite(folder, cause)
  }
}

/** The weights of this moment in the safetensors format. */
export async function weightBytes(
  model: LayerStack,
  about: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  // All are asked for before any is awaited: a training that goes on meanwhile changes none of them.
  const asked = [...model.stateDict()].map(async ([name, tensor]): Promise<[string, StoredArray]> => {
    const { dtype, shape } = tensor
    return [name, { dtype, shape, data: await tensor.data() } as StoredArray]
  })
  return writeSafetensors({ tensors: new Map(await Promise.all(asked)), metadata: { format: 'pt', ...about } })
}

/**
 * Makes the folder for a model. Called before the training, so that a bad path does not show at its end.
 *
 * @throws DataError where that is not possible
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw cannotWrite(folder, cause)
  }
}

/** A file is written beside the old one and then takes its place, so that no half of it is ever there. */
function replace(path: string, content: string | Uint8Array): void {
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, content)
  renameSync(fresh, path)
}

function cannotWrite(folder: string, cause: unknown): DataError {
  return new DataError({
    what: `the model cannot be written to ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
    expected: 'a folder that may be written to',
    fix: 'choose another one with --out DIR',
    cause,
  })
}
