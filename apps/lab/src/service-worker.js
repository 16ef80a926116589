// Keeps the whole lab in the browser. A new build has another name, is fetched as a whole, and only then takes over.
const version = 'VERSION'
const files = ['FILES']
const name = `neurite-lab-${version}`

/** @typedef {{ waitUntil(work: Promise<unknown>): void }} Waits */
/** @typedef {{ request: Request, respondWith(answer: Promise<Response>): void }} Asks */

const worker =
  /** @type {{ skipWaiting(): Promise<void>, clients: { claim(): Promise<void> }, addEventListener(type: string, listener: (event: any) => void): void }} */ (
    /** @type {unknown} */ (self)
  )

worker.addEventListener('install', (/** @type {Waits} */ event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(files))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (/** @type {Waits} */ event) => {
  const clean = async () => {
    for (const key of await caches.keys()) if (key.startsWith('neurite-lab-') && key !== name) await caches.delete(key)
    await worker.clients.claim()
  }
  event.waitUntil(clean())
})

worker.addEventListener('fetch', (/** @type {Asks} */ event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return
  const answer = async () => {
    const kept = await (await caches.open(name)).match(request, { ignoreSearch: true })
    // What a training tells is new each time; without a network there is none to tell of.
    if (kept !== undefined && request.url.includes('/live/') && navigator.onLine)
      return fetch(request).catch(() => kept)
    return kept ?? fetch(request)
  }
  event.respondWith(answer())
})
