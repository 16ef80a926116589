import { batch, type Signal, signal } from '@preact/signals'
import type { Address } from '../core/address.ts'
import type { ChapterDefinition } from '../core/chapter/define-chapter.ts'
import type { ChapterProgress } from '../core/progress.ts'
import type { Frame, Probe } from '../core/protocol.ts'
import { Changes } from '../core/run/changes.ts'
import { newRun } from '../core/run/journal.ts'
import type { Run } from '../core/run/spec.ts'
import { withTry } from '../core/tries.ts'
import { MOST_URL, printUrl } from '../core/url.ts'
import type { RemoteEngine } from '../engine/remote.ts'
import { FramePump } from './frame-pump.ts'
import { Keeper } from './keeper.ts'
import { milestone, type Notice } from './milestone.ts'

/** The run that a page shows: its pictures as they come from the engine, and where it is kept when it stands still. */
export abstract class RunView extends Keeper {
  readonly engine: RemoteEngine
  readonly run: Signal<Run>
  readonly frame: Signal<Frame | undefined> = signal(undefined)
  readonly pinned: Signal<Run | undefined> = signal(undefined)
  readonly pinnedFrame: Signal<Frame | undefined> = signal(undefined)
  readonly playing = signal(false)
  readonly selection: Signal<Address | undefined> = signal(undefined)
  readonly probe: Signal<Probe | undefined> = signal(undefined)
  /** Names the state of the network, bit for bit, whenever it stands still. */
  readonly stateHash = signal('')
  readonly notice: Signal<Notice | undefined> = signal(undefined)
  /** True while an opened address differs from what the visitor left: nothing is saved until something is done. */
  protected isVisiting = false
  protected readonly pump: FramePump
  /** What a hand has begun to change: settled when the engine has all of it. Whatever else is asked for comes after. */
  protected hand: Promise<unknown> = Promise.resolve()
  protected readonly changes = new Changes()
  protected solvedAnnounced = false
  /** The run that the visitor has just set by hand; until it was counted, where that is done. */
  protected setByHand: Run | undefined
  /** The run that the picture shows. */
  private shown: Run | undefined
  private ticking = 0

  constructor(definition: ChapterDefinition, engine: RemoteEngine) {
    super(definition)
    this.engine = engine
    this.run = signal(newRun(definition.run))
    this.pump = new FramePump(() => this.pullFrame())
  }

  abstract pause(): Promise<void>

  /** Whether the story of this chapter compares two runs. */
  protected get compares(): boolean {
    return this.definition.beats.some(({ panels }) => panels.includes('compare'))
  }

  /** How the run would go on without the last change that was made by hand; undefined where there was none. */
  get oldFuture(): Run | undefined {
    void this.run.value
    return this.changes.before
  }

  /** A hand changes something, and is not done with it yet. */
  holds(change: Promise<void>): void {
    this.hand = Promise.all([this.hand, change])
  }

  /** Keeps a run as B, the present one or its old future; both then step together. */
  async pin(run?: Run): Promise<void> {
    await this.pause()
    await this.hand
    this.acts()
    await this.openB(run ?? this.run.value)
    await this.pump.now()
    this.store({ pinned: this.pinned.value })
    await this.settle()
  }

  async unpin(): Promise<void> {
    this.pinned.value = undefined
    this.pinnedFrame.value = undefined
    this.store({ pinned: undefined })
    await this.guarded(() => this.engine.close('B'))
  }

  /** B stands where A stands. */
  protected async openB(run: Run): Promise<void> {
    const here = { ...run, head: this.run.value.head }
    this.pinned.value = here
    await this.guarded(() => this.engine.open('B', here))
  }

  /** From now on what is shown is the visitor's own; what was compared with another run goes with that. */
  protected acts(): void {
    if (this.isVisiting && this.reached.pinned !== undefined) this.store({ pinned: undefined })
    this.isVisiting = false
  }

  /** Keeps the run in the address and in the browser; the address can be given away. */
  async settle(): Promise<void> {
    const run = this.run.value
    const tried = this.tried()
    const hash = await printUrl(run, this.definition.run)
    if (hash.length <= MOST_URL)
      history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`)
    else this.tell({ kind: 'tooLong' })
    if (!this.isVisiting) this.store({ run: this.run.value, ...tried })
    const state = (await this.guarded(() => this.engine.hash('A'))) ?? ''
    // Who has moved on since then is still on the way.
    if (this.run.value === run) this.stateHash.value = state
  }

  /** What was set by hand counts when it rests and is to be seen, where the chapter counts it. */
  private tried(): Partial<ChapterProgress> {
    const { value: frame } = this.frame
    if (this.setByHand === undefined || this.setByHand !== this.shown || frame === undefined) return {}
    const found = this.definition.tryOf?.(this.setByHand.spec, frame)
    this.setByHand = undefined
    return found === undefined ? {} : { tries: withTry(this.reached.tries ?? {}, found) }
  }

  /** Draws while the run plays. */
  protected draw(): void {
    const beat = (now: number): void => {
      if (!this.playing.value) return
      this.pump.tick(now)
      this.ticking = requestAnimationFrame(beat)
    }
    this.ticking = requestAnimationFrame(beat)
  }

  protected stopDrawing(): void {
    cancelAnimationFrame(this.ticking)
  }

  private async pullFrame(): Promise<void> {
    const asked = this.run.value
    const frame = await this.guarded(() => this.engine.frame('A'))
    if (frame === undefined) return
    const pinned = this.pinned.value === undefined ? undefined : await this.guarded(() => this.engine.frame('B'))
    this.shown = asked
    batch(() => {
      this.frame.value = frame
      this.pinnedFrame.value = pinned
      // Who has moved on since then is not taken back by an older picture.
      if (this.run.value === asked && asked.head !== frame.step) this.run.value = { ...asked, head: frame.step }
    })
    if (this.playing.value) {
      const found = milestone(frame, this.notice.value, this.solvedAnnounced)
      if (found?.kind === 'solved') this.solvedAnnounced = true
      if (found !== undefined) this.notice.value = found
    }
    const all = pinned === undefined ? [frame] : [frame, pinned]
    // Who has nothing left to learn waits for the other one.
    if (this.playing.value && all.every(({ isDone }) => isDone === true)) void this.finish(frame)
    if (this.playing.value && all.some(({ findings }) => findings.some(({ kind }) => kind === 'nonFinite'))) {
      this.playing.value = false
      this.notice.value = { kind: 'stopped' }
      void this.settle()
    }
    await this.lookAgain()
  }

  /** Nothing is left to learn. */
  private async finish({ step, loss }: Frame): Promise<void> {
    await this.pause()
    this.notice.value = { kind: 'solved', step, loss }
  }

  protected async lookAgain(): Promise<void> {
    const selection = this.selection.value
    if (selection === undefined) return
    const probe = await this.guarded(() => this.engine.probe('A', selection))
    if (this.selection.value === selection) this.probe.value = probe
  }

  /** An engine that fails says so in the page; nothing turns blank. */
  protected async guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      this.playing.value = false
      this.problems.value = [...this.problems.value, { kind: 'engine', text }]
      return undefined
    }
  }
}
