import { type Signal, signal } from '@preact/signals'
import type { DigitsTutor } from '../engine/digits-tutor.ts'
import type { Remote } from '../engine/remote.ts'
import { fetchWeights, type LiveRun, lookForRun } from '../state/live-run.ts'
import { emptyDrawing, enlarged, SIDE } from './drawing.ts'

/** The first training by itself ends after this long; the visitor goes on by hand. */
const HOOK_MS = 5000
const STEPS_PER_PICTURE = 4
/** At most 30 pictures a second of the page's own training; a run outside is asked less often. */
const OWN_MS = 34
const OUTSIDE_MS = 300
const WAITING_MS = 1000

export type Tutor = Remote<Pick<DigitsTutor, 'adopt' | 'learn' | 'teach' | 'guess' | 'prepare' | 'sample'>>

/** What the bars show; the accuracy is known where the page has the weights. */
export interface Shown {
  readonly shares: readonly number[]
  readonly seen: number
  readonly accuracy?: number
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * What the front page knows and can do. Its network is the one that is being trained outside, else one that was, else
 * its own, which begins with nothing. Weights from outside come in with the visitor's first touch.
 */
export class FrontLab {
  readonly drawing: Signal<Float32Array> = signal(emptyDrawing())
  readonly shown: Signal<Shown | undefined> = signal(undefined)
  readonly run: Signal<LiveRun> = signal({ state: 'none' })
  /** Whose weights the page holds: its own network's, those from outside, or those from outside changed by the visitor. */
  readonly network: Signal<'own' | 'outside' | 'changed'> = signal('own')
  readonly isPlaying = signal(false)
  readonly label = signal(4)
  private readonly tutor: Tutor
  private readonly root: string
  private pixels: Float32Array = new Float32Array(28 * 28)
  /** The drawing is being read; whether it has changed since. */
  private reading: 'no' | 'yes' | 'again' = 'no'
  private samples = 0
  private touched: Promise<void> | undefined

  constructor(tutor: Tutor, root: string) {
    this.tutor = tutor
    this.root = root
  }

  /** True while the network of a training outside is shown. */
  get isFollowing(): boolean {
    return this.run.value.state === 'training' && this.network.value !== 'changed'
  }

  /** The first picture; it moves by itself for a moment, unless the visitor wants it still. */
  async begin(isStill: boolean): Promise<void> {
    this.run.value = await lookForRun(this.root)
    if (this.isFollowing) this.showExample()
    else await this.sample()
    if (!isStill) void this.play(HOOK_MS)
    if (this.run.value.state === 'waiting') void this.awaitRun(isStill)
  }

  /** To be called when the visitor does something for the first time. */
  touch(): void {
    this.touched ??= (async () => {
      // A network that has been trained does not start from nothing before the visitor's eyes.
      if (this.run.value.state === 'saved') this.stop()
      if (await this.takeWeights()) await this.ask()
    })()
  }

  async draw(drawing: Float32Array): Promise<void> {
    this.drawing.value = drawing
    // A pen moves faster than a network reads: what it reads is the latest.
    if (this.reading !== 'no') {
      this.reading = 'again'
      return
    }
    do {
      this.reading = 'yes'
      this.pixels = (await this.tutor.prepare(this.drawing.value, SIDE)) ?? new Float32Array(28 * 28)
      await this.touched
      if (!this.isPlaying.value) await this.ask()
    } while (this.isStale)
    this.reading = 'no'
  }

  async sample(): Promise<void> {
    await this.draw(enlarged(await this.tutor.sample(this.label.value, this.samples++)))
  }

  /** Trains, or watches the training outside, until it is stopped or the time is over. */
  async play(milliseconds = Infinity): Promise<void> {
    if (this.isPlaying.value) return
    this.isPlaying.value = true
    await this.touched
    const until = performance.now() + milliseconds
    while (this.isPlaying.value && performance.now() < until) {
      if (!this.isFollowing) {
        if (this.network.value === 'outside') this.network.value = 'changed'
        this.shown.value = await this.tutor.learn(STEPS_PER_PICTURE, this.pixels)
        await pause(OWN_MS)
      } else if (await this.follow()) await pause(OUTSIDE_MS)
      else break
    }
    this.stop()
  }

  stop(): void {
    this.isPlaying.value = false
  }

  /** Says which digit the drawing is. From here on the network is no longer that of a training outside. */
  async teach(): Promise<void> {
    await this.touched
    if (this.isFollowing) this.stop()
    if (this.network.value === 'outside') this.network.value = 'changed'
    this.shown.value = await this.tutor.teach(this.drawing.value, SIDE, this.label.value)
  }

  private get isStale(): boolean {
    return this.reading === 'again'
  }

  /** Looks how far the training outside is; false when it has ended. */
  private async follow(): Promise<boolean> {
    const before = this.run.value
    const run = await lookForRun(this.root)
    if (this.network.value === 'changed') return false
    this.run.value = run
    const isNews = !('step' in run && 'step' in before && run.step === before.step && run.state === before.state)
    if (this.touched === undefined) this.showExample()
    else if (isNews && (await this.takeWeights())) await this.ask()
    return run.state === 'training'
  }

  /** A training is about to begin: its network takes the place of the page's own. */
  private async awaitRun(isStill: boolean): Promise<void> {
    while (this.run.value.state === 'waiting') {
      await pause(WAITING_MS)
      this.run.value = await lookForRun(this.root)
    }
    if (!this.isFollowing) return
    this.stop()
    // The page's own training ends with the step under way.
    await pause(2 * OWN_MS)
    if (this.touched === undefined) {
      this.showExample()
      if (!isStill) await this.play(HOOK_MS)
    } else if (await this.takeWeights()) await this.ask()
  }

  /** The digit that the terminal shows, and what the network outside says of it. */
  private showExample(): void {
    const { value: run } = this.run
    if (run.state !== 'training') return
    const { pixels, probabilities } = run.example
    if (this.label.value !== run.example.label || this.shown.value === undefined) {
      this.pixels = Float32Array.from(pixels, (value) => value / 255)
      this.drawing.value = enlarged(this.pixels)
      this.label.value = run.example.label
    }
    this.shown.value = { shares: probabilities, seen: run.seen }
  }

  /** True where the page now holds the weights from outside. */
  private async takeWeights(): Promise<boolean> {
    const { value: run } = this.run
    if (run.state !== 'training' && run.state !== 'saved') return false
    const weights = await fetchWeights(this.root)
    if (weights === undefined || !(await this.tutor.adopt(run, weights))) return false
    this.network.value = 'outside'
    return true
  }

  private async ask(): Promise<void> {
    this.shown.value = await this.tutor.guess(this.pixels)
  }
}
