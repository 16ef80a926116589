import { ArgumentError, NeuriteError } from 'neurite'
import colours from 'picocolors'
import { exitCodes } from './command-line/exit-codes.ts'
import { runCommandLine } from './command-line/program.ts'
import { listRecipes } from './commands/recipes.ts'
import { predict } from './commands/predict.ts'
import { train } from './commands/train.ts'

// `neurite ... | head` closes the pipe early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
})

const words = process.argv.slice(2)
try {
  process.exitCode = await runCommandLine(words, { train, predict, recipes: listRecipes })
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
