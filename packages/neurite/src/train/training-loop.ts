import type { Batch, DataLoader } from '../data/index.ts'
import { Embedding } from '../nn/index.ts'
import type { Scheduler } from '../optim/index.ts'
import { checkPlaces, explainBadStep } from './anomaly.ts'
import { EpochWatch } from './best-epoch.ts'
import { type Progress, restoreCheckpoint, saveCheckpoint } from './checkpoint.ts'
import type { EpochRecord, Scores, StoppedEvent } from './events.ts'
import { Slices } from '../data/pause.ts'
import { numbersOf } from './metric-catalogue.ts'
import { asScores, ScoreSums } from './score-sums.ts'
import { makeScorer, scoreAll, type Scorer } from './scoring.ts'
import { type StepNumbers, StepRunner } from './step-runner.ts'
import type { Control, TrainingResult } from './training.ts'
import type { StepParts } from './training-step.ts'
import type { Checkpoints, EarlyStopping } from './watching.ts'

/** A training with all its options filled in. */
export interface LoopParts extends StepParts {
  readonly schedule: Scheduler | undefined
  readonly loader: DataLoader
  readonly validation: DataLoader | undefined
  readonly epochs: number
  readonly signal: AbortSignal | undefined
  readonly resumeFrom: Uint8Array | undefined
  readonly earlyStopping: EarlyStopping | undefined
  readonly checkpoints: Checkpoints | undefined
}

/** Trains to the end, or until it is asked to stop. */
export async function runTraining(parts: LoopParts, control: Control): Promise<TrainingResult> {
  const loop = new TrainingLoop(parts, control)
  try {
    return await loop.run()
  } finally {
    loop.free()
  }
}

function startOfTraining(): Progress {
  const sums = { examples: 0, loss: 0, gathered: {} }
  return { epochs: 0, steps: 0, stepInEpoch: 0, sums, secondsInEpoch: 0, history: [] }
}

class TrainingLoop {
  private readonly parts: LoopParts
  private readonly control: Control
  private readonly runner: StepRunner
  private readonly watch: EpochWatch
  private readonly stepsPerEpoch: number
  private readonly scorer: Scorer | undefined
  private readonly slices = new Slices()
  private readonly progress: Progress
  private readonly started = performance.now()
  private epochStarted = performance.now()
  /** Examples in this call of `fit`. */
  private seen = 0
  private reason: StoppedEvent['reason'] | undefined
  private validation: Scores | undefined
  private sums: ScoreSums
  /** Rows of the only table that takes the inputs, where there is one. */
  private readonly tableRows: number | undefined

  constructor(parts: LoopParts, control: Control) {
    this.parts = parts
    this.control = control
    const { resumeFrom, loader, earlyStopping, checkpoints, metrics } = parts
    const resumed = resumeFrom === undefined ? undefined : restoreCheckpoint(resumeFrom, parts)
    if (resumed === undefined) loader.restore({ epoch: 0, position: 0 })
    this.progress = resumed?.progress ?? startOfTraining()
    const { examples, loss, gathered } = this.progress.sums
    this.sums = new ScoreSums(metrics)
    Object.assign(this.sums, { examples, loss, gathered: structuredClone(gathered) })
    this.watch = new EpochWatch(earlyStopping, checkpoints, parts.validation !== undefined, resumed?.best)
    this.stepsPerEpoch = Math.ceil(loader.length / parts.accumulate)
    this.runner = new StepRunner(parts)
    if (parts.validation !== undefined) this.scorer = makeScorer(parts.model, parts.loss, parts.metrics)
    const tables = parts.model.modules().filter((module) => module instanceof Embedding)
    this.tableRows = tables.length === 1 ? tables[0]!.numEmbeddings : undefined
    control.setCheckpoint(() => this.checkpoint())
  }

  async run(): Promise<TrainingResult> {
    const { model, loader, epochs } = this.parts
    const { progress, control } = this
    model.train()
    await this.tell({
      type: 'start',
      epochs,
      stepsPerEpoch: this.stepsPerEpoch,
      examples: loader.examples,
      batchSize: loader.batchSize,
      parameters: model.parameters().reduce((count, parameter) => count + parameter.size, 0),
      step: progress.steps,
    })
    while (progress.epochs < epochs && !this.isStopped()) await this.epoch()
    const { history, steps } = progress
    const stopped = this.reason !== undefined && progress.epochs < epochs
    if (this.reason !== undefined && stopped) {
      if (progress.stepInEpoch > 0) await this.watch.saveStopped(history, () => this.checkpoint())
      await control.tell({ type: 'stopped', reason: this.reason, epoch: this.epochNumber(), step: steps })
    }
    const checkpoint = this.restoreBest()
    const seconds = this.seconds()
    await control.tell({ type: 'end', history, steps, seconds, stopped })
    const best = this.watch.best(history)
    const validation = this.validation ?? history.at(-1)?.validation
    return { history, best, stopped, steps, seconds, validation, checkpoint: () => Promise.resolve(checkpoint()) }
  }

  /** Puts the weights of the best epoch back, unless somebody stopped the training; gives how to go on from its end. */
  private restoreBest(): () => Uint8Array {
    const { watch, progress, parts, reason } = this
    const { history } = progress
    const best = watch.best(history)
    const isEnd = reason === undefined || reason === 'earlyStopping' || progress.epochs === parts.epochs
    if (watch.weights === undefined || best === undefined || best === history.at(-1) || !isEnd) {
      return () => this.checkpoint()
    }
    // The training goes on from its last epoch, not from the best one.
    const bytes = this.checkpoint()
    this.control.setCheckpoint(() => bytes)
    parts.model.loadStateDict(watch.weights)
    this.validation = best.validation
    return () => bytes
  }

