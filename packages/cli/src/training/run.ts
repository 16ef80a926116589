import { crossEntropy, fit, init, manualSeed, threadsReady } from 'neurite'
import { DataLoader } from 'neurite/data'
import type { TensorDataset, TrainAndTest } from 'neurite/data'
import { describeNetwork, sketch } from '../model-file/architecture.ts'
import { libraryVersion } from '../model-file/description.ts'
import type { ModelDescription } from '../model-file/description.ts'
import { prepareFolder, saveModel, weightsFile } from '../model-file/save.ts'
import type { Output } from '../output.ts'
import type { Course, LayerStack, NetworkRecipe } from '../recipes/recipe.ts'
import { thousands } from '../terminal/text.ts'
import { Interrupt, Interrupted } from './interrupt.ts'
import { liveRun } from './live-run.ts'
import type { Audience, Place } from './live-run.ts'
import { predictAll } from './predictions.ts'
import type { Predictions } from './predictions.ts'
import { createProgress } from './progress.ts'
import type { Settings } from './settings.ts'
import { ShownExample } from './shown-example.ts'

/** A finished training, or one that was ended early after it had learned something. */
export interface Trained {
  readonly model: LayerStack
  readonly data: TrainAndTest
  readonly predictions: Predictions
  readonly description: ModelDescription
  /** The loss of every step. */
  readonly losses: readonly number[]
}

/**
 * Loads the data, trains, tests and saves. Gives undefined where Ctrl-C came before there was anything to keep.
 */
export async function runTraining(
  recipe: NetworkRecipe,
  settings: Settings,
  output: Output,
  audience?: Audience,
): Promise<Trained | undefined> {
  const { epochs, batchSize, seed, mode, threads, folder } = settings
  prepareFolder(folder)
  await init({ mode, widen: mode === 'fast', ...(threads === undefined ? {} : { threads }) })
  manualSeed(seed)
  // The threads start while the data are made.
  const threadsAreReady = threadsReady()
  const progress = createProgress(output, recipe.preprocessing.kind === 'points' ? 'points' : 'images')
  const place: Place = { epoch: 1, step: 0, isTraining: true }
  const interrupt = new Interrupt(() => {
    progress.end()
    if (place.step > 0)
      output.say('', 'Ctrl-C: ending the training, keeping what was learned. Once more quits at once.')
  })
  const { signal } = interrupt
  try {
    const data = await settings.source.load({ seed, signal, mirror: settings.mirror, onProgress: progress.loading })
    // Waiting gives the signal its time as well, which data that are made at a stretch leave it not.
    await threadsAreReady
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
    progress.end()
    // What the data ask for comes before what the recipe says.
    const course: Course = { ...recipe, ...settings.source }
    const model = course.model(data)
    const { train, validation } = divide(data, recipe, seed)
    const stepsPerEpoch = Math.ceil(train.length / batchSize)
    const architecture = describeNetwork(model)
    introduce(recipe, settings, model, data, stepsPerEpoch, output)
    const example = recipe.preprocessing.kind === 'points' ? undefined : new ShownExample(model, data.test)
    await example?.introduce(output)
    if (example !== undefined) {
      const { inputShape } = data.test
      audience?.show(liveRun({ model, example, architecture, inputShape, epochs, batchSize, folder }, place))
    }
    const optimizer = course.optimizer(model)
    const schedule = course.schedule?.(optimizer, epochs * stepsPerEpoch)
    const losses: number[] = []
    const training = fit(model, inBatches(train, batchSize, seed, course), {
      loss: crossEntropy,
      optimizer,
      epochs,
      signal,
      ...(schedule === undefined ? {} : { schedule }),
      ...(validation === undefined ? {} : { validation }),
      onEvent: (event) => {
        if (event.type === 'step') {
          losses.push(event.loss)
          place.step = event.step
          place.epoch = event.epoch
        }
        progress.training(event)
        // Only the end of an epoch is waited for: a promise for each step would cost small networks much.
        if (event.type !== 'epoch' || example === undefined) return undefined
        return example.askAgain(event.epoch, output).then((line) => progress.note(event, line))
      },
    })
    const { seconds, history } = await training
    progress.end()
    if (place.step === 0) return undefined
    const predictions = await predictAll(model, data.test)
    const description: ModelDescription = {
      format: 'neurite-model',
      formatVersion: 1,
      library: libraryVersion(),
      recipe: recipe.name,
      weights: weightsFile,
      architecture,
      inputShape: data.test.inputShape,
      classNames: data.test.classNames ?? [],
      preprocessing: recipe.preprocessing,
      training: {
        data: settings.dataName,
        seed,
        epochs: history.length,
        batchSize,
        steps: place.step,
        seconds: Number(seconds.toFixed(2)),
        mode,
        interrupted: interrupt.happened,
      },
      metrics: {
        testAccuracy: predictions.accuracy,
        testLoss: predictions.loss,
        testExamples: data.test.length,
      },
    }
    await saveModel(folder, model, description)
    return { model, data, predictions, description, losses }
  } catch (error) {
    if (error instanceof Interrupted || (interrupt.happened && error === signal.reason)) return undefined
    throw error
  } finally {
    place.isTraining = false
    progress.end()
    interrupt.release()
  }
}

/** Keeps back a part of the training data to validate with, where the recipe asks for it. */
function divide({ train }: TrainAndTest, { validation }: NetworkRecipe, seed: number) {
  return validation === undefined ? { train, validation } : train.split({ validation, seed })
}

/** The training data in another order in each epoch, and changed where the course asks for it. */
function inBatches(train: TensorDataset, batchSize: number, seed: number, { augment }: Course): DataLoader {
  return new DataLoader(train, { batchSize, seed, shuffle: true, ...(augment === undefined ? {} : { augment }) })
}

function introduce(
  recipe: NetworkRecipe,
  { dataName, source, epochs, batchSize, seed, mode }: Settings,
  model: LayerStack,
  { train, test }: TrainAndTest,
  stepsPerEpoch: number,
  output: Output,
): void {
  const parameters = model.parameters().reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const layers = describeNetwork(model)
  output.say(
    `Data      ${dataName}: ${source.summary}`,
    `          ${thousands(train.length)} to learn from, ${thousands(test.length)} others to test with`,
    `Network   ${sketch(layers, test.inputShape)}`,
    `          ${thousands(parameters)} numbers to learn, random at the start (seed ${seed})`,
    `Training  ${epochs} epochs of ${thousands(stepsPerEpoch)} steps with ${batchSize} examples each${mode === 'fast' ? ', fast mode' : ''}`,
    '          Ctrl-C ends it and keeps what was learned',
    '',
  )
  output.event('recipe', {
    recipe: recipe.name,
    data: dataName,
    seed,
    mode,
    trainExamples: train.length,
    testExamples: test.length,
    architecture: layers,
    parameters,
    library: libraryVersion(),
  })
}
