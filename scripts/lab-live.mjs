// What the lab's front page gets to see of a training: the one that is going on here, else the model that one has saved.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What `neurite` tells of a training under way.
 * @typedef {object} LiveRun
 * @property {string} folder where the model will lie
 * @property {boolean} isTraining
 * @property {() => Promise<object>} describe
 * @property {() => Promise<Uint8Array>} weights
 */

/** @typedef {{ type: string, body: string | Uint8Array }} Answer */

/**
 * Answers for `/live/run.json` and `/live/model.safetensors`; undefined where there is nothing to tell, and the built
 * lab's own `live/run.json` says so.
 * @param {{ folder: string, run?: () => LiveRun | undefined, isExpected?: () => boolean }} parts the folder of a saved
 * model, the training under way, and whether one is about to begin
 * @returns {(path: string) => Promise<Answer | undefined>}
 */
export function liveAnswers({ folder, run = () => undefined, isExpected = () => false }) {
  return async (path) => {
    const isDescription = path === '/live/run.json'
    if (!isDescription && path !== '/live/model.safetensors') return undefined
    const live = run()
    if (live?.isTraining === true) return isDescription ? json(await live.describe()) : bytes(await live.weights())
    if (live === undefined && isExpected()) return isDescription ? json({ ...HEAD, state: 'waiting' }) : undefined
    const saved = savedModel(live?.folder ?? folder)
    if (saved === undefined) return undefined
    return isDescription ? json(saved.description) : bytes(readFileSync(saved.weights))
  }
}

const HEAD = { format: 'neurite-live', formatVersion: 1 }

/** A saved model that reads digits. @param {string} folder */
function savedModel(folder) {
  const file = join(folder, 'model.json')
  if (!existsSync(file)) return undefined
  try {
    const { architecture, inputShape, preprocessing, training, metrics, weights } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    const path = join(folder, 'model.safetensors')
    if (preprocessing.kind !== 'digit' || weights !== 'model.safetensors' || !existsSync(path)) return undefined
    const { epochs, steps, batchSize } = training
    const { testAccuracy } = metrics
    const description = { ...HEAD, state: 'saved', architecture, inputShape, testAccuracy }
    return { weights: path, description: { ...description, epochs, step: steps, seen: steps * batchSize } }
  } catch {
    // A file that something else wrote: the page goes on without it, `neurite predict` says what is wrong with it.
    return undefined
  }
}

/** @param {object} value @returns {Answer} */
const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) })

/** @param {Uint8Array} body @returns {Answer} */
const bytes = (body) => ({ type: 'application/octet-stream', body })
