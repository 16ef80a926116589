import type { Address } from '../core/address.ts'
import type { Measured } from '../core/checks/check.ts'
import type { EngineApi, Frame, Probe, Slot, WhatIf } from '../core/protocol.ts'
import { Replay } from '../core/run/replay.ts'
import { type Edit, MOST_STEPS, type Run } from '../core/run/spec.ts'
import { openSession } from './open-session.ts'
import type { Session } from './session.ts'

/** Training takes this long at most before messages are heard again. */
const SLICE_MS = 8

interface Open {
  run: Run
  readonly session: Session<unknown>
  readonly replay: Replay<unknown>
}

/** Gives way to messages; a timer would wait 4 ms. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      resolve()
    }
    channel.port2.postMessage(0)
  })
}

/** The runs that are open, trained in slices. It lives in a worker, and in Node for the tests. */
export class Engine implements EngineApi {
  private readonly open_ = new Map<Slot, Open>()
  /** What is under way, one thing after the other: a picture never shows half an update. */
  private queue: Promise<unknown> = Promise.resolve()
  private playing: { readonly rate: number; readonly since: number; readonly from: number } | undefined
  private loop: Promise<void> | undefined

  open(slot: Slot, run: Run): Promise<void> {
    return this.alone(async () => {
      this.release(slot)
      const session = await openSession(run.spec)
      const opened: Open = { run, session, replay: new Replay(session) }
      await opened.replay.begin()
      this.open_.set(slot, opened)
      await this.advance(opened, run)
    })
  }

  close(slot: Slot): Promise<void> {
    return this.alone(() => Promise.resolve(this.release(slot)))
  }

  goTo(slot: Slot, run: Run): Promise<void> {
    return this.alone(async () => void (await this.advance(this.at(slot), run)))
  }

  frame(slot: Slot): Promise<Frame> {
    return this.alone(() => {
      const { session, replay, run } = this.at(slot)
      return session.frame(replay.step, run)
    })
  }

  probe(slot: Slot, address: Address): Promise<Probe | undefined> {
    return this.alone(() => this.at(slot).session.probe(address))
  }

  whatIf(slot: Slot, edit: Edit): Promise<WhatIf | undefined> {
    return this.alone(() => this.at(slot).session.whatIf(edit))
  }

  measure(slot: Slot, measures: readonly string[]): Promise<Measured> {
    return this.alone(() => {
      const { session, run, replay } = this.at(slot)
      return session.measure({ ...run, head: replay.step }, measures)
    })
  }

  play(stepsPerSecond: number): void {
    const first = this.open_.get('A')
    if (first === undefined) return
    this.playing = { rate: stepsPerSecond, since: performance.now(), from: first.replay.step }
    this.loop ??= this.train().finally(() => (this.loop = undefined))
  }

  async pause(): Promise<{ readonly [S in Slot]?: number }> {
    this.playing = undefined
    await this.loop
    return Object.fromEntries([...this.open_].map(([slot, { replay }]) => [slot, replay.step]))
  }

  /** A short text that two equal states share: every bit of weights, in hexadecimal. */
  async hash(slot: Slot): Promise<string> {
    return this.alone(async () => {
      const state = JSON.stringify(await this.at(slot).session.save(), (_key, value: unknown) =>
        value instanceof Map
          ? [...(value as Map<string, unknown>)]
          : value instanceof Float32Array
            ? Array.from(value)
            : value,
      )
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state))
      return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
    })
  }

  private async train(): Promise<void> {
    while (this.playing !== undefined) {
      await this.alone(() => this.slice())
      await breathe()
    }
  }

  private async slice(): Promise<void> {
    const { playing } = this
    if (playing === undefined) return
    const start = performance.now()
    const due = playing.from + Math.floor(((start - playing.since) / 1000) * playing.rate)
    const all = [...this.open_.values()]
    const lead = this.at('A')
    while (lead.replay.step < due && performance.now() - start < SLICE_MS) {
      if (await isDone(all)) {
        this.playing = undefined
        return
      }
      // Who may come to an end takes one step at a time, so that the end is the same on every machine.
      const stride = all.every(({ session }) => session.isDone === undefined) ? 32 : 1
      const target = Math.min(due, lead.replay.step + stride, MOST_STEPS)
      // A pause waits until all have taken the step: what is compared stands at the same one.
      for (const opened of all) {
        if (!(await this.advance(opened, { ...opened.run, head: Math.max(target, opened.replay.step) }))) return
      }
      if (this.playing === undefined) return
      if (lead.replay.step >= MOST_STEPS) this.playing = undefined
    }
    // A slow machine does not catch up: it would only fall behind further.
    if (lead.replay.step < due - playing.rate) {
      this.playing = { ...playing, since: performance.now(), from: lead.replay.step }
    }
  }

  /** Goes to a step; where a number stops being finite, the last good state is kept, training ends, and this is false. */
  private async advance(opened: Open, run: Run): Promise<boolean> {
    const before = opened.replay.step
    opened.run = run
    await opened.replay.goTo(run)
    if (await opened.session.isFinite()) return true
    this.playing = undefined
    let good = opened.replay.kept.findLast((step) => step <= before) ?? 0
    for (;;) {
      await opened.replay.goTo({ ...run, head: good + 1 })
      if (!(await opened.session.isFinite())) break
      good++
    }
    const operation = await opened.session.anomaly()
    opened.run = { ...run, head: good }
    await opened.replay.goTo(opened.run)
    opened.session.tellBroken(good + 1, operation)
    return false
  }

  /** Runs `work` when everything asked for before has ended. */
  private alone<R>(work: () => Promise<R>): Promise<R> {
    const result = this.queue.then(work)
    this.queue = result.catch(() => undefined)
    return result
  }

  private at(slot: Slot): Open {
    const opened = this.open_.get(slot)
    if (opened === undefined) throw new Error(`no run is open as ${slot}`)
    return opened
  }

  private release(slot: Slot): void {
    this.open_.get(slot)?.session.free()
    this.open_.delete(slot)
  }
}

/** Whether nothing is left to learn for any of these runs: those that are done wait for the others. */
async function isDone(all: readonly Open[]): Promise<boolean> {
  for (const { session } of all) if ((await session.isDone?.()) !== true) return false
  return true
}
