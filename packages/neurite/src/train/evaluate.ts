import { DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/dataset.ts'
import { ArgumentError } from '../errors.ts'
import type { Module, Network } from '../nn/index.ts'
import { requireKnownOptions } from '../nn/options.ts'
import { compile, noGrad, type Tensor } from '../tensor/index.ts'
import { batchTensors, isLoader, numberOf, requireData } from './batches.ts'
import { type Scores, ScoreSums } from './events.ts'
import { accuracy, type Metric } from './metrics.ts'
import { Slices } from './pause.ts'

/** Compares what the network gives with what it should give. */
export type Loss = (output: Tensor, target: Tensor) => Tensor

export interface EvaluateOptions {
  readonly loss: Loss
  /** By default the accuracy, where targets are class numbers. */
  readonly metrics?: Readonly<Record<string, Metric>>
  /** Examples at a time; 256 by default. Not for a loader, which has its own. */
  readonly batchSize?: number
}

/** A program that scores batches, and its metrics. */
export interface Scorer {
  score(x: Tensor, y: Tensor): { readonly loss: Tensor; readonly metrics: Readonly<Record<string, Tensor>> }
  free(): void
}

/**
 * The mean loss and metrics of a model over data, in evaluation mode: no dropout, and no random numbers are drawn. The
 * model's mode is the same afterwards.
 *
 * @throws ArgumentError for an unknown option, or data that are no dataset
 *
 * @example
 * ```ts
 * import { evaluate, Linear, mseLoss, tensor } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * const model = new Linear(1, 1)
 * model.loadStateDict({ weight: tensor([[2]]), bias: tensor([0]) })
 * const data = TensorDataset.fromArrays({ inputs: [[1], [2]], targets: [[2], [5]] })
 * const { loss } = await evaluate(model, data, { loss: mseLoss })
 * console.log(loss) // → 0.5
 * ```
 */
export async function evaluate(model: Network, data: Dataset | DataLoader, options: EvaluateOptions): Promise<Scores> {
  requireKnownOptions('evaluate', options, ['loss', 'metrics', 'batchSize'])
  requireData('evaluate', data)
  requireLoss('evaluate', options.loss)
  const { loss, batchSize = 256 } = options
  const loader = isLoader(data) ? data : new DataLoader(data, { batchSize })
  const scorer = makeScorer(model, loss, options.metrics ?? defaultMetrics(loader.dataset))
  try {
    return await scoreAll(model, loader, scorer)
  } finally {
    scorer.free()
  }
}

/** The accuracy where targets are class numbers, else nothing. */
export function defaultMetrics(dataset: Dataset): Readonly<Record<string, Metric>> {
  return dataset.targetDType === 'int32' && dataset.targetShape.length === 0 ? { accuracy } : {}
}

export function makeScorer(model: Network, loss: Loss, metrics: Readonly<Record<string, Metric>>): Scorer {
  const program = compile((x: Tensor, y: Tensor) => {
    const output = model.forward(x)
    return { loss: loss(output, y), metrics: measure(metrics, output, y) }
  })
  return { score: (x, y) => noGrad(() => program(x, y)), free: () => program.free() }
}

/** All metrics of a batch. */
export function measure(
  metrics: Readonly<Record<string, Metric>>,
  output: Tensor,
  target: Tensor,
): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(output, target)]))
}

/** Runs over all data from the start, in evaluation mode. */
export async function scoreAll(model: Module, loader: DataLoader, scorer: Scorer): Promise<Scores> {
  const sums = new ScoreSums()
  await inEvaluation(model, async () => {
    const slices = new Slices()
    loader.restore({ epoch: 0, position: 0 })
    for (const batch of loader) {
      const { loss, metrics } = scorer.score(...batchTensors(batch))
      sums.add(batch.size, numberOf(loss), numbersOf(metrics))
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

export function numbersOf(tensors: Readonly<Record<string, Tensor>>): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const name in tensors) numbers[name] = numberOf(tensors[name]!)
  return numbers
}

export function requireLoss(where: string, loss: unknown): void {
  if (typeof loss === 'function') return
  throw new ArgumentError({
    what: `${where}: the loss is ${String(loss)}`,
    expected: 'a function of output and target, such as crossEntropy',
    fix: `pass { loss: crossEntropy }`,
  })
}
