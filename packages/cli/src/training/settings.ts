import { ArgumentError } from 'neurite'
import type { TrainFlags } from '../command-line/program.ts'
import { choose } from '../command-line/choices.ts'
import type { DataSource } from '../recipes/recipe.ts'

/** Everything that decides a training beside the recipe. */
export interface Settings<Source = DataSource> {
  readonly dataName: string
  readonly source: Source
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  readonly mode: 'reproducible' | 'fast'
  readonly threads: number | undefined
  readonly mirror: string | undefined
  /** Folder for the trained model. */
  readonly folder: string
}

/** How often all data are gone through, and with how many examples at a time. */
interface Counts {
  readonly epochs?: number
  readonly batchSize?: number
}

/** What both kinds of recipe that train have in common. */
interface Counted<Source extends Counts> extends Required<Counts> {
  readonly name: string
  readonly data: Readonly<Record<string, Source>>
}

/**
 * The settings of a training: those of the command line, and the recipe's where it names none.
 *
 * @throws ArgumentError for a mode or data that do not exist
 */
export function settingsFor<Source extends Counts>(recipe: Counted<Source>, flags: TrainFlags): Settings<Source> {
  const usual = Object.keys(recipe.data)[0]!
  const dataName = flags.data ?? usual
  const source = choose(`data for '${recipe.name}' called`, dataName, recipe.data)
  return {
    dataName,
    source,
    epochs: flags.epochs ?? source.epochs ?? recipe.epochs,
    batchSize: flags.batch ?? source.batchSize ?? recipe.batchSize,
    seed: flags.seed ?? 0,
    mode: choose('mode', flags.mode ?? 'reproducible', { reproducible: 'reproducible', fast: 'fast' } as const),
    threads: flags.threads,
    mirror: flags.mirror,
    folder: flags.out ?? (dataName === usual ? `runs/${recipe.name}` : `runs/${recipe.name}-${dataName}`),
  }
}

/** Throws ArgumentError for flags that mean nothing where no network is trained. */
export function requireNoTrainingFlags(recipe: string, flags: TrainFlags): void {
  const given = (['epochs', 'batch', 'threads', 'mode', 'out', 'mirror'] as const).find(
    (name) => flags[name] !== undefined,
  )
  if (given === undefined) return
  throw new ArgumentError({
    what: `'${recipe}' does not take --${given}: it trains no network`,
    expected: '--data, --seed or --json',
    fix: `leave out --${given}`,
  })
}
