import { ArgumentError, NeuriteError } from 'neurite'
import colours from 'picocolors'
import { exitCodes } from './command-line/exit-codes.ts'
import { runCommandLine } from './command-line/program.ts'
import type { TrainFlags } from './command-line/program.ts'
import { listRecipes } from './commands/recipes.ts'
import { predict } from './commands/predict.ts'
import { train } from './commands/train.ts'
import type { Audience } from './training/live-run.ts'

/**
 * Runs the command that the words name, and sets the exit code of the process.
 *
 * @param audience hears of the trainings that begin, and may look into them
 */
export async function neurite(words: readonly string[], audience?: Audience): Promise<void> {
  // `neurite ... | head` closes the pipe early; that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done)
    throw error
  })
  try {
    const actions = { train: (recipe: string, flags: TrainFlags) => train(recipe, flags, audience), predict }
    process.exitCode = await runCommandLine(words, { ...actions, recipes: listRecipes })
  } catch (error) {
    if (!(error instanceof NeuriteError)) throw error
    const [what, ...rest] = error.message.split('\n')
    process.stderr.write(`${colours.red('error:')} ${[what, ...rest].join('\n')}\n`)
    if (words.includes('--json')) {
      const { name, what, expected, fix } = error
      process.stdout.write(`${JSON.stringify({ event: 'error', name, what, expected, fix })}\n`)
    }
    process.exitCode = error instanceof ArgumentError ? exitCodes.usage : exitCodes.failed
  }
}
