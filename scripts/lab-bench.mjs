// npm run lab:bench: bytes, training speed while the picture is drawn, time per picture, long tasks.
import { ensureInstalled } from './install.mjs'
import { findChromium } from './browser.mjs'

ensureInstalled()
const { buildLab, labOut } = await import('./lab-build.mjs')
await buildLab()
const { serveLab } = await import('./lab-serve.mjs')
const { LAB_BROWSER_FLAGS, listedPages } = await import('./lab-browser.mjs')
const { chromium } = await import('playwright-core')

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KB`
const executablePath = findChromium()
if (executablePath === undefined) throw new Error('no Chromium can be had here')
const { url, close } = await serveLab({ port: 4673 })
const browser = await chromium.launch({ executablePath, headless: true, args: LAB_BROWSER_FLAGS })

const { gzipSync } = await import('node:zlib')
for (const chapter of listedPages(labOut)) {
  const page = await browser.newPage({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  /** @type {Map<string, number>} */
  const loaded = new Map()
  page.on('response', (response) => {
    const { pathname, protocol } = new URL(response.url())
    // What the page makes itself, a thread's program, is not fetched.
    if (protocol !== 'blob:' && !/\.(woff2?|svg)$/.test(pathname))
      void response.body().then((body) => loaded.set(pathname, gzipSync(body, { level: 9 }).length))
  })
  await page.goto(`${url}${chapter === '' ? '' : `${chapter}/`}`)
  await page.waitForSelector('[data-ready]')
  await page.waitForTimeout(500)
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0)
  console.log(
    `${chapter === '' ? 'front page' : chapter}: ${kilobytes(total)} gzip before the first interaction, engine included`,
  )
  for (const [file, bytes] of [...loaded].sort((a, b) => b[1] - a[1]).slice(0, 4))
    console.log(`    ${kilobytes(bytes).padStart(9)}  ${file}`)
  await page.close()
}

const page = await browser.newPage({ reducedMotion: 'reduce', serviceWorkers: 'block' })
await page.addInitScript(() => {
  const seen = { long: /** @type {number[]} */ ([]), pictures: 0 }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => seen.long.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  })
})
await page.goto(`${url}hidden-layers/#layers=8-8&data=circle&noise=0.08`)
await page.waitForSelector('[data-ready]')
await page.evaluate(() => document.querySelector('#recap')?.scrollIntoView())
await page.waitForSelector('[data-panel=code]')
await page.locator('.speed select').selectOption('10000')
await page.evaluate(() => {
  const { seen } = /** @type {{ seen: { long: number[], pictures: number } }} */ (/** @type {unknown} */ (globalThis))
  seen.long.length = 0
  new MutationObserver(() => seen.pictures++).observe(/** @type {Node} */ (document.querySelector('main')), {
    attributeFilter: ['data-step'],
  })
})
const SECONDS = 6
await page.locator('.play').click()
await page.waitForTimeout(1000)
const read = () =>
  page.evaluate(() => {
    const { seen } = /** @type {{ seen: { long: number[], pictures: number } }} */ (/** @type {unknown} */ (globalThis))
    return {
      step: Number(document.querySelector('main')?.dataset['step']),
      pictures: seen.pictures,
      long: [...seen.long],
      now: performance.now(),
    }
  })
const before = await read()
await page.waitForTimeout(SECONDS * 1000)
const after = await read()
const seconds = (after.now - before.now) / 1000
const pictures = after.pictures - before.pictures
console.log(`2-8-8-1 on 200 points, all of them in every step, while the picture is drawn:`)
console.log(`    ${Math.round((after.step - before.step) / seconds)} steps per second`)
console.log(
  `    ${(pictures / seconds).toFixed(1)} pictures per second, ${((1000 * seconds) / pictures).toFixed(1)} ms from one to the next`,
)
const long = after.long.slice(before.long.length)
console.log(
  `    ${long.length} tasks over 50 ms on the main thread in ${seconds.toFixed(1)} s, longest ${Math.max(0, ...long).toFixed(0)} ms`,
)
await browser.close()
await close()
