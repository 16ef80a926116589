import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Address, printAddress, printElement } from '../core/address.ts'
import { type ChapterDefinition, changedSpec, revealedAt, type SpecChange } from '../core/chapter/define-chapter.ts'
import { possibleRun } from '../core/chapter/possible-run.ts'
import { measuresOf, type Verdict } from '../core/checks/check.ts'
import { isForeign } from '../core/progress.ts'
import type { WhatIf } from '../core/protocol.ts'
import { type Grain, headAfter, headBefore, PACE, type Pace, paceOfBoth } from '../core/run/cursor.ts'
import { fromStart, newRun } from '../core/run/journal.ts'
import { type Edit, MOST_STEPS, type Run, specProblem } from '../core/run/spec.ts'
import { parseUrl } from '../core/url.ts'
import type { RemoteEngine } from '../engine/remote.ts'
import { RunView } from './run-view.ts'

/** The first picture moves by itself for this long at most, and only on a first visit. */
const HOOK_MS = 5000
/** How long one operation of a pass is shown while it plays. */
const WALK_MS = 900

/** What one chapter's page knows and can do. Everything shown is a function of these signals. */
export class Lab extends RunView {
  readonly speed: Signal<number>
  readonly beat = signal(0)
  readonly example = signal(0)
  /** How far the pass is shown, for chapters that go through it one operation at a time. */
  readonly operation = signal(0)
  readonly whatIf: Signal<WhatIf | undefined> = signal(undefined)
  /** Names of numbers whose gradient the visitor is to find. */
  readonly blanks: Signal<ReadonlySet<string>> = signal(new Set())
  readonly verdicts: Signal<Readonly<Record<string, Verdict>>> = signal({})
  readonly renewals = signal(0)
  readonly revealed: ReadonlySignal<ReturnType<typeof revealedAt>>
  /** The last change of the run: settled when the engine has made it. */
  private moving: Promise<void> = Promise.resolve()
  private walking: ReturnType<typeof setInterval> | undefined

  constructor(definition: ChapterDefinition, engine: RemoteEngine) {
    super(definition, engine)
    this.speed = signal(definition.speed ?? 100)
    this.beat.value = Math.min(this.reached.beat, definition.beats.length - 1)
    this.revealed = computed(() => revealedAt(definition.beats, this.beat.value))
    this.operation.value = definition.pass ?? 0
  }

  /** Opens what the address names, else what was left, else the chapter's beginning. */
  async begin(hash: string): Promise<{ isFirstVisit: boolean }> {
    const kept = this.reached.run
    const opened = await parseUrl(hash, this.definition.run)
    this.problems.value = [...this.problems.value, ...opened.problems]
    this.isVisiting = await isForeign(hash, kept, this.definition.run)
    this.run.value = this.possible(opened.run) ?? this.possible(kept) ?? newRun(this.definition.run)
    await this.guarded(() => this.engine.open('A', this.run.value))
    const pinned = this.isVisiting || !this.compares ? undefined : this.possible(this.reached.pinned)
    if (pinned !== undefined) await this.openB(pinned)
    await this.pump.now()
    this.stateHash.value = (await this.guarded(() => this.engine.hash('A'))) ?? ''
    return { isFirstVisit: opened.run === undefined && kept === undefined }
  }

  /** Moves by itself for a moment, so that a newcomer sees what this is about. */
  hook(): void {
    if (this.definition.isStill) return
    this.play()
    setTimeout(() => void this.pause(), HOOK_MS)
  }

  play(): void {
    if (this.playing.value) return
    if (this.definition.pass !== undefined) {
      this.walk(this.definition.pass)
      return
    }
    this.acts()
    this.stateHash.value = ''
    this.playing.value = true
    this.notice.value = { kind: 'started' }
    void this.engine.play(this.speed.value)
    this.draw()
  }

  async pause(): Promise<void> {
    if (!this.playing.value) return
    this.playing.value = false
    if (this.definition.pass !== undefined) {
      clearInterval(this.walking)
      return
    }
    this.stopDrawing()
    const at = await this.engine.pause()
    this.run.value = { ...this.run.value, head: at.A ?? this.run.value.head }
    await this.pump.now()
    await this.settle()
    this.notice.value = { kind: 'paused', step: this.run.value.head, loss: this.frame.value?.loss ?? NaN }
  }

  setSpeed(stepsPerSecond: number): void {
    this.speed.value = stepsPerSecond
    if (this.playing.value) void this.engine.play(stepsPerSecond)
  }

  step(grain: Grain): Promise<void> {
    if (this.definition.pass !== undefined) return this.walkTo(this.operation.value + 1)
    return this.to((run) => ({ ...run, head: Math.min(MOST_STEPS, headAfter(run.head, grain, this.pace(run.head))) }))
  }

  stepBack(grain: Grain): Promise<void> {
    if (this.definition.pass !== undefined) return this.walkTo(this.operation.value - 1)
    return this.to((run) => ({ ...run, head: headBefore(run.head, grain, this.pace(run.head)) }))
  }

  private pace(head: number): Pace {
    return paceOfBoth(this.frame.value ?? PACE, this.pinnedFrame.value, head)
  }

  /** Back to the same weights; changes made by hand are gone as well, but for points that a chapter keeps. */
  reset(): Promise<void> {
    if (this.run.value.journal.some(({ kind }) => kind !== 'point')) this.changes.forget()
    return this.to((run) => fromStart(run, this.definition.keepsPoints === true))
  }

