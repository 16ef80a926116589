// What a library written for browsers expects and Node lacks.
import { Worker as NodeWorker } from 'node:worker_threads'

/** The iterator helpers that Node has from version 22 on. */
export function useIteratorHelpers() {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))
  const helpers = {
    *map(visit) {
      let index = 0
      for (const item of this) yield visit(item, index++)
    },
    *filter(keep) {
      let index = 0
      for (const item of this) if (keep(item, index++)) yield item
    },
    toArray() {
      return Array.from(this)
    },
  }
  for (const [name, value] of Object.entries(helpers)) {
    if (name in prototype) continue
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  }
}

const prelude = `
const { parentPort } = require('node:worker_threads')
globalThis.self = globalThis
globalThis.postMessage = (message) => parentPort.postMessage(message)
parentPort.on('message', (data) => self.onmessage({ data }))
`

/** Web Workers, started from object URLs of text, over Node's worker threads; and a navigator that counts `threads`. */
export function useWorkers(threads) {
  const sources = new Map()
  const texts = new WeakMap()
  const createObjectURL = URL.createObjectURL.bind(URL)
  globalThis.Blob = class extends Blob {
    constructor(parts, options) {
      super(parts, options)
      texts.set(this, parts.join(''))
    }
  }
  URL.createObjectURL = (blob) => {
    const url = createObjectURL(blob)
    sources.set(url, texts.get(blob))
    return url
  }
  globalThis.Worker = class {
    constructor(url) {
      this.worker = new NodeWorker(prelude + sources.get(String(url)), { eval: true })
      this.worker.on('message', (data) => this.onmessage?.({ data }))
      this.worker.on('error', (error) => this.onerror?.(error))
      this.worker.unref()
    }

    postMessage(message) {
      this.worker.ref()
      this.worker.postMessage(message)
    }

    terminate() {
      void this.worker.terminate()
    }
  }
  const value = { hardwareConcurrency: threads }
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true })
}
