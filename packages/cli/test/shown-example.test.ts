import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSafetensors } from 'neurite/formats'
import { digits } from 'neurite/data'
import { expect, test } from 'vitest'
import { recipe } from '../../../zoo/digits/recipe.ts'
import type { Output } from '../src/output.ts'
import type { NetworkRecipe } from '../src/recipes/recipe.ts'
import type { LiveDescription, LiveRun } from '../src/training/live-run.ts'
import { runTraining } from '../src/training/run.ts'
import { settingsFor } from '../src/training/settings.ts'
import { temporaryFolder } from './support.ts'

/** The recipe of `npm start` with a hundredth of its digits. */
const small: NetworkRecipe = {
  ...recipe,
  data: {
    generated: { summary: 'few digits', accuracy: 0, load: ({ seed }) => digits({ train: 600, test: 50, seed }) },
  },
  validation: 0.1,
}

interface Heard {
  readonly lines: string[]
  readonly events: Record<string, unknown>[]
}

async function trainHere(show?: (run: LiveRun) => void): Promise<Heard & { folder: string; trained: Trained }> {
  const heard: Heard = { lines: [], events: [] }
  const output: Output = {
    isJson: false,
    isLive: false,
    columns: 80,
    say: (...lines) => void heard.lines.push(...lines.join('\n').split('\n')),
    event: (event, fields) => void heard.events.push({ event, ...fields }),
  }
  const folder = temporaryFolder()
  const settings = settingsFor(small, { epochs: 4, batch: 20, threads: 1, out: folder })
  const trained = await runTraining(small, settings, output, show && { show, note: '', farewell: '' })
  return { ...heard, folder, trained: trained! }
}

type Trained = NonNullable<Awaited<ReturnType<typeof runTraining>>>

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('one digit is drawn with what the untrained network says, and asked about again after each epoch', async () => {
  const { lines, events, trained } = await trainHere()
  const text = lines.join('\n')
  expect(text.match(/[░▒▓█▀▄]/g)!.length).toBeGreaterThan(40)
  expect(text).toMatch(/It is 0; the network says \d \(\d+\.\d %\)\. It knows nothing yet: this is chance\./)
  const again = lines.filter((line) => /^ {12}asked again, it says \d \(/.test(line))
  expect(again).toHaveLength(4)
  // The answer stands below the line of its epoch.
  expect(lines.indexOf(again[1]!)).toBe(lines.findIndex((line) => line.startsWith('epoch 2/4   ')) + 1)
  const guesses = events.filter(({ event }) => event === 'guess')
  expect(guesses.map(({ epoch, actual }) => [epoch, actual])).toEqual([0, 1, 2, 3, 4].map((epoch) => [epoch, '0']))
  const probabilities = guesses.map((guess) => Object.values(guess['probabilities'] as Record<string, number>))
  for (const shares of probabilities) expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
  // An untrained network spreads its trust, a trained one does not.
  expect(Math.max(...probabilities[0]!)).toBeLessThan(0.3)
  expect(probabilities[4]![0]).toBeGreaterThan(0.6)
  for (let i = 1; i < 5; i++) expect(probabilities[i]).not.toEqual(probabilities[i - 1])
  // The last answer is that of the network that was saved.
  for (const [i, share] of probabilities[4]!.entries())
    expect(share).toBeCloseTo(trained.predictions.probabilities[i]!, 5)
})

test('a training can be looked into while it goes on: other weights each time, and no other result', async () => {
  const undisturbed = await trainHere()
  let training: ReturnType<typeof trainHere> | undefined
  const run = await new Promise<LiveRun>((resolve) => {
    training = trainHere(resolve)
  })
  const seen: { description: LiveDescription; weights: Buffer }[] = []
  while (run.isTraining && seen.length < 5) {
    const [description, bytes] = await Promise.all([run.describe(), run.weights()])
    seen.push({ description, weights: Buffer.from(bytes) })
    await pause(30)
  }
  const { folder } = await training!
  expect(run.isTraining).toBe(false)
  expect(run.folder).toBe(folder)
  expect(seen.length).toBeGreaterThanOrEqual(3)
  const [first, last] = [seen[0]!, seen.at(-1)!]
  expect(first.description).toMatchObject({
    format: 'neurite-live',
    state: 'training',
    epochs: 4,
    inputShape: [1, 28, 28],
  })
  expect(first.description.architecture.map(({ type }) => type)).toEqual([
    'Flatten',
    'Linear',
    'ReLU',
    'Linear',
    'ReLU',
    'Linear',
  ])
  expect(first.description.example.pixels).toHaveLength(784)
  expect(last.description.step).toBeGreaterThan(first.description.step)
  expect(last.description.seen).toBe(last.description.step * 20)
  expect(last.weights.equals(first.weights)).toBe(false)
  expect([...readSafetensors(last.weights).tensors.keys()]).toEqual([...readSafetensors(first.weights).tensors.keys()])
  const saved = (of: string): Buffer => readFileSync(join(of, 'model.safetensors'))
  expect(saved(folder).equals(saved(undisturbed.folder))).toBe(true)
})
