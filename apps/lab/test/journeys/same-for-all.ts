import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readToTheEnd } from './reading.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, visit } from './support.ts'

/** Together with the journeys by mouse and by keyboard: every pair of width, theme and language. */
const LAYOUTS = [
  ['phone, light, German', 'de/', '', 320, 'light'],
  ['phone, dark, 40 % longer', '', '?stretched', 320, 'dark'],
  ['wide, dark, 40 % longer', 'de/', '?stretched', 1280, 'dark'],
] as const

/** A chapter with all its panels, a card and its table open; `prepare` shows what only comes with a run. */
export function testLayouts(
  chapter: string,
  prepare?: (page: Page) => Promise<void>,
  { table }: { /** Where its table stands when not below the words. */ readonly table?: string } = {},
): void {
  for (const [name, language, query, width, colorScheme] of LAYOUTS) {
    test(`${name}: it fits, and axe finds nothing`, async (context) => {
      const { page, errors } = await visit(context, `${language}${chapter}${query}`, {
        colorScheme,
        viewport: { width, height: 640 },
        hasTouch: width < 700,
      })
      await expectFits(page, `${name}, beginning`)
      await readToTheEnd(page)
      await prepare?.(page)
      for (const tab of width < 700 ? [0, 1, 2] : [0]) {
        if (width < 700) await page.locator('.tabs button').nth(tab).click()
        await expectFits(page, `${name}, tab ${tab}`)
        await expectLargeTargets(page, `${name}, tab ${tab}`)
        await expectAccessible(page, `${name}, tab ${tab}`)
      }
      await page.locator('.panel-judge .value').first().click()
      await page.locator('.card').waitFor()
      await expectFits(page, `${name}, card`)
      await page.keyboard.press('Escape')
      await page.locator('.card').waitFor({ state: 'detached' })
      await page.locator('details.twin summary').click()
      await page.locator('[data-twin]').waitFor()
      if (table === undefined) await page.locator('details.twin button').first().click()
      await page.locator(table ?? 'details.twin table').waitFor()
      await expectFits(page, `${name}, table`)
      expect(errors).toEqual([])
      await page.context().close()
    })
  }
}

/** An address and another one, and what shows the difference: so many canvases, or a drawing. */
export interface Addresses {
  readonly one: string
  readonly other: string
  readonly canvases: number
  readonly drawing?: string
}

/** Two visits to one address: equal state, words and pixels, and nothing moves; another number changes all three. */
export function testPictures(chapter: string, { one, other, canvases, drawing }: Addresses): void {
  test('one address gives one picture, and another number another one; nothing moves where motion is not wanted', async (context) => {
    const show = async (hash: string) => {
      const { page, errors } = await visit(context, chapter + hash)
      await readToTheEnd(page)
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
      const drawn = drawing === undefined ? '' : await page.locator(drawing).innerHTML()
      const picture = { ...(await pictureOf(page)), drawn }
      expect(errors).toEqual([])
      await page.context().close()
      return picture
    }
    const first = await show(one)
    expect(first.state).toHaveLength(64)
    expect(first.pixels).toHaveLength(canvases)
    expect(await show(one)).toEqual(first)
    const second = await show(other)
    expect(second.state).not.toBe(first.state)
    expect(second.twin).not.toBe(first.twin)
    for (let i = 0; i < canvases; i++) expect(second.pixels[i], `canvas ${i}`).not.toBe(first.pixels[i])
    if (drawing !== undefined) expect(second.drawn).not.toBe(first.drawn)
  })
}

/** What a chapter cannot show is told in a sentence, and `look` sees that nothing turned blank and nothing was kept. */
export function testWrongAddresses(
  chapter: string,
  wrong: readonly (readonly [hash: string, sentence: string])[],
  look: (page: Page, hash: string) => Promise<void>,
): void {
  test('what this chapter cannot show is told in a sentence, and nothing turns blank', async (context) => {
    const { page, errors } = await visit(context, chapter)
    const [path] = page.url().split(/[?#]/)
    const kept = await page.evaluate(() => localStorage.getItem('neurite-lab'))
    for (const [hash, sentence] of wrong) {
      await page.goto(`${path!}?${encodeURIComponent(hash)}${hash}`)
      await page.waitForSelector('#app[data-ready]')
      expect(await page.locator('.problems').innerText(), hash).toContain(sentence)
      await look(page, hash)
      await page.getByRole('button', { name: 'Understood' }).click()
      await page.locator('.problems').waitFor({ state: 'detached' })
    }
    expect(await page.evaluate(() => localStorage.getItem('neurite-lab'))).toBe(kept)
    expect(errors).toEqual([])
    await page.context().close()
  })
}

/** A run that comes by address is shown, and replaces what is kept only when the visitor acts. */
export function testForeignAddress(
  chapter: string,
  { hash, at }: { readonly hash: string; readonly at: number },
): void {
  test('a foreign address shows its run and overwrites nothing before the visitor acts', async (context) => {
    const { page, errors } = await visit(context, chapter)
    const kept = (): Promise<string | null> => page.evaluate(() => localStorage.getItem('neurite-lab'))
    const step = page.getByRole('button', { name: 'Step', exact: true })
    await step.click()
    await expectStep(page, 1)
    const before = await kept()
    await page.goto(`${page.url().split(/[?#]/)[0]!}?foreign${hash}`)
    await page.waitForSelector('#app[data-ready]')
    await expectStep(page, at)
    expect(await kept()).toBe(before)
    await step.click()
    await expectStep(page, at + 1)
    expect(await kept()).not.toBe(before)
    expect(errors).toEqual([])
    await page.context().close()
  })
}
