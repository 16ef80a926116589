import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { LISTED } from '../../src/chapters/index.ts'
import { expectAccessible, expectFits, labIn, visit } from './support.ts'

const MOST_BYTES = 150 * 1024

for (const chapter of ['', ...LISTED]) {
  test(`${chapter === '' ? 'front page' : chapter}: at most 150 KB gzip before the first interaction, engine and chapter included`, async (context) => {
    const { browser, url } = await labIn(context)
    const page = await browser.newPage({ reducedMotion: 'reduce', serviceWorkers: 'block' })
    const bodies: Promise<number>[] = []
    page.on('response', (response) => {
      // Fonts are budgeted separately. What the page makes itself, a thread's program, is not fetched.
      if (/\.(woff2?|svg)$|^blob:/.test(response.url())) return
      bodies.push(response.body().then((body) => gzipSync(body, { level: 9 }).length))
    })
    await page.goto(`${url}${chapter === '' ? '' : `${chapter}/`}`)
    await page.waitForSelector('#app[data-ready]')
    const total = (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0)
    expect(total).toBeGreaterThan(80 * 1024)
    expect(total).toBeLessThanOrEqual(MOST_BYTES)
    await page.close()
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
