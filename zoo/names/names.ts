import { RandomStream } from 'neurite'
import { CharacterVocabulary, names, nextTokenDataset } from 'neurite/data'
import type { TensorDataset } from 'neurite/data'

export interface NamesOptions {
  readonly seed: number
  readonly mirror?: string | undefined
  readonly signal?: AbortSignal
}

export interface Names {
  readonly all: readonly string[]
  readonly vocabulary: CharacterVocabulary
  /** Stands before the first letter and behind the last. */
  readonly border: number
  readonly train: TensorDataset
  /** A tenth of the names. */
  readonly validation: TensorDataset
  /** The same as texts. */
  readonly validationNames: readonly string[]
}

export async function loadNames({ seed, mirror, signal }: NamesOptions): Promise<Names> {
  const all = await names({ ...(mirror === undefined ? {} : { mirror }), ...(signal === undefined ? {} : { signal }) })
  const vocabulary = CharacterVocabulary.build(all, { specials: ['.'] })
  const border = vocabulary.indexOf('.')
  const order = new RandomStream(seed, 'names').permutation(all.length)
  const count = Math.round(all.length / 10)
  const part = (places: Int32Array): string[] => Array.from(places, (place) => all[place]!)
  const dataset = (texts: readonly string[]): TensorDataset =>
    nextTokenDataset(
      texts.map((name) => vocabulary.encode(name)),
      { start: border },
    )
  const validationNames = part(order.subarray(0, count))
  return {
    all,
    vocabulary,
    border,
    train: dataset(part(order.subarray(count))),
    validation: dataset(validationNames),
    validationNames,
  }
}

/**
 * Whether a name can be said: it has a vowel, and every three letters in a row (with its beginning and its end) come in
 * at least ten real names.
 */
export function pronounceable(real: readonly string[]): (name: string) => boolean {
  const counts = new Map<string, number>()
  for (const name of real) {
    for (const three of new Set(threes(name))) counts.set(three, (counts.get(three) ?? 0) + 1)
  }
  return (name) => /[aeiouy]/.test(name) && threes(name).every((three) => (counts.get(three) ?? 0) >= 10)
}

function threes(name: string): string[] {
  const whole = `.${name}.`
  return Array.from({ length: whole.length - 2 }, (_, i) => whole.slice(i, i + 3))
}
