import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportState, init, manualSeed, threadsReady } from 'neurite'
import colours from 'picocolors'
import { libraryVersion } from '../model-file/description.ts'
import { descriptionFile, prepareFolder, weightsFile } from '../model-file/save.ts'
import type { Output } from '../output.ts'
import type { Findings, StudyData, StudyRecipe } from '../recipes/study.ts'
import { duration, thousands } from '../terminal/text.ts'
import { Interrupt, Interrupted } from './interrupt.ts'
import { createProgress } from './progress.ts'
import { curveSection, heading } from './report.ts'
import type { Settings } from './settings.ts'

/**
 * Runs a study and tells what it found. Gives undefined where Ctrl-C came before there was anything to keep.
 *
 * @throws DataError where data cannot be read or the model cannot be written
 */
export async function runStudy(
  recipe: StudyRecipe,
  settings: Settings<StudyData>,
  output: Output,
): Promise<Findings | undefined> {
  const { dataName, source, epochs, batchSize, seed, mode, threads, folder } = settings
  prepareFolder(folder)
  await init({ mode, widen: mode === 'fast', ...(threads === undefined ? {} : { threads }) })
  manualSeed(seed)
  await threadsReady()
  const progress = createProgress(output, recipe.unit)
  const losses: number[] = []
  const interrupt = new Interrupt(() => {
    progress.end()
    if (losses.length > 0)
      output.say('', 'Ctrl-C: ending the training, keeping what was learned. Once more quits at once.')
  })
  const told = { recipe: recipe.name, data: dataName, seed, mode, epochs, batchSize, library: libraryVersion() }
  output.say(heading(recipe.summary), `data: ${dataName}, ${source.summary}; seed ${seed}`, '')
  output.event('recipe', told)
  const begin = performance.now()
  try {
    const findings = await recipe.study({
      dataName,
      epochs,
      batchSize,
      seed,
      mirror: settings.mirror,
      signal: interrupt.signal,
      columns: output.columns,
      folder,
      onLoading: progress.loading,
      onTraining(event) {
        if (event.type === 'step') losses.push(event.loss)
        progress.training(event)
      },
      say(...lines) {
        progress.end()
        output.say(...lines)
      },
    })
    progress.end()
    if (interrupt.happened && losses.length === 0) return undefined
    const seconds = Number(((performance.now() - begin) / 1000).toFixed(2))
    const training = { ...told, steps: losses.length, seconds, interrupted: interrupt.happened }
    output.say(
      '',
      `${interrupt.happened ? 'Ended early' : 'Done'}: ${thousands(losses.length)} steps, ${duration(seconds)} in all`,
      '',
      ...curveSection(losses, output.columns),
      ...findings.lines,
      '',
    )
    const saved = await save(folder, findings, training)
    if (saved !== undefined)
      output.say(`${heading('Saved')}   ${colours.cyan(saved.weights)}, ${colours.cyan(saved.description)}`)
    output.event('result', { ...training, ...findings.results, ...(saved === undefined ? {} : { saved }) })
    return findings
  } catch (error) {
    if (error instanceof Interrupted || (interrupt.happened && error === interrupt.signal.reason)) return undefined
    throw error
  } finally {
    progress.end()
    interrupt.release()
  }
}

/** Writes the weights, and all that is known about them. */
async function save(folder: string, { model, results, description }: Findings, training: object) {
  if (model === undefined) return undefined
  const saved = { weights: join(folder, weightsFile), description: join(folder, descriptionFile) }
  const content = { format: 'neurite-study', formatVersion: 1, weights: weightsFile, ...description, training, results }
  mkdirSync(folder, { recursive: true })
  writeFileSync(saved.weights, await exportState(model))
  writeFileSync(saved.description, `${JSON.stringify(content, undefined, 2)}\n`)
  return saved
}
