import { DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/index.ts'
import type { Module, Network } from '../nn/index.ts'
import { requireKnownOptions } from '../nn/options.ts'
import { compile, noGrad, type Tensor } from '../tensor/index.ts'
import { batchTensors, numberOf } from './batches.ts'
import { isLoader, requireData, requireLoss } from './checks.ts'
import type { EvaluateOptions, Loss } from './evaluate.ts'
import type { Scores } from './events.ts'
import { type Gathered, measure, resolveMetrics, type ResolvedMetrics } from './metric-catalogue.ts'
import { Slices } from '../data/pause.ts'
import { ScoreSums } from './score-sums.ts'

/** A program that scores batches, and its metrics. */
export interface Scorer {
  readonly metrics: ResolvedMetrics
  score(x: Tensor, y: Tensor): { readonly loss: Tensor; readonly metrics: Readonly<Record<string, Tensor>> }
  free(): void
}

/** What `evaluate` promises. */
export async function score(model: Network, data: Dataset | DataLoader, options: EvaluateOptions): Promise<Scores> {
  requireKnownOptions('evaluate', options, ['loss', 'metrics', 'batchSize'])
  requireData('evaluate', data)
  requireLoss('evaluate', options.loss)
  const loader = loaderOf(data, options.batchSize)
  const scorer = makeScorer(model, options.loss, resolveMetrics(options.metrics, loader.dataset))
  try {
    return await scoreAll(model, loader, scorer)
  } finally {
    scorer.free()
  }
}

/** Batches of a dataset in its own order; a loader is taken as it is. */
export function loaderOf(data: Dataset | DataLoader, batchSize = 256): DataLoader {
  return isLoader(data) ? data : new DataLoader(data, { batchSize })
}

export function makeScorer(model: Network, loss: Loss, metrics: ResolvedMetrics): Scorer {
  const program = compile((x: Tensor, y: Tensor) => {
    const output = model.forward(x)
    return { loss: loss(output, y), metrics: measure(metrics, output, y) }
  })
  return { metrics, score: (x, y) => noGrad(() => program(x, y)), free: () => program.free() }
}

/** Runs over all data from the start, in evaluation mode. */
export async function scoreAll(model: Module, loader: DataLoader, scorer: Scorer): Promise<Scores> {
  const sums = new ScoreSums(scorer.metrics)
  await inEvaluation(model, async () => {
    const slices = new Slices()
    loader.restore({ epoch: 0, position: 0 })
    for (const batch of loader) {
      const { loss, metrics } = scorer.score(...batchTensors(batch))
      sums.add(batch.size, numberOf(loss), gatheredOf(metrics))
      await slices.pause()
    }
  })
  return sums.scores()
}

/** Puts a model into evaluation mode while `fn` runs; every module has its own mode back afterwards. */
export async function inEvaluation<T>(model: Module, fn: () => Promise<T>): Promise<T> {
  const training = model.modules().filter((module) => module.isTraining())
  model.eval()
  try {
    return await fn()
  } finally {
    for (const module of training) module.setMode(true)
  }
}

/** The values of metrics that a program gave. */
export function gatheredOf(tensors: Readonly<Record<string, Tensor>>): Gathered {
  const gathered: Record<string, readonly number[]> = {}
  for (const name in tensors) gathered[name] = [...tensors[name]!.hostValues()]
  return gathered
}
