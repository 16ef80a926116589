import type { EpochRecord, Scores, TrainingEvent } from './events.ts'

/** What training ended with. */
export interface TrainingResult {
  /** One record per finished epoch, those before a checkpoint included. */
  readonly history: readonly EpochRecord[]
  /** True where training was asked to stop before its last epoch had ended. */
  readonly stopped: boolean
  readonly steps: number
  /** Of this call of `fit`. */
  readonly seconds: number
  /** The best epoch, with `earlyStopping` or `checkpoints`. */
  readonly best: EpochRecord | undefined
  /** The last validation, where there was one; of the best epoch where its weights were put back. */
  readonly validation: Scores | undefined
  /** Everything that another `fit` needs to go on exactly: pass it as `resumeFrom`. */
  checkpoint(): Promise<Uint8Array>
}

/** What the loop needs from its handle. */
export interface Control {
  /** Tells an event; true where the listener wants to stop. */
  tell(event: TrainingEvent): Promise<boolean> | boolean
  isStopWanted(): boolean
  /** How to make a checkpoint of the present moment. */
  setCheckpoint(make: () => Uint8Array): void
}

/** What a listener may do: return false (or a promise of it) to stop, and ask the training for a checkpoint. */
export type Listener = (event: TrainingEvent, training: Training) => unknown

/**
 * A training under way: wait for its result with `await`, or loop over its events with `for await`.
 *
 * @example
 * ```ts
 * import { fit, Linear, mseLoss, SGD } from 'neurite'
 * import { TensorDataset } from 'neurite/data'
 *
 * const model = new Linear(1, 1)
 * const data = TensorDataset.fromArrays({ inputs: [[1], [2]], targets: [[2], [4]] })
 * const training = fit(model, data, { loss: mseLoss, optimizer: new SGD(model), epochs: 2, batchSize: 2 })
 * const types: string[] = []
 * for await (const event of training) types.push(event.type)
 * console.log(types.join()) // → start,step,epoch,step,epoch,end
 * ```
 */
export class Training implements PromiseLike<TrainingResult>, AsyncIterable<TrainingEvent> {
  private readonly result: Promise<TrainingResult>
  private readonly readers = new Set<EventQueue>()
  private stopWanted = false
  private makeCheckpoint: (() => Uint8Array) | undefined
  /** Settles when checkpoints can be made, or never will. */
  private readonly ready: Promise<void>

  /** @internal */
  constructor(run: (control: Control) => Promise<TrainingResult>, listeners: readonly Listener[]) {
    let setReady: () => void
    this.ready = new Promise((resolve) => (setReady = resolve))
    const control: Control = {
      tell: (event) => {
        for (const reader of this.readers) reader.push(event)
        const answers = listeners.map((listener) => listener(event, this))
        const isAsync = answers.some((answer) => answer instanceof Promise)
        return isAsync ? Promise.all(answers).then((all) => all.includes(false)) : answers.includes(false)
      },
      isStopWanted: () => this.stopWanted,
      setCheckpoint: (make) => {
        this.makeCheckpoint = make
        setReady()
      },
    }
    // Later, so that events can be listened to from the first one on.
    this.result = Promise.resolve().then(() => run(control))
    const close = (): void => {
      setReady()
      for (const reader of this.readers) reader.close()
    }
    this.result.then(close, close)
  }

  /** Ends the training after the step under way; what was learned stays. The result tells `stopped: true`. */
  stop(): void {
    this.stopWanted = true
  }

  /** A checkpoint of this moment, between two steps; see `TrainingResult.checkpoint`. */
  checkpoint(): Promise<Uint8Array> {
    return this.ready.then(() => this.makeCheckpoint?.() ?? this.result.then((result) => result.checkpoint()))
  }

  // A training is awaited like a promise.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = TrainingResult, B = never>(
    onDone?: ((result: TrainingResult) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result.then(onDone, onError)
  }

  catch<B = never>(onError?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<TrainingResult | B> {
    return this.result.catch(onError)
  }

  finally(onEnd?: (() => void) | null): Promise<TrainingResult> {
    return this.result.finally(onEnd)
  }

  /** All events from now on. Leaving the loop early does not stop the training; `stop()` does. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingEvent, void, undefined> {
    const queue = new EventQueue()
    this.readers.add(queue)
    try {
      for (let event = await queue.next(); event !== undefined; event = await queue.next()) yield event
    } finally {
      this.readers.delete(queue)
    }
    await this.result
  }
}

/** Events that wait to be read. */
class EventQueue {
  private readonly waiting: TrainingEvent[] = []
  private wake: (() => void) | undefined
  private isClosed = false

  push(event: TrainingEvent): void {
    this.waiting.push(event)
    this.wake?.()
  }

  close(): void {
    this.isClosed = true
    this.wake?.()
  }

  /** The next event; undefined after the last one. */
  async next(): Promise<TrainingEvent | undefined> {
    while (this.waiting.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return this.waiting.shift()
  }
}
