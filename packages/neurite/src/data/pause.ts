/** How long training may run before the event loop gets its turn, in milliseconds: one frame of a screen. */
const SLICE = 16

/** Continues after the events that wait now: input, drawing, signals. A timer would wait 4 ms in browsers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Tells when it is time to let the event loop run. */
export class Slices {
  private end = performance.now() + SLICE

  /** A promise to wait for when a slice is over, else undefined. */
  pause(): Promise<void> | undefined {
    return performance.now() < this.end ? undefined : this.next()
  }

  private async next(): Promise<void> {
    await nextTask()
    this.end = performance.now() + SLICE
  }
}
