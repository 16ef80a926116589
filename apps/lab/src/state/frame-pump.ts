/** Pulls pictures at most 30 times a second; the latest wins, and none is asked for while one is on its way. */
export const LEAST_MS = 1000 / 30

export class FramePump {
  private readonly pull: () => Promise<void>
  private last = -Infinity
  private current: Promise<void> | undefined
  private following: Promise<void> | undefined

  constructor(pull: () => Promise<void>) {
    this.pull = pull
  }

  /** To be called whenever the screen could be drawn; `now` in milliseconds. Says whether a picture was asked for. */
  tick(now: number): boolean {
    if (this.current !== undefined || now - this.last < LEAST_MS - 0.5) return false
    this.last = now
    void this.begin()
    return true
  }

  /** A picture of what is true now, whatever the clock says: after a step or an edit. Settled when it is there. */
  now(): Promise<void> {
    if (this.current === undefined) return this.begin()
    const next = (): Promise<void> => {
      this.following = undefined
      return this.now()
    }
    // What is on its way was asked for before; whether it arrives or not, the next one does.
    this.following ??= this.current.then(next, next)
    return this.following
  }

  private begin(): Promise<void> {
    const pull = this.pull().finally(() => (this.current = undefined))
    this.current = pull
    return pull
  }
}
