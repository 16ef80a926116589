import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  continueByKeyboard,
  continueByMouse,
  hookEnds,
  press,
  pressOn,
  readToTheEnd,
  skipToText,
  submit,
  submitByKeyboard,
  tabTo,
  typeOver,
} from './reading.ts'
import { testForeignAddress, testLayouts, testPictures, testWrongAddresses } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, stepOf, visit } from './support.ts'

const PATH = 'gradient-descent/'

const reading = (page: Page, name: string): Promise<string> => page.locator(`[data-reading=${name}]`).innerText()

/** The start that the map shows, once the run stands still again. */
const started = (page: Page, start: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) =>
      document.querySelector<SVGElement>('.start')?.dataset['start'] === wanted &&
      document.querySelector('main')?.dataset['state'] !== '',
    start,
  )

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true })
  await field.fill(text)
  await field.press('Enter')
}

test('by mouse, light, wide, English: a start, a guess, the cut of a step, batches, a network, B, both checks', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The hook walks by itself and stops by itself.
  await hookEnds(page)
  expect(await page.locator('[data-panel=machine]').count()).toBe(0)
  expect(Number(await reading(page, 'distance'))).toBeLessThan(0.8)
  expect(await reading(page, 'curvature')).toBe('100.0')

  // A click on the map starts there; Undo goes back to the start before.
  const map = (await page.locator('.loss-map svg').boundingBox())!
  await page.locator('.loss-map svg').click({ position: { x: map.width * 0.75, y: map.height * 0.25 } })
  await started(page, '3,3')
  expect(await stepOf(page)).toBe(0)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await started(page, '1,1')
  await page.locator('[data-experiment=begin]').click()
  await expectStep(page, 0)

  await continueByMouse(page, 'hook')
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value=zigzag]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Measured: It runs away and never comes back.').waitFor()
  await continueByMouse(page, 'predict')
  await page.waitForSelector('[data-panel=machine]')

  // Promised and actual, and the three kinds of steps.
  for (const [id, verdict] of [
    ['small', 'short'],
    ['zigzag', 'over'],
    ['away', 'away'],
  ] as const) {
    await page.locator(`[data-experiment=${id}]`).click()
    await page.locator(`[data-verdict=${verdict}]`).waitFor()
  }
  await page.locator('[data-finding=divergence]').waitFor()
  expect(await reading(page, 'product')).toBe('2.10')
  await page.locator('[data-finding=divergence] button').click()
  await page.waitForFunction(() => location.hash.includes('rate=0.0021'))
  await page.locator('[data-finding]').waitFor({ state: 'detached' })

  // A rate by field, a comma as good as a point; a word is told.
  await typeInto(page, 'Learning rate', '0,0195')
  await page.waitForFunction(() => location.hash.includes('rate=0.0195'))
  await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill('fast')
  await page.locator('.slider [role=alert]').waitFor()
  await page.getByRole('textbox', { name: 'Learning rate', exact: true }).fill('0.0195')
  // The start stays where it was put when the rate changes.
  await typeInto(page, 'Start w₁', '0.5')
  await started(page, '0.5,1')
  await page.getByRole('slider', { name: 'Learning rate, slider' }).fill('48')
  await page.waitForFunction(() => !location.hash.includes('rate='))
  await started(page, '0.5,1')

  // The card of a weight: what its gradient promises and what happens.
  const loss = await reading(page, 'loss')
  await page.locator('.now [data-address="parameter:w2[0]"]').click()
  await page.locator('.card input').fill('1.25')
  await page.locator('.card input').press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.waitForFunction((old) => document.querySelector('[data-reading=loss]')!.textContent !== old, loss)
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })

  await readToTheEnd(page)
  await page.locator('[data-experiment=four]').click()
  await expectStep(page, 1500)
  expect(await page.locator('.batch-step').count()).toBe(10)
  expect(await reading(page, 'settled')).toBe('not yet')
  await page.getByRole('button', { name: 'Epoch' }).click()
  await expectStep(page, 1510)

  // B on the same surface, then A on another one.
  await page.locator('[data-experiment=seventy]').click()
  await expectStep(page, 0)
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.locator('table.compare').waitFor()
  await page.getByLabel('Show A minus B').check()
  await page.getByText('A and B stand on the same surface').waitFor()
  await page.getByRole('combobox', { name: 'Landscape' }).selectOption('otherFit')
  await page.getByText('A and B stand on the same surface').waitFor({ state: 'detached' })
  // The other valley has steeper walls: signs say it, not only colours.
  const signs = await page.locator('.map-signs text').allTextContents()
  expect(signs.filter((sign) => sign === '+').length).toBeGreaterThan(15)
  expect(signs.every((sign) => sign === '+' || sign === '−')).toBe(true)
  await page.getByRole('button', { name: 'Let B go' }).click()
  await page.locator('[data-experiment=hollow]').click()
  await expectStep(page, 60)
  expect(Number(await reading(page, 'loss'))).toBeCloseTo(0.3, 1)
  expect(await page.locator('[data-reading=settled]').count()).toBe(0)

  // The checks: first wrong, then right.
  const largest = page.locator('[data-check=largest]')
  await submit(page, 'largest', false, 'This exercise is about the other valley')
  await page.locator('[data-experiment=other]').click()
  await page.waitForFunction(() => location.hash.includes('dataSeed=2'))
  for (const [answer, told] of [
    ['much', 'as a number above 0'],
    ['0.02', 'Dare less'],
    ['0.005', 'You can dare more'],
    ['0,0112', 'The border lies at 2/λmax'],
  ] as const) {
    await largest.locator('input').fill(answer)
    await largest.locator('button[type=submit]').click()
    await largest.getByText(told).waitFor()
  }
  await largest.locator('[data-passed=true]').waitFor()
  await page.locator('[data-experiment=seventy]').click()
  await submit(page, 'seventy', false)
  await typeInto(page, 'Learning rate', '0.033')
  await page.waitForFunction(() => location.hash.includes('rate=0.033'))
  await page.getByRole('slider', { name: 'Momentum, slider' }).fill('67')
  await page.waitForFunction(() => location.hash.includes('momentum=0.67'))
  await submit(page, 'seventy', true)
  await expectAccessible(page, 'wide, light, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')

  // What was reached is still there after a reload.
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  const picture = await pictureOf(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  await expectStep(page, 1)
  expect(await pictureOf(page)).toEqual(picture)
  expect(await page.locator('[data-check=seventy] h3').innerText()).toContain('✓')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, dark, middle, German: the start, steps, rate, cards, both checks', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  const type = async (label: string, text: string): Promise<void> => {
    await page.getByRole('textbox', { name: label, exact: true }).focus()
    await typeOver(page, text)
  }
  await skipToText(page)
  // The start moves by arrows, Enter opens a weight, Escape closes and gives the focus back.
  await tabTo(page, '.start')
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowUp')
  await started(page, '1.2,1.1')
  await page.keyboard.press('Enter')
  await page.locator('.card').waitFor()
  await expectAccessible(page, 'middle, dark, German, card open')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.getAttribute('class'))).toBe('start')
  await page.keyboard.press('.')
  await expectStep(page, 1)
  await page.keyboard.press('.')
  await expectStep(page, 2)
  await page.keyboard.press(',')
  await expectStep(page, 1)
  await page.keyboard.press('Control+z')
  await started(page, '1,1')
  await pressOn(page, '#hook .continue')
  await tabTo(page, 'input[type=radio]')
  await press(page, 'ArrowDown', 'ArrowDown', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.getByText('Du hast es kommen sehen.').waitFor()
  await continueByKeyboard(page, ['predict', 'explain', 'noise', 'network', 'check'])
  await page.waitForSelector('[data-panel=code]')
  // The words and the table.
  await page.locator('.twin summary').focus()
  await page.keyboard.press('Enter')
  await page.getByText('Der tiefste Punkt liegt bei').waitFor()
  await pressOn(page, '.twin button')
  await page.locator('.twin table').waitFor()
  expect(await page.locator('.twin tbody tr').count()).toBe(2)

  await page.locator('#title-check').focus()
  await pressOn(page, '[data-experiment=other]')
  await page.waitForFunction(() => location.hash.includes('dataSeed=2'))
  await tabTo(page, '[data-check=largest] input')
  await page.keyboard.type('0,0112')
  await page.keyboard.press('Enter')
  await page.locator('[data-check=largest] [data-passed=true]').waitFor()
  await page.locator('#title-check').focus()
  await pressOn(page, '[data-experiment=seventy]')
  await page.waitForFunction(() => !location.hash.includes('dataSeed'))
  await type('Lernrate', '0,028')
  await page.waitForFunction(() => location.hash.includes('rate=0.028'))
  await type('Schwung', '0,71')
  await page.waitForFunction(() => location.hash.includes('momentum=0.71'))
  await page.getByRole('slider', { name: 'Schwung, Schieber' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => location.hash.includes('momentum=0.72'))
  expect(await page.getByRole('slider', { name: 'Schwung, Schieber' }).getAttribute('aria-valuetext')).toBe('0,72')
  await submitByKeyboard(page, 'seventy', true)
  expect(await page.locator('[data-check=seventy] .verdict').innerText()).toContain('Ab Schritt 49')
  await expectAccessible(page, 'middle, dark, German')
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(PATH, async (page) => {
  await page.locator('[data-experiment=away]').click()
  await page.locator('[data-finding=divergence]').waitFor()
})

const ADDRESS = '#data=xor&samples=80&noise=0.15&rate=0.05&batch=10&at=40&seed='
testPictures(PATH, { one: `${ADDRESS}3`, other: `${ADDRESS}4`, canvases: 1 })

test('stepping back and forth with a start and an edit between ends in the same picture as the address tells', async (context) => {
  const { page } = await visit(context, `${PATH}#rate=0.005&momentum=0.5&batch=4`)
  await readToTheEnd(page)
  await page.locator('.start').focus()
  await page.keyboard.press('ArrowLeft')
  await started(page, '0.9,1')
  for (let i = 1; i <= 3; i++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await expectStep(page, i)
  }
  await page.locator('.now [data-address="parameter:w1[0]"]').click()
  await page.locator('.card input').fill('1.5')
  await page.locator('.card input').press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.keyboard.press('Escape')
  for (let i = 4; i <= 6; i++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await expectStep(page, i)
  }
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, 5)
  const here = await pictureOf(page)
  const way = await page.locator('.way').getAttribute('d')
  expect(way!.match(/M/g)).toHaveLength(2)
  const { page: other } = await visit(context, PATH + new URL(page.url()).hash)
  await readToTheEnd(other)
  expect(await pictureOf(other)).toEqual(here)
  expect(await other.locator('.way').getAttribute('d')).toBe(way)
  await other.context().close()
  await page.context().close()
})

test('a rate that is too large: the run stops by itself at the last good numbers, and is told', async (context) => {
  const { page, errors } = await visit(context, `${PATH}#rate=0.03`)
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('1000')
  await page.getByRole('button', { name: 'Play' }).click()
  await page.locator('[data-finding=nonFinite]').waitFor()
  await page.waitForFunction(() => document.querySelector('.play')!.getAttribute('aria-pressed') === 'false')
  expect(await reading(page, 'loss')).toMatch(/^\d[.\d]*·10/)
  await page.locator('[data-finding=nonFinite] button').click()
  await page.waitForFunction(() => location.hash.includes('rate=0.003'))
  await page.locator('[data-finding]').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await page.context().close()
})

const showsItsNumbers = async (page: Page, hash: string): Promise<void> =>
  expect(await reading(page, 'loss'), hash).toMatch(/\d/)

testWrongAddresses(
  PATH,
  [
    ['#data=spiral', 'does not exist here'],
    ['#act=relu', 'does not exist here'],
    ['#layers=4-4', '2 hidden layers is not possible'],
    ['#momentum=1', 'must lie between'],
    ['#batch=41', 'must lie between'],
    ['#seed=2&edits=broken', 'damaged'],
    ['#rate=fast', 'is no number'],
  ],
  showsItsNumbers,
)

testForeignAddress(PATH, { hash: '#seed=5&at=30', at: 30 })
