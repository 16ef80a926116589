import { manualSeed } from 'neurite'
import type { Findings, StudyContext, StudyRecipe } from '../../packages/cli/src/recipes/study.ts'
import { percent } from '../../packages/cli/src/terminal/text.ts'
import { blamePerStep } from './blame.ts'
import { FirstBitNetwork } from './network.ts'
import type { Kind } from './network.ts'
import { powersOfTen } from './plot.ts'
import { mostUpdates, tryToRemember } from './train.ts'
import type { Outcome, Trial } from './train.ts'

export const recipe: StudyRecipe = {
  kind: 'study',
  name: 'memory',
  summary: 'how long can a network remember? An RNN and an LSTM',
  data: { bits: { summary: 'random bits, of which the first is the answer after the last' } },
  epochs: 1,
  batchSize: 64,
  unit: 'sequences',
  study,
}

export const short = 20
export const long = 80
export const openGate = 4
const seedsEach = 4

/** The same four seeds for each network. */
export function trials(seed: number): Trial[] {
  const seeds = Array.from({ length: seedsEach }, (_, i) => seed + i)
  return [
    ...seeds.map((seed) => ({ kind: 'RNN', steps: short, seed }) as const),
    ...seeds.map((seed) => ({ kind: 'RNN', steps: long, seed }) as const),
    ...seeds.map((seed) => ({ kind: 'LSTM', steps: long, forgetBias: 1, seed }) as const),
    ...seeds.map((seed) => ({ kind: 'LSTM', steps: long, forgetBias: openGate, seed }) as const),
  ]
}

const nameOf = ({ kind, forgetBias }: { readonly kind: Kind; readonly forgetBias?: number }): string =>
  forgetBias === undefined ? kind : `${kind}, forget bias ${forgetBias}`

async function study({ seed, batchSize, signal, onTraining, say, columns }: StudyContext): Promise<Findings> {
  const outcomes: Outcome[] = []
  for (const trial of trials(seed)) {
    if (signal.aborted) break
    const outcome = await tryToRemember(trial, { batchSize, signal, onTraining })
    // An interrupted trial says nothing.
    if (signal.aborted && !outcome.solved) break
    outcomes.push(outcome)
    const { steps, updates, accuracy, solved } = outcome
    const verdict = solved ? `solved after ${updates} updates` : `not solved in ${mostUpdates} updates`
    say(
      `${nameOf(trial)}, ${steps} steps, seed ${trial.seed}: ${verdict} (${percent(accuracy)} of new sequences right)`,
    )
  }
  const blame = await blameOfFresh(seed)
  const titles = outcomes.map((outcome) => `${nameOf(outcome)}, ${outcome.steps} steps`)
  const curves = blame.map(({ name, values }, i) => ({ sign: '●○+'[i]!, name, values }))
  return {
    results: {
      trials: outcomes.map(({ model: _, ...rest }) => rest),
      gradientNorms: Object.fromEntries(blame.map(({ name, values }) => [name, values])),
    },
    lines: [
      'Solved',
      ...Array.from(new Set(titles), (name) => {
        const all = outcomes.filter((_, i) => titles[i] === name)
        const solved = all.filter((outcome) => outcome.solved)
        const updates = solved.map((outcome) => outcome.updates)
        const range = solved.length === 0 ? '' : ` in ${Math.min(...updates)} to ${Math.max(...updates)} updates`
        return `  ${name.padEnd(32)} ${solved.length} of ${all.length} seeds${range}`
      }),
      '',
      `Length of the gradient with respect to the state after each of ${long} steps, before any training`,
      '',
      ...powersOfTen(curves, columns),
      '',
      'First step against last:',
      ...blame.map(({ name, values }) => `  ${name.padEnd(22)} ${(values[0]! / values.at(-1)!).toExponential(1)}`),
    ],
    ...(outcomes.length === 0 ? {} : { model: outcomes.at(-1)!.model }),
  }
}

/** The blame per time step in networks that have not learned yet. */
export async function blameOfFresh(seed: number): Promise<{ name: string; values: number[] }[]> {
  const kinds = [{ kind: 'RNN' }, { kind: 'LSTM', forgetBias: 1 }, { kind: 'LSTM', forgetBias: openGate }] as const
  const found = []
  for (const how of kinds) {
    manualSeed(seed)
    const model = new FirstBitNetwork(how.kind, 'forgetBias' in how ? how.forgetBias : undefined)
    found.push({ name: nameOf(how), values: await blamePerStep(model, long, seed) })
  }
  return found
}
