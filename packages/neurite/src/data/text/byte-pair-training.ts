/** A piece of text that comes `count` times, as tokens. */
export interface Piece {
  tokens: number[]
  readonly count: number
}

// Two tokens as one key; vocabularies are far smaller.
const BASE = 1 << 24

/** Finds the pairs of tokens to merge, the most frequent first, and merges them in the pieces as it goes. */
export class PairCounter {
  private readonly pieces: readonly Piece[]
  private readonly counts = new Map<number, number>()
  /** In which pieces a pair may be. */
  private readonly places = new Map<number, Set<number>>()

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces
    for (let index = 0; index < pieces.length; index++) this.count(index, 1)
  }

  /** The pair that comes most often, at least twice; of equals the one with the smallest numbers. */
  mostFrequent(): readonly [number, number] | undefined {
    let best = -1
    let bestCount = 1
    for (const [pair, count] of this.counts) {
      if (count > bestCount || (count === bestCount && best >= 0 && pair < best)) {
        best = pair
        bestCount = count
      }
    }
    return best < 0 ? undefined : [Math.floor(best / BASE), best % BASE]
  }

  /** Replaces a pair by one token everywhere. */
  merge(first: number, second: number, merged: number): void {
    const pair = first * BASE + second
    for (const index of this.places.get(pair) ?? []) {
      this.count(index, -1)
      const piece = this.pieces[index]!
      piece.tokens = mergePair(piece.tokens, first, second, merged)
      this.count(index, 1)
    }
    this.places.delete(pair)
  }

  private count(index: number, sign: number): void {
    const { tokens, count } = this.pieces[index]!
    for (let i = 1; i < tokens.length; i++) {
      const pair = tokens[i - 1]! * BASE + tokens[i]!
      const total = (this.counts.get(pair) ?? 0) + sign * count
      if (total === 0) this.counts.delete(pair)
      else this.counts.set(pair, total)
      if (sign > 0) {
        const places = this.places.get(pair)
        if (places === undefined) this.places.set(pair, new Set([index]))
        else places.add(index)
      }
    }
  }
}

/** The tokens with each pair replaced, from the left. */
export function mergePair(tokens: readonly number[], first: number, second: number, merged: number): number[] {
  const result: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === first && tokens[i + 1] === second) {
      result.push(merged)
      i++
    } else {
      result.push(tokens[i]!)
    }
  }
  return result
}
