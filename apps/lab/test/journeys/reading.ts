import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Brings in all panels, as reading to the end does. */
export async function readToTheEnd(page: Page): Promise<void> {
  await page.locator('#recap h2').scrollIntoViewIfNeeded()
  await page.evaluate(() => document.querySelector('#recap')!.scrollIntoView({ block: 'start' }))
  await page.waitForSelector('[data-panel=code]')
}

/** Tabs on until the focus stands on something that fits. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
  }
  throw new Error(`Tab never reaches ${selector}`)
}

/** Tabs on to something and presses a key there. */
export async function pressOn(page: Page, selector: string, key = 'Enter'): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press(key)
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** The link before the page leads to the text: the first that Tab reaches. */
export async function skipToText(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('text')
}

/** Goes on from beat to beat with their buttons, by keyboard alone. */
export async function continueByKeyboard(page: Page, beats: readonly string[]): Promise<void> {
  for (const beat of beats) {
    await page.locator(`#title-${beat}`).focus()
    await pressOn(page, `#${beat} .continue`)
  }
}

/** Goes on from a beat with its button, by mouse, and waits until the page glides no more: a click meanwhile scrolls it elsewhere. */
export async function continueByMouse(page: Page, beat: string): Promise<void> {
  await page.locator(`#${beat} .continue`).click()
  await page.evaluate(
    (framesOfRest) =>
      new Promise<void>((resolve) => {
        let place = scrollY
        let rest = 0
        const look = (): void => {
          rest = scrollY === place ? rest + 1 : 0
          place = scrollY
          if (rest >= framesOfRest) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
    10,
  )
}

/** What is typed into a field takes the place of what stood there. */
export async function typeOver(page: Page, text: string): Promise<void> {
  await press(page, 'Control+a')
  await page.keyboard.type(text)
  await press(page, 'Enter')
}

/** The run stands still, and the page shows it. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main')?.dataset['state'] !== '')
}

/** The hook moves by itself within three seconds, and stops by itself before nine. */
export async function hookEnds(page: Page): Promise<void> {
  const isPressed = (pressed: boolean, timeout: number): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => document.querySelector('.play')?.getAttribute('aria-pressed') === String(wanted),
      pressed,
      { timeout },
    )
  await isPressed(true, 3000)
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) > 0, undefined, {
    timeout: 3000,
  })
  await isPressed(false, 9000)
}

const knob = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true })

/** Types into the field of a knob and waits until the knob has taken it. */
export async function setKnob(page: Page, label: string, text: string): Promise<void> {
  await knob(page, label).fill(text)
  await knob(page, label).press('Enter')
  const wanted = text.replace(',', '.').replace('-', '−')
  await page.waitForFunction(
    ([name, value]) => {
      const found = [...document.querySelectorAll('.knob')].find(
        (candidate) => candidate.querySelector('label')?.textContent === name,
      )
      return found?.querySelector('input')?.value.replace(',', '.') === value
    },
    [label, wanted],
  )
  await settled(page)
}

/** Sends an answer by mouse and waits for the verdict. */
export async function submit(page: Page, check: string, passed: boolean, text?: string): Promise<void> {
  await page.locator(`[data-check=${check}] button[type=submit]`).click()
  await verdict(page, check, passed, text)
}

/** The same by keyboard alone. */
export async function submitByKeyboard(page: Page, check: string, passed: boolean): Promise<void> {
  await page.locator('#title-check').focus()
  await pressOn(page, `[data-check=${check}] button[type=submit]`)
  await verdict(page, check, passed)
}

async function verdict(page: Page, check: string, passed: boolean, text?: string): Promise<void> {
  const found = page.locator(`[data-check=${check}] [data-passed=${passed}]`)
  await (text === undefined ? found : found.filter({ hasText: text })).waitFor()
}

/** What the table of A and B says, row by row. */
export async function compared(page: Page): Promise<Readonly<Record<string, readonly [string, string]>>> {
  const rows = await page
    .locator('table.compare tbody tr')
    .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText)))
  return Object.fromEntries(rows.map(([name, a, b]) => [name, [a!, b!]]))
}

/** The run has ended by itself. */
export async function playEnds(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.play')?.getAttribute('aria-pressed') === 'false')
  await settled(page)
}
