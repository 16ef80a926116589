import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { LISTED } from '../../src/chapters/index.ts'
import type { ChapterDefinition } from '../../src/core/chapter/define-chapter.ts'
import { loadMessages } from '../../src/locales/index.ts'
import { serveLab } from '../../../../scripts/lab-serve.mjs'
import { expectAccessible, expectFits, expectStep, labIn, visit } from './support.ts'

const MOST_BYTES = 150 * 1024

/** What comes over the network until the page at a path can be used. */
async function bytesAt(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const bodies: Promise<number>[] = []
  page.on('response', (response) => {
    // Fonts are budgeted separately. What the page makes itself, a thread's program, is not fetched.
    if (/\.(woff2?|svg)$|^blob:/.test(response.url())) return
    bodies.push(response.body().then((body) => gzipSync(body, { level: 9 }).length))
  })
  await page.goto(address)
  await page.waitForSelector('#app[data-ready]')
  const total = (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0)
  await page.close()
  return total
}

for (const chapter of ['', ...LISTED]) {
  test(`${chapter === '' ? 'front page' : chapter}: at most 150 KB gzip before the first interaction, engine and chapter included, in both languages`, async (context) => {
    const { browser, url } = await labIn(context)
    for (const language of ['', 'de/']) {
      const path = `${language}${chapter === '' ? '' : `${chapter}/`}`
      const total = await bytesAt(browser, `${url}${path}`)
      expect(total, path).toBeGreaterThan(80 * 1024)
      expect(total, path).toBeLessThanOrEqual(MOST_BYTES)
    }
  })
}

test('the front page leads to every listed chapter, in both languages, in every width and theme', async (context) => {
  for (const [language, width, colorScheme] of [
    ['', 320, 'dark'],
    ['de/', 768, 'light'],
    ['', 1280, 'light'],
    ['de/', 320, 'light'],
  ] as const) {
    const { page, errors } = await visit(context, language, { colorScheme, viewport: { width, height: 640 } })
    const where = `front, ${language}, ${width}, ${colorScheme}`
    await expectFits(page, where)
    await expectAccessible(page, where)
    expect(await page.locator('.contents a').count()).toBe(LISTED.length)
    await page.locator('.contents a').first().click()
    await page.waitForSelector('main.chapter')
    await page.goBack()
    await page.waitForSelector('.contents')
    expect(errors).toEqual([])
    await page.context().close()
  }
})

/** One step of a run, or where nothing is trained one operation of the sum; then what it changed is on the page. */
async function stepOnce(page: Page, chapter: string): Promise<void> {
  const { chapter: definition } = (await import(`../../src/chapters/${chapter}/chapter.ts`)) as {
    readonly chapter: ChapterDefinition
  }
  const { pass } = definition
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  if (pass === undefined) {
    const before = await page.locator('main').getAttribute('data-state')
    expect(before).toHaveLength(64)
    await button('Step').click()
    await expectStep(page, 1)
    expect(await page.locator('main').getAttribute('data-state')).not.toBe(before)
    return
  }
  await button('Step back').click()
  await page.getByText(`Operation ${pass - 1} of ${pass}`).waitFor()
  await button('Step').click()
  await page.getByText(`Operation ${pass} of ${pass}`).waitFor()
}

for (const chapter of LISTED) {
  test(`${chapter}: without a network after the first visit it is there in both languages, with its run, and steps`, async (context) => {
    const { page, errors } = await visit(context, `${chapter}/`)
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await stepOnce(page, chapter)
    const state = await page.locator('main').getAttribute('data-state')
    await page.context().setOffline(true)
    await page.reload()
    await page.waitForSelector('#app[data-ready]')
    await page.waitForFunction((kept) => document.querySelector('main')!.dataset['state'] === kept, state)
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.waitForFunction(() => document.querySelector('main')!.dataset['step'] === '0')
    await stepOnce(page, chapter)
    await page.goto(new URL(`../de/${chapter}/`, page.url()).href)
    await page.waitForSelector('#app[data-ready]')
    const german = await loadMessages('de')
    expect(await page.locator('h1').innerText()).toBe(german.chapterTitles[chapter])
    expect(errors).toEqual([])
    await page.context().close()
  })

  test(`${chapter}: a page without threads steps as well`, async (context) => {
    const { browser } = await labIn(context)
    const plain = await serveLab({ port: 4473, isolated: false })
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${plain.url}${chapter}/`)
    await page.waitForSelector('#app[data-ready]')
    expect(await page.evaluate(() => [globalThis.crossOriginIsolated, 'SharedArrayBuffer' in globalThis])).toEqual([
      false,
      false,
    ])
    await stepOnce(page, chapter)
    expect(errors).toEqual([])
    await page.close()
    await plain.close()
  })
}

test('what is said later is loaded later, and stretched like the rest; the help too', async (context) => {
  const { page, errors } = await visit(context, 'hidden-layers/?stretched#rate=fast')
  const isStretched = async (selector: string): Promise<void> => {
    expect(await page.locator(selector).first().textContent(), selector).toMatch(/^\[[^]* longer\]$/)
  }
  await isStretched('.problems p')
  await isStretched('.problems button')
  await page.locator('.problems button').click()
  expect(await page.locator('dialog').count()).toBe(0)
  await page.locator('header.site nav > button').last().click()
  await page.locator('dialog[open]').waitFor()
  expect(await page.locator('dialog p').count()).toBe(3)
  await isStretched('dialog p')
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  await page.evaluate(() => document.querySelector('.beat:last-of-type')!.scrollIntoView())
  for (const part of ['.controls legend', '[data-panel=code] h2', '.code .note', '.check-row button']) {
    await isStretched(part)
  }
  expect(errors).toEqual([])
  await page.context().close()
})

/** Every layout of every chapter; the journeys cover them pairwise. */
const PROVEN = process.env['LAB_PROOF'] === undefined ? [] : LISTED
const LAYOUTS = PROVEN.flatMap((chapter) =>
  ['', 'de/'].flatMap((language) =>
    [320, 768, 1280].flatMap((width) =>
      (['light', 'dark'] as const).flatMap((colorScheme) =>
        ['', '?stretched'].map((query) => ({ path: `${language}${chapter}/${query}`, width, colorScheme })),
      ),
    ),
  ),
)

for (const { path, width, colorScheme } of LAYOUTS) {
  test(`${path}, ${width}, ${colorScheme}: it fits, and axe finds nothing`, async (context) => {
    const { page, errors } = await visit(context, path, { colorScheme, viewport: { width, height: 700 } })
    await page.evaluate(() => document.querySelector('.beat:last-of-type')!.scrollIntoView())
    await page.waitForSelector('[data-panel=code]')
    await expectFits(page, path)
    await expectAccessible(page, path)
    expect(errors).toEqual([])
    await page.context().close()
  })
}
