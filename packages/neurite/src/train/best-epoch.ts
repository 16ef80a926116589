import { requireNumber } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import type { Network } from '../nn/index.ts'
import { requireKnownOptions, requireSize } from '../nn/options.ts'
import type { BestWeights } from './checkpoint.ts'
import type { EpochRecord } from './events.ts'
import { takeSnapshot } from './snapshot.ts'
import type { Checkpoints, EarlyStopping, Watch } from './watching.ts'

const WATCH_OPTIONS = ['monitor', 'mode', 'minDelta']

/** The best epoch so far. */
interface Best {
  readonly record: EpochRecord
  /** Epochs since then. */
  readonly waited: number
}

type BestFinder = (history: readonly EpochRecord[]) => Best | undefined

/** Makes what finds the best epoch in a history. Throws ArgumentError for values that make no sense. */
function bestFinder(where: string, watch: Watch, hasValidation: boolean): BestFinder {
  const { monitor = hasValidation ? 'validation.loss' : 'loss', minDelta = 0 } = watch
  const { mode = /loss|error|perplexity/i.test(monitor) ? 'min' : 'max' } = watch
  requireNumber(where, 'minDelta', minDelta, { least: 0 })
  if (mode !== 'min' && mode !== 'max') {
    throw new ArgumentError({ what: `${where}: mode is '${String(mode)}'`, expected: "'min' or 'max'", fix: 'use one' })
  }
  const isBetter = (value: number, best: number): boolean =>
    mode === 'min' ? value < best - minDelta : value > best + minDelta
  return (history) => {
    let found: { index: number; value: number } | undefined
    for (const [index, record] of history.entries()) {
      const value = monitored(where, monitor, record)
      if (found === undefined ? !Number.isNaN(value) : isBetter(value, found.value)) found = { index, value }
    }
    return found && { record: history[found.index]!, waited: history.length - 1 - found.index }
  }
}

function monitored(where: string, monitor: string, record: EpochRecord): number {
  const isValidation = monitor.startsWith('validation.')
  const scores = isValidation ? record.validation : record
  const name = isValidation ? monitor.slice('validation.'.length) : monitor
  const value = name === 'loss' ? scores?.loss : scores?.metrics[name]
  if (value !== undefined) return value
  const names = (prefix: string, own: Readonly<Record<string, number>>): string[] =>
    ['loss', ...Object.keys(own)].map((key) => prefix + key)
  const known = [
    ...names('', record.metrics),
    ...(record.validation ? names('validation.', record.validation.metrics) : []),
  ]
  throw new ArgumentError({
    what: `${where}: there is no number '${monitor}' to watch`,
    expected: known.join(', '),
    fix: 'correct the name, add the metric, or pass { validation }',
  })
}

/** Watches the epochs of a training: keeps the weights of the best one, and tells when it is time to end. */
export class EpochWatch {
  /** The weights of the best epoch, where they are to be put back. */
  weights: BestWeights | undefined
  private readonly stopping: Required<Pick<EarlyStopping, 'patience' | 'restoreBest'>> | undefined
  private readonly checkpoints: Checkpoints
  private readonly findToStop: BestFinder | undefined
  private readonly findToSave: BestFinder | undefined

  constructor(
    stopping: EarlyStopping | undefined,
    checkpoints: Checkpoints | undefined,
    hasValidation: boolean,
    weights: BestWeights | undefined,
  ) {
    this.weights = weights
    this.checkpoints = checkpoints ?? {}
    if (stopping !== undefined) {
      requireKnownOptions('fit: earlyStopping', stopping, ['patience', 'restoreBest', ...WATCH_OPTIONS])
      const { patience = 3, restoreBest = true } = stopping
      requireSize('fit: earlyStopping', 'patience', patience)
      this.stopping = { patience, restoreBest }
      this.findToStop = bestFinder('fit: earlyStopping', stopping, hasValidation)
    }
    if (checkpoints !== undefined) {
      requireKnownOptions('fit: checkpoints', checkpoints, ['last', 'best', ...WATCH_OPTIONS])
      this.findToSave = bestFinder('fit: checkpoints', checkpoints, hasValidation)
    }
  }

  /** To be called when an epoch was counted. */
  note(history: readonly EpochRecord[], model: Network): void {
    const best = this.findToStop?.(history)
    if (this.stopping?.restoreBest === true && best?.waited === 0) this.weights = takeSnapshot(model, undefined).weights
  }

  /** Hands out the checkpoints of an epoch that was counted. */
  async save(history: readonly EpochRecord[], checkpoint: () => Uint8Array): Promise<void> {
    const { last, best } = this.checkpoints
    const isBest = best !== undefined && this.findToSave!(history)?.waited === 0
    if (last === undefined && !isBest) return
    const bytes = checkpoint()
    await last?.(bytes, history.at(-1))
    if (isBest) await best(bytes, history.at(-1))
  }

  /** Hands out the checkpoint of a training that was stopped in the middle of an epoch. */
  async saveStopped(history: readonly EpochRecord[], checkpoint: () => Uint8Array): Promise<void> {
    await this.checkpoints.last?.(checkpoint(), history.at(-1))
  }

  /** Whether the epochs have not got better for too long. */
  isOver(history: readonly EpochRecord[]): boolean {
    const best = this.findToStop?.(history)
    return best !== undefined && best.waited >= this.stopping!.patience
  }

  best(history: readonly EpochRecord[]): EpochRecord | undefined {
    return (this.findToStop ?? this.findToSave)?.(history)?.record
  }
}
