// npm run lab:shots [FOLDER]: a screenshot of every chapter in both themes and three widths.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './browser.mjs'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const { buildLab, labOut } = await import('./lab-build.mjs')
await buildLab()
const { serveLab } = await import('./lab-serve.mjs')
const { LAB_BROWSER_FLAGS, listedPages } = await import('./lab-browser.mjs')
const { chromium } = await import('playwright-core')

const out = process.argv[2] ?? join(root, '.cache/lab-shots')
const only = process.argv[3]
mkdirSync(out, { recursive: true })
const executablePath = findChromium()
if (executablePath === undefined) throw new Error('no Chromium can be had here')
const { url, close } = await serveLab({ port: 4273 })
const browser = await chromium.launch({ executablePath, headless: true, args: LAB_BROWSER_FLAGS })
for (const page of listedPages(labOut)) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const width of [320, 768, 1280]) {
      const name = `${page === '' ? 'front' : page}-${colorScheme}-${width}`
      if (only !== undefined && !name.includes(only)) continue
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: width < 700 ? 640 : 800 },
        reducedMotion: 'reduce',
      })
      const tab = await context.newPage()
      tab.on('pageerror', (error) => console.log(`${name}: ${error.message}`))
      tab.on('console', (message) => {
        if (message.type() === 'error') console.log(`${name}: ${message.text()}`)
      })
      await tab.goto(`${url}${page === '' ? '' : `${page}/`}`)
      await tab.waitForSelector('[data-ready]', { timeout: 15_000 })
      await tab.screenshot({ path: join(out, `${name}-first.png`) })
      // The end of the story, with everything that it brings in.
      await tab.evaluate(() => document.querySelector('.beat:last-of-type')?.scrollIntoView())
      await tab.waitForTimeout(400)
      const experiment = tab.locator('[data-experiment]').last()
      if ((await experiment.count()) > 0) {
        await tab.locator('[data-experiment]').nth(4).click()
        await tab.waitForTimeout(1500)
      }
      await tab.screenshot({ path: join(out, `${name}-last.png`), fullPage: width < 1000 })
      await context.close()
    }
  }
}
await browser.close()
await close()
console.log(`Screenshots lie in ${out}.`)