  newWeights(): Promise<void> {
    this.renewals.value++
    const next = (run: Run): Run => ({ ...run, spec: { ...run.spec, seed: run.spec.seed + 1 } })
    return this.to((run) => fromStart(next(run), this.definition.keepsPoints === true))
  }

  /** Another data set, network or rate: the run begins again. */
  change(change: SpecChange, steps = 0, edits: readonly Edit[] = []): Promise<void> {
    const spec = changedSpec(this.run.value.spec, change)
    const problem = specProblem(spec)
    if (problem !== undefined) {
      this.problems.value = [...this.problems.value, problem]
      return Promise.resolve()
    }
    this.selection.value = undefined
    this.example.value = 0
    return this.to(() => ({ spec, journal: edits, head: steps }))
  }

  /** One number changed by hand, at the step that is shown. */
  async edit(edit: Omit<Edit, 'at'>): Promise<void> {
    await this.editAll([edit])
  }

  /**
   * Numbers that change together, as one change; with `isStart` the run begins again from them. While something is dragged
   * the address is not written each time.
   */
  editAll(edits: readonly Omit<Edit, 'at'>[], isDragging = false, isStart = false): Promise<void> {
    this.moving = this.makeEdits(edits, isDragging, isStart)
    return this.moving
  }

  private async makeEdits(edits: readonly Omit<Edit, 'at'>[], isDragging: boolean, isStart: boolean): Promise<void> {
    await this.pause()
    if (!isDragging) await this.hand
    const at = isStart ? 0 : this.run.value.head
    const whole = edits.map((edit): Edit => ({ ...edit, at }))
    const [only] = whole
    this.whatIf.value =
      whole.length === 1 && !isDragging ? await this.guarded(() => this.engine.whatIf('A', only!)) : undefined
    const isByHand = whole.every(({ kind }) => kind === 'set')
    await this.go((run) => this.changes.add(run, whole), { isDragging, isByHand })
  }

  editParameter(path: string, index: number, value: number): Promise<void> {
    return this.edit({ kind: 'set', path: printElement(path, index), value })
  }

  async undo(): Promise<void> {
    await this.pause()
    await this.hand
    const before = this.changes.undo(this.run.value)
    if (before !== undefined) await this.to(() => before)
  }

  async select(address: Address | undefined): Promise<void> {
    const isOther =
      address === undefined ||
      this.selection.value === undefined ||
      printAddress(address) !== printAddress(this.selection.value)
    if (isOther) this.whatIf.value = undefined
    this.selection.value = address
    if (address === undefined) {
      this.probe.value = undefined
      return
    }
    if ('example' in address) this.example.value = address.example
    await this.lookAgain()
  }

  async showExample(index: number): Promise<void> {
    this.example.value = index
    const selection = this.selection.value
    if (selection !== undefined && 'example' in selection) await this.select({ ...selection, example: index })
  }

  openBeat(index: number): void {
    if (index <= this.beat.value) return
    this.beat.value = Math.min(index, this.definition.beats.length - 1)
    this.store({ beat: this.beat.value })
  }

  async check(id: string, answer: string): Promise<void> {
    await this.pause()
    // What was just set counts.
    await this.hand
    await this.moving
    const check = this.definition.checks.find((candidate) => candidate.id === id)!
    const measured = await this.guarded(() => this.engine.measure('A', measuresOf(check, answer)))
    if (measured === undefined) return
    const verdict = check.judge(measured, { renewals: this.renewals.value, answer })
    this.verdicts.value = { ...this.verdicts.value, [id]: verdict }
    if (verdict.passed) this.store({ passed: [...new Set([...this.reached.passed, id])] })
  }

  restartAttempt(): void {
    this.renewals.value = 0
    this.verdicts.value = {}
  }

  /** Goes to another run, or to another step of this one; everything but a hand that moves the network goes this way. */
  private to(move: (run: Run) => Run): Promise<void> {
    this.moving = this.hand.then(() => this.go(move))
    return this.moving
  }

  private async go(move: (run: Run) => Run, { isDragging = false, isByHand = false } = {}): Promise<void> {
    await this.pause()
    this.acts()
    this.stateHash.value = ''
    const before = this.run.value
    const run = move(before)
    const isSame = run.spec === before.spec
    this.run.value = run
    this.setByHand = isByHand ? run : undefined
    if (!isSame || run.journal.length === 0) this.changes.forget()
    await this.guarded(() => (isSame ? this.engine.goTo('A', run) : this.engine.open('A', run)))
    const { value: pinned } = this.pinned
    if (pinned !== undefined) {
      this.pinned.value = { ...pinned, head: run.head }
      await this.guarded(() => this.engine.goTo('B', { ...pinned, head: run.head }))
    }
    if (run.head === 0) this.solvedAnnounced = false
    await this.pump.now()
    if (!isDragging) await this.settle()
  }

  private walk(operations: number): void {
    if (this.operation.value >= operations) this.operation.value = 0
    this.playing.value = true
    this.walking = setInterval(() => {
      if (++this.operation.value >= operations) void this.pause()
    }, WALK_MS)
  }

  private async walkTo(operation: number): Promise<void> {
    await this.pause()
    this.operation.value = Math.max(0, Math.min(this.definition.pass ?? 0, operation))
  }

  /** A run that this chapter can show; what it does not offer is told. */
  private possible(run: Run | undefined): Run | undefined {
    if (run === undefined) return undefined
    const { run: possible, problem } = possibleRun(run, this.definition)
    if (problem !== undefined) this.tell(problem)
    return possible
  }
}
