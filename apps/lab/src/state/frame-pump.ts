/** Pulls pictures at most 30 times a second; the latest wins, and none is asked for while one is on its way. */
export const LEAST_MS = 1000 / 30

export class FramePump {
  private readonly pull: () => Promise<void>
  private last = -Infinity
  private isBusy = false
  private isWanted = false

  constructor(pull: () => Promise<void>) {
    this.pull = pull
  }

  /** To be called whenever the screen could be drawn; `now` in milliseconds. Says whether a picture was asked for. */
  tick(now: number): boolean {
    if (this.isBusy || now - this.last < LEAST_MS - 0.5) return false
    this.last = now
    this.isBusy = true
    void this.pull().finally(() => {
      this.isBusy = false
      if (!this.isWanted) return
      this.isWanted = false
      void this.now()
    })
    return true
  }

  /** A picture of what is true now, whatever the clock says: after a step or an edit. */
  async now(): Promise<void> {
    if (this.isBusy) {
      this.isWanted = true
      return
    }
    this.isBusy = true
    try {
      await this.pull()
    } finally {
      this.isBusy = false
    }
    if (this.isWanted) {
      this.isWanted = false
      await this.now()
    }
  }
}
