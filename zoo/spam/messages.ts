import { RandomStream } from 'neurite'
import { padSequences, smsSpam, TensorDataset } from 'neurite/data'
import type { SmsSpam } from 'neurite/data'
import { FeatureTable } from './features.ts'

/** Features of a message that are used; nine of ten messages have fewer. */
const longest = 120

export interface Messages {
  readonly table: FeatureTable
  readonly train: TensorDataset
  readonly test: TensorDataset
  readonly testTexts: readonly string[]
  /** How many of the collection's messages came a second time, and were left out. */
  readonly repeated: number
}

export interface MessageOptions {
  readonly seed: number
  readonly mirror?: string | undefined
  readonly signal?: AbortSignal
}

/** The collection in two parts: a fifth of each class is kept to test with. */
export async function loadMessages({ seed, mirror, signal }: MessageOptions): Promise<Messages> {
  const collection = await smsSpam({
    ...(mirror === undefined ? {} : { mirror }),
    ...(signal === undefined ? {} : { signal }),
  })
  const once = withoutRepetitions(collection.texts)
  const isTest = chooseTest(once, collection.labels, seed)
  const trainRows = once.filter((row) => !isTest.has(row))
  const testRows = once.filter((row) => isTest.has(row))
  const table = FeatureTable.learn(
    trainRows.map((row) => collection.texts[row]!),
    2,
  )
  return {
    table,
    train: dataset(collection, trainRows, table),
    test: dataset(collection, testRows, table),
    testTexts: testRows.map((row) => collection.texts[row]!),
    repeated: collection.texts.length - once.length,
  }
}

/** Chain letters come several times; in both parts they would make the test too easy. */
function withoutRepetitions(texts: readonly string[]): number[] {
  const seen = new Set<string>()
  return Array.from(texts.keys()).filter((row) => {
    const key = texts[row]!.toLowerCase().replaceAll(/\s+/g, ' ').trim()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A fifth of the rows of each class. */
function chooseTest(rows: readonly number[], labels: Int32Array, seed: number): Set<number> {
  const stream = new RandomStream(seed, 'spam-test')
  const chosen = new Set<number>()
  for (const label of [0, 1]) {
    const own = rows.filter((row) => labels[row] === label)
    for (const place of stream.permutation(own.length).subarray(0, Math.round(own.length / 5))) chosen.add(own[place]!)
  }
  return chosen
}

function dataset({ texts, labels, classNames }: SmsSpam, rows: readonly number[], table: FeatureTable): TensorDataset {
  const { data, length } = padSequences(
    rows.map((row) => table.encode(texts[row]!)),
    { length: longest },
  )
  return new TensorDataset({
    inputs: { data, shape: [length] },
    targets: { data: Int32Array.from(rows, (row) => labels[row]!), shape: [] },
    classNames,
  })
}