  free(): void {
    this.runner.free()
    this.scorer?.free()
  }

  private checkpoint(): Uint8Array {
    const { progress, sums } = this
    const { examples, loss, gathered } = sums
    const secondsInEpoch = progress.stepInEpoch === 0 ? 0 : this.secondsInEpoch()
    const present = { ...progress, sums: { examples, loss, gathered }, secondsInEpoch }
    return saveCheckpoint(this.parts, present, this.watch.weights)
  }

  /** One pass through the data, or what is left of it. */
  private async epoch(): Promise<void> {
    const { loader } = this.parts
    const { progress } = this
    this.epochStarted = performance.now()
    for (const batch of loader) {
      if (this.tableRows !== undefined) checkPlaces(batch, this.tableRows)
      const { learningRate } = this.parts.optimizer
      const numbers = this.runner.run(batch, loader.examples - this.sums.examples)
      // In the middle of a step nothing can be stored, so nobody gets a turn.
      if (numbers === undefined) continue
      if (!numbers.isFinite) await this.refuse(batch, numbers)
      await this.step(numbers, learningRate)
      const pause = this.slices.pause()
      if (pause !== undefined) await pause
      if (this.isStopped() && progress.stepInEpoch < this.stepsPerEpoch) return
    }
    await this.endEpoch()
  }

  /** Counts a step, and tells of it. */
  private async step({ size, loss, norm, gathered }: StepNumbers, learningRate: number): Promise<void> {
    const { parts, progress } = this
    const { schedule, loader, epochs, metrics } = parts
    progress.steps++
    progress.stepInEpoch++
    this.seen += size
    this.sums.addStep(size, loss, gathered)
    if (schedule?.per === 'step') schedule.step(loss)
    const seconds = this.seconds()
    const left = (epochs - progress.epochs) * loader.examples - this.sums.examples
    const told = this.tell({
      type: 'step',
      epoch: this.epochNumber(),
      epochs,
      step: progress.steps,
      stepInEpoch: progress.stepInEpoch,
      stepsPerEpoch: this.stepsPerEpoch,
      ...asScores(loss, numbersOf(metrics, gathered, size)),
      ...(norm === undefined ? {} : { gradientNorm: norm }),
      learningRate,
      examplesPerSecond: this.seen / seconds,
      seconds,
      secondsLeft: (left * seconds) / this.seen,
    })
    if (told !== undefined) await told
  }

  private async endEpoch(): Promise<void> {
    const { parts, progress, scorer, sums } = this
    const { validation, schedule, optimizer, epochs, loader } = parts
    const { learningRate } = optimizer
    const scores = sums.scores()
    const seconds = this.secondsInEpoch()
    const epoch = this.epochNumber()
    let checked: Scores | undefined
    if (validation !== undefined) {
      checked = await scoreAll(parts.model, validation, scorer!)
      this.validation = checked
    }
    if (schedule?.per === 'epoch') schedule.step(checked?.loss ?? scores.loss)
    const examplesPerSecond = loader.examples / seconds
    const record: EpochRecord = {
      epoch,
      ...scores,
      ...(checked === undefined ? {} : { validation: checked }),
      learningRate,
      seconds,
      examplesPerSecond,
    }
    // Everything is counted before listeners hear of it: a checkpoint that they make now starts with the next epoch.
    progress.history.push(record)
    progress.epochs++
    progress.stepInEpoch = 0
    progress.secondsInEpoch = 0
    this.sums = new ScoreSums(parts.metrics)
    this.watch.note(progress.history, parts.model)
    if (checked !== undefined) await this.tell({ type: 'validation', epoch, ...checked })
    await this.tell({ type: 'epoch', ...record, epochs })
    await this.watch.save(progress.history, () => this.checkpoint())
  }

  /** Ends training with an error; the update was withheld already. */
  private async refuse(batch: Batch, { loss, norm, isStep }: StepNumbers): Promise<never> {
    const { parts, progress } = this
    const { optimizer } = parts
    if (isStep) optimizer.takeBack()
    const place = { epoch: this.epochNumber(), step: progress.stepInEpoch + 1 }
    const numbers = { lossValue: loss, normValue: norm, learningRate: optimizer.learningRate }
    throw await explainBadStep({ ...parts, dataset: parts.loader.dataset, batch, ...place, ...numbers })
  }

  /** Tells an event, and remembers a wish to stop. */
  private tell(event: Parameters<Control['tell']>[0]): Promise<void> | undefined {
    const answer = this.control.tell(event)
    if (answer instanceof Promise) {
      return answer.then((wantsStop) => {
        if (wantsStop) this.reason ??= 'callback'
      })
    }
    if (answer) this.reason ??= 'callback'
    return undefined
  }

  private isStopped(): boolean {
    if (this.reason === undefined && this.parts.signal?.aborted === true) this.reason = 'signal'
    if (this.reason === undefined && this.control.isStopWanted()) this.reason = 'stop'
    const isEpoch = this.progress.stepInEpoch === 0
    if (this.reason === undefined && isEpoch && this.watch.isOver(this.progress.history)) this.reason = 'earlyStopping'
    return this.reason !== undefined
  }

  private epochNumber(): number {
    return Math.min(this.progress.epochs + 1, this.parts.epochs)
  }

  private seconds(): number {
    return Math.max(performance.now() - this.started, 1e-3) / 1000
  }

  private secondsInEpoch(): number {
    return this.progress.secondsInEpoch + Math.max(performance.now() - this.epochStarted, 1e-3) / 1000
  }
}
