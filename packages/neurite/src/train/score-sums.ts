import type { Scores } from './events.ts'
import { type Gathered, gatherInto, numbersOf, type ResolvedMetrics } from './metric-catalogue.ts'

/** The sum of losses, weighted by the number of examples, and what metrics have gathered. */
export class ScoreSums {
  examples = 0
  loss = 0
  gathered: Record<string, number[]> = {}
  private readonly metrics: ResolvedMetrics

  constructor(metrics: ResolvedMetrics) {
    this.metrics = metrics
  }

  add(size: number, loss: number, batch: Gathered): void {
    this.examples += size
    this.loss += loss * size
    gatherInto(this.metrics, this.gathered, batch, size)
  }

  /** Adds numbers that are sums over examples already. */
  addStep(size: number, loss: number, gathered: Gathered): void {
    this.examples += size
    this.loss += loss * size
    for (const name in gathered) {
      const own = gathered[name]!
      const before = this.gathered[name]
      if (before === undefined) this.gathered[name] = [...own]
      else if (this.metrics[name]!.gather === 'list') before.push(...own)
      else for (const [i, value] of own.entries()) before[i]! += value
    }
  }

  scores(): Scores {
    const { examples, loss, gathered } = this
    return asScores(loss / examples, numbersOf(this.metrics, gathered, examples))
  }
}

export function asScores(loss: number, metrics: Readonly<Record<string, number>>): Scores {
  const { accuracy } = metrics
  return accuracy === undefined ? { loss, metrics } : { loss, metrics, accuracy }
}
