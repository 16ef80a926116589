import { Command, CommanderError } from 'commander'
import { ArgumentError } from 'neurite'
import { libraryVersion } from '../model-file/description.ts'
import { recipes } from '../recipes/index.ts'
import { wholeNumber } from './numbers.ts'

export interface TrainFlags {
  readonly data?: string
  readonly epochs?: number
  readonly batch?: number
  readonly seed?: number
  readonly threads?: number
  readonly mode?: string
  readonly out?: string
  readonly mirror?: string
  readonly json?: boolean
  readonly once?: boolean
}

export interface PredictFlags {
  readonly json?: boolean
  readonly threads?: number
}

/** What the commands do; each gives the exit code. */
export interface Actions {
  readonly train: (recipe: string, flags: TrainFlags) => Promise<number>
  readonly predict: (model: string, files: readonly string[], flags: PredictFlags) => Promise<number>
  readonly recipes: () => number
}

const examples = `
Examples:
  neurite train digits                    learn to read handwritten digits
  neurite train digits --data mnist       the same with the real MNIST
  neurite predict runs/digits seven.png   which digit is in the picture?
  neurite train mlp --data spirals        two spirals, and a network that tells them apart
  neurite train perceptron --data xor     why one line is not enough`

/** Reads the words of the command line and runs the command that they name. */
export async function runCommandLine(words: readonly string[], actions: Actions): Promise<number> {
  let code = 0
  const program = new Command('neurite')
    .description('Trains neural networks, and predicts with them, from the terminal.')
    .version(libraryVersion(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', examples)
    .exitOverride()
    // Errors are told by main.ts, in three parts.
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
  program
    .command('train')
    .summary('train a network')
    .description(
      `Trains a network and shows what it learned.\n\nRecipes: ${Object.keys(recipes).join(', ')} (see 'neurite recipes').`,
    )
    .argument('<recipe>', 'what to train')
    .option('--data <name>', 'which data to train with')
    .option('--epochs <n>', "passes over the data (default: the recipe's)", wholeNumber('--epochs', 1))
    .option('--batch <n>', "examples per step (default: the recipe's)", wholeNumber('--batch', 1))
    .option(
      '--seed <n>',
      'another seed gives other weights and other data (default: 0)',
      wholeNumber('--seed', 0, 2_147_483_647),
    )
    .option(
      '--threads <n>',
      'threads to compute with (default: as many as the machine has cores)',
      wholeNumber('--threads', 1, 256),
    )
    .option(
      '--mode <mode>',
      "'reproducible': the same bits everywhere; 'fast': what the machine does best (default: reproducible)",
    )
    .option('--out <dir>', 'folder for the trained model (default: runs/RECIPE)')
    .option('--mirror <place>', 'folder or address that holds the files of the data')
    .option('--json', 'one JSON object per line instead of text')
    .option('--once', 'end when the training has ended')
    .action(async (recipe: string, flags: TrainFlags) => void (code = await actions.train(recipe, flags)))
  program
    .command('predict')
    .summary('classify pictures')
    .description('Classifies PNG pictures with a trained model.')
    .argument('<model>', 'folder of the model, such as runs/digits, or its model.json')
    .argument('<file...>', 'pictures in the PNG format')
    .option('--json', 'one JSON object per line instead of text')
    .option('--threads <n>', 'threads to compute with', wholeNumber('--threads', 1, 256))
    .action(
      async (model: string, files: string[], flags: PredictFlags) =>
        void (code = await actions.predict(model, files, flags)),
    )
  program
    .command('recipes')
    .summary('list what can be trained')
    .description('Lists what can be trained, and with which data.')
    .action(() => void (code = actions.recipes()))
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} })
    command.helpOption('-h, --help', 'show this help')
  }
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    throw usageError(program, words, error)
  }
  return code
}

/** What the parser says, in the three parts of our errors. */
function usageError(program: Command, words: readonly string[], error: CommanderError): ArgumentError {
  const command = program.commands.find((each) => each.name() === words[0])
  const name = command === undefined ? 'neurite' : `neurite ${command.name()}`
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const guess = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(rest.join(' '))?.[1]
  const expected: Record<string, string> = {
    'commander.unknownOption': `one of ${(command ?? program).options.map((option) => option.long).join(', ')}`,
    'commander.unknownCommand': `one of ${program.commands.map((each) => each.name()).join(', ')}`,
  }
  const usage =
    command === undefined ? 'neurite train RECIPE, neurite predict MODEL FILE...' : `${name} ${command.usage()}`
  return new ArgumentError({
    what: `${name}: ${first.replace(/\.$/, '')}`,
    expected: expected[error.code] ?? usage,
    fix: guess === undefined ? `'${name} --help' shows all that is possible` : `did you mean ${guess}?`,
  })
}
