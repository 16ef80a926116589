/**
 * What a message is made of for the filter: its words in small letters, pairs of neighbours, its other signs, how long it
 * is, and how many of its words are in capitals. Numbers are told by their length alone, since numbers to call and prizes
 * to win differ in their digits.
 */
export function features(message: string): string[] {
  const shaped = message.toLowerCase().replaceAll(/\d+/g, (digits) => ` #${digits.length} `)
  const words = shaped.match(/#\d+|\p{L}+(?:['’]\p{L}+)*|[^\s\p{L}]/gu) ?? []
  const pairs = words.slice(1).map((word, i) => `${words[i]!} ${word}`)
  const shouted = message.match(/\p{Lu}{3,}/gu)?.length ?? 0
  return [
    ...words,
    ...pairs,
    `length ${Math.min(8, Math.floor(message.length / 20))}`,
    `shouted ${Math.min(shouted, 4)}`,
  ]
}

/** The number of what no message had that was learned from; 0 stands for no word at all. */
const unknown = 1

/** The features of messages as numbers. */
export class FeatureTable {
  /** Feature number 2 and following. */
  readonly names: readonly string[]
  private readonly numbers: ReadonlyMap<string, number>

  constructor(names: readonly string[]) {
    this.names = names
    this.numbers = new Map(names.map((name, index) => [name, index + unknown + 1]))
  }

  /** Keeps those features that at least `minimum` of the messages have. */
  static learn(messages: readonly string[], minimum: number): FeatureTable {
    const counts = new Map<string, number>()
    for (const message of messages) {
      for (const feature of new Set(features(message))) counts.set(feature, (counts.get(feature) ?? 0) + 1)
    }
    return new FeatureTable(Array.from(counts).flatMap(([feature, count]) => (count >= minimum ? [feature] : [])))
  }

  get size(): number {
    return this.names.length + unknown + 1
  }

  /** Each feature once. */
  encode(message: string): number[] {
    return Array.from(new Set(features(message)), (feature) => this.numbers.get(feature) ?? unknown)
  }
}
