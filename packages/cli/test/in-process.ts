import type { Output } from '../src/output.ts'
import type { NetworkRecipe } from '../src/recipes/recipe.ts'
import type { Findings, StudyRecipe } from '../src/recipes/study.ts'
import { runTraining } from '../src/training/run.ts'
import type { Trained } from '../src/training/run.ts'
import { settingsFor } from '../src/training/settings.ts'
import { runStudy } from '../src/training/study.ts'
import type { TrainFlags } from '../src/command-line/program.ts'
import { temporaryFolder } from './support.ts'

/** Tests run side by side: more threads would only be in each other's way, and they change no bit. */
const threads = 1

const silent: Output = { isJson: false, isLive: false, columns: 80, say: () => {}, event: () => {} }

/** Trains a recipe as the command does, without a word. */
export async function trainQuietly(
  recipe: NetworkRecipe,
  flags: TrainFlags = {},
): Promise<Trained & { folder: string }> {
  const folder = flags.out ?? temporaryFolder()
  const trained = await runTraining(recipe, settingsFor(recipe, { threads, ...flags, out: folder }), silent)
  if (trained === undefined) throw new Error('the training was interrupted')
  return { ...trained, folder }
}

/** Runs a study as the command does, without a word. */
export async function studyQuietly(
  recipe: StudyRecipe,
  flags: TrainFlags = {},
): Promise<Findings & { folder: string }> {
  const folder = flags.out ?? temporaryFolder()
  const findings = await runStudy(recipe, settingsFor(recipe, { threads, ...flags, out: folder }), silent)
  if (findings === undefined) throw new Error('the study was interrupted')
  return { ...findings, folder }
}
