import type { Scores } from './events.ts'

/** Sums of losses and metrics, weighted by the number of examples. */
export class ScoreSums {
  examples: number
  loss: number
  readonly metrics: Record<string, number>

  constructor(examples = 0, loss = 0, metrics: Readonly<Record<string, number>> = {}) {
    this.examples = examples
    this.loss = loss
    this.metrics = { ...metrics }
  }

  add(size: number, loss: number, metrics: Readonly<Record<string, number>>): void {
    this.examples += size
    this.loss += loss * size
    for (const name in metrics) this.metrics[name] = (this.metrics[name] ?? 0) + metrics[name]! * size
  }

  scores(): Scores {
    const metrics: Record<string, number> = {}
    for (const name in this.metrics) metrics[name] = this.metrics[name]! / this.examples
    return asScores(this.loss / this.examples, metrics)
  }
}

export function asScores(loss: number, metrics: Readonly<Record<string, number>>): Scores {
  const { accuracy } = metrics
  return accuracy === undefined ? { loss, metrics } : { loss, metrics, accuracy }
}
