import { DataLoader } from '../data/data-loader.ts'
import type { Dataset } from '../data/index.ts'
import type { Network } from '../nn/index.ts'
import { isLoader } from './checks.ts'
import type { FitOptions } from './fit.ts'
import { resolveMetrics } from './metric-catalogue.ts'
import { loaderOf } from './scoring.ts'
import type { Control, TrainingResult } from './training.ts'
import { runTraining } from './training-loop.ts'

/** Fills in the options of `fit`, and trains. */
export function startTraining(
  model: Network,
  data: Dataset | DataLoader,
  options: FitOptions & { readonly seed: number },
  control: Control,
): Promise<TrainingResult> {
  const { loss, optimizer, batchSize = 32, shuffle = true, seed, validation } = options
  const loader = isLoader(data) ? data : new DataLoader(data, { batchSize, shuffle, seed })
  const parts = {
    model,
    loss,
    optimizer,
    metrics: resolveMetrics(options.metrics, loader.dataset),
    accumulate: options.accumulate ?? 1,
    earlyStopping: options.earlyStopping,
    checkpoints: options.checkpoints,
    clip: options.clip,
    guard: options.guard ?? true,
    schedule: options.schedule,
    loader,
    validation: validation === undefined ? undefined : loaderOf(validation),
    epochs: options.epochs ?? 1,
    signal: options.signal,
    resumeFrom: options.resumeFrom,
  }
  return runTraining(parts, control)
}
