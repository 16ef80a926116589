import { join } from 'node:path'
import colours from 'picocolors'
import { choose } from '../command-line/choices.ts'
import { exitCodes } from '../command-line/exit-codes.ts'
import type { TrainFlags } from '../command-line/program.ts'
import { descriptionFile, weightsFile } from '../model-file/save.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { writeExample } from '../pictures/write-example.ts'
import { recipes } from '../recipes/index.ts'
import type { NetworkRecipe, StoryRecipe } from '../recipes/recipe.ts'
import { countConfusion } from '../terminal/confusion-matrix.ts'
import { duration, thousands } from '../terminal/text.ts'
import type { Audience } from '../training/live-run.ts'
import { askWhatNext } from '../training/menu.ts'
import { curveSection, heading, mistakesSection, planeSection, testSection } from '../training/report.ts'
import { runTraining } from '../training/run.ts'
import type { Trained } from '../training/run.ts'
import { requireNoTrainingFlags, settingsFor } from '../training/settings.ts'
import type { Settings } from '../training/settings.ts'
import { runStudy } from '../training/study.ts'

/** `neurite train RECIPE`; the audience hears of each training of a network. */
export async function train(name: string, flags: TrainFlags, audience?: Audience): Promise<number> {
  const recipe = choose('recipe', name, recipes)
  const output = createOutput(flags.json === true)
  if (recipe.kind === 'story') return tellStory(recipe, flags, output)
  if (recipe.kind === 'study') {
    const findings = await runStudy(recipe, settingsFor(recipe, flags), output)
    return findings === undefined ? nothingLearned(output) : exitCodes.done
  }
  let settings = settingsFor(recipe, flags)
  const isInteractive = output.isLive && process.stdin.isTTY && flags.once !== true
  for (;;) {
    const trained = await runTraining(recipe, settings, output, audience)
    if (trained === undefined) return nothingLearned(output)
    await report(recipe, settings, trained, output)
    // Whoever ended the training early wants to leave.
    const isLeaving = !isInteractive || trained.description.training.interrupted
    if (isLeaving || (await askWhatNext(trained, output, audience?.note)) === 'quit') {
      if (audience !== undefined) output.say('', audience.farewell)
      return exitCodes.done
    }
    settings = { ...settings, seed: settings.seed + 1 }
    output.say('', heading(`Again, with seed ${settings.seed}`), '')
  }
}

function nothingLearned(output: Output): number {
  output.say('', 'Ended before anything was learned; nothing was saved.')
  output.event('result', { interrupted: true })
  return exitCodes.interrupted
}

async function tellStory(recipe: StoryRecipe, flags: TrainFlags, output: Output): Promise<number> {
  requireNoTrainingFlags(recipe.name, flags)
  const data = flags.data ?? Object.keys(recipe.data)[0]!
  choose(`data for '${recipe.name}' called`, data, recipe.data)
  await recipe.tell({ data, seed: flags.seed ?? 0, output })
  return exitCodes.done
}

/** Shows what was learned, and says where the model lies. */
async function report(recipe: NetworkRecipe, settings: Settings, trained: Trained, output: Output): Promise<void> {
  const { folder } = settings
  const { model, data, predictions, description, losses } = trained
  const { steps, seconds, interrupted } = description.training
  const { columns } = output
  output.say(
    '',
    `${interrupted ? 'Ended early' : 'Trained'}: ${thousands(steps)} steps in ${duration(seconds)}`,
    '',
    ...curveSection(losses, columns),
    ...testSection(predictions, description.classNames),
  )
  if (recipe.preprocessing.kind === 'points') output.say(...(await planeSection(recipe, model, data)))
  else output.say(...mistakesSection(data.test, predictions, columns).lines)
  const insight = await recipe.insight?.(model, settings.seed)
  if (insight !== undefined) {
    output.say(`${heading(insight.title)}  (${insight.about})`, ...insight.lines, '')
    output.event('insight', insight.event)
  }
  const saved = { folder, weights: join(folder, weightsFile), description: join(folder, descriptionFile) }
  output.say(
    `${heading('Saved')}   ${colours.cyan(saved.weights)}  (the weights)`,
    `        ${colours.cyan(saved.description.padEnd(saved.weights.length))}  (everything else)`,
  )
  if (recipe.preprocessing.kind !== 'points') {
    const example = writeExample(folder, data.test)
    output.say(
      `${heading('Try it')}  npx neurite predict ${folder} ${example}`,
      '        or a PNG picture of your own, any size',
    )
  }
  output.event('result', {
    recipe: recipe.name,
    ...description.training,
    ...description.metrics,
    confusion: countConfusion(predictions.actual, predictions.predicted, predictions.classes),
    saved,
  })
}
