import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  compared,
  continueByKeyboard,
  continueByMouse,
  hookEnds,
  playEnds,
  pressOn,
  readToTheEnd,
  settled,
  skipToText,
  submit,
  tabTo,
  typeOver,
} from './reading.ts'
import { testLayouts, testPictures, testWrongAddresses } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, stepOf, visit } from './support.ts'

const PATH = 'perceptron/'

const reading = (page: Page, name: string, value: string): Promise<void> =>
  page.locator(`[data-reading=${name}]`, { hasText: new RegExp(`^${value}$`) }).waitFor()

/** The place of the chosen point, as its fields tell it. */
const fields = (page: Page): Promise<string[]> =>
  page.locator('.point-row input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))

async function setField(page: Page, label: string, text: string): Promise<void> {
  const field = page.locator('.point-row').getByRole('textbox', { name: label, exact: true })
  await field.fill(text)
  await field.press('Enter')
  await page.waitForFunction(() => document.querySelector('.point-row [aria-invalid=true]') === null)
  await settled(page)
}

/** A place of the world as a place of the screen. */
async function onScreen(page: Page, x: number, y: number): Promise<[number, number]> {
  await page.locator('.perceptron-world svg').scrollIntoViewIfNeeded()
  const box = (await page.locator('.perceptron-world svg').boundingBox())!
  return [box.x + ((x / 1.25 + 1) / 2) * box.width, box.y + ((1 - y / 1.25) / 2) * box.height]
}

/** The run is the one that the visitor has just chosen, and stands still. */
async function addressHas(page: Page, part: string): Promise<void> {
  await page.waitForFunction((wanted) => location.hash.includes(wanted), part)
  await settled(page)
}

test('by mouse, light, wide, English: mistake by mistake, a guess, points moved and added, the check', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The hook learns by itself, and stops by itself.
  await hookEnds(page)
  await page.locator('[data-experiment=begin]').click()
  await expectStep(page, 0)
  expect(await page.locator('[data-panel=machine]').count()).toBe(0)

  // Step leads from mistake to mistake; one example is less than that.
  await continueByMouse(page, 'hook')
  await page.waitForSelector('[data-panel=machine]')
  const step = page.getByRole('button', { name: 'Step', exact: true })
  for (const at of [1, 5, 30]) {
    await step.click()
    await expectStep(page, at)
  }
  await page.locator('[data-sentence]', { hasText: 'Example 30 was a mistake: point 30' }).waitFor()
  await page.locator('.weight-sum tr.minus', { hasText: 'Point 30' }).waitFor()
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, 5)
  await page.getByRole('button', { name: 'One example' }).click()
  await expectStep(page, 6)

  // A weight of a step is flat, and its card says so; a change says what really happens.
  await page.locator('[data-address="parameter:0.bias[0]"]').click()
  await page.getByText('Slope 0').waitFor()
  await page.locator('.card input').fill('9')
  await page.locator('.card input').press('Enter')
  await page.locator('[data-actual]').waitFor()
  expect(await page.locator('[data-predicted]').innerText()).toBe('0.00')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
  // A point opens its weighted sum.
  await page.mouse.click(...(await onScreen(page, -0.11, 0.91)))
  await page.locator('.card', { hasText: 'for point 1' }).waitFor()
  await page.keyboard.press('Escape')

  await continueByMouse(page, 'play')
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value=same]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Measured: About twice as many.').waitFor()

  await continueByMouse(page, 'predict')
  await page.waitForSelector('[data-panel=judge]')
  await page.locator('[data-experiment=narrow]').click()
  await reading(page, 'updates', '57')
  await reading(page, 'most', '1238')
  await page.getByRole('combobox', { name: 'Width of the gap' }).selectOption('0.3')
  await expectStep(page, 0)
  // Play ends by itself with the last correction.
  await page.locator('.speed select').selectOption('1000')
  await page.locator('.play').click()
  await expectStep(page, 15)
  await page.waitForFunction(() => document.querySelector('.play')?.getAttribute('aria-pressed') === 'false')
  await reading(page, 'wrong', '0 / 40')
  await page.getByRole('combobox', { name: 'Order of examples' }).selectOption('classes')
  await expectStep(page, 0)

  await continueByMouse(page, 'explain')
  await page.waitForSelector('[data-panel=points]')
  await page.locator('[data-experiment=flip]').click()
  await reading(page, 'updates', '44')
  await reading(page, 'most', 'no end')
  await page.locator('[data-experiment=conviction]').click()
  await expectStep(page, 0)
  await reading(page, 'most', '76')

  // Six points: drag one, add one by a click, take it away, and take all of it back.
  await readToTheEnd(page)
  await page.locator('[data-experiment=six]').click()
  await reading(page, 'wrong', '6 / 6')
  await submit(page, 'stubborn', false)
  const [x, y] = (await fields(page)).map((text) => Number(text.replace('−', '-'))) as [number, number]
  await page.mouse.move(...(await onScreen(page, x, y)))
  await page.mouse.down()
  await page.mouse.move(...(await onScreen(page, 0.1, 0.2)), { steps: 4 })
  await page.mouse.move(...(await onScreen(page, 0.4, 0.6)), { steps: 4 })
  await page.mouse.up()
  await page.waitForFunction(() => location.hash.includes('edits='))
  expect(await fields(page)).toEqual(['0.4', '0.6'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: 'adds a ●' }).check()
  await page.mouse.click(...(await onScreen(page, 1.1, -1.1)))
  await page.locator('[data-point="6"]', { hasText: 'Point 7 blue ●' }).waitFor()
  await reading(page, 'wrong', '7 / 7')
  await page.locator('[data-do=flip]').click()
  await page.locator('[data-point="6"]', { hasText: 'Point 7 orange ▲' }).waitFor()
  await page.locator('[data-do=remove]').click()
  await reading(page, 'wrong', '6 / 6')
  await page.locator('[data-do=restore]').click()
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })

  // Two points of different classes side by side, the others gone: it takes long.
  await page.getByRole('radio', { name: 'moves the point' }).check()
  for (let left = 6; left > 2; left--) {
    await page.locator('[data-do=remove]').click()
    await reading(page, 'wrong', `${left - 1} / ${left - 1}`)
  }
  await setField(page, 'x₁', '0,5')
  await setField(page, 'x₂', '0.5')
  await page.getByRole('button', { name: 'Next point' }).click()
  await setField(page, 'x₁', '0.4')
  await setField(page, 'x₂', '0.5')
  if ((await page.locator('[data-point]', { hasText: '●' }).count()) > 0) {
    await page.getByRole('button', { name: 'Next point' }).click()
  }
  const classes = await page.evaluate(() => document.querySelector('[data-reading=most]')!.textContent)
  if (!/^\d{3}$/.test(classes ?? '')) {
    await page.locator('[data-do=flip]').click()
    await settled(page)
  }
  await submit(page, 'stubborn', true)
  await expectAccessible(page, 'wide, light, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')

  // Reset keeps the points; they are still there after a reload.
  await step.click()
  await step.click()
  await settled(page)
  await page.getByRole('button', { name: 'Reset' }).click()
  await expectStep(page, 0)
  await reading(page, 'wrong', '2 / 2')
  const { twin, state } = await pictureOf(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  expect(await pictureOf(page)).toMatchObject({ twin, state })
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, dark, middle, German: mistakes, a point moved by arrows, the check', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  await skipToText(page)
  await page.keyboard.press('.')
  await expectStep(page, 1)
  await page.keyboard.press('.')
  await expectStep(page, 5)
  await page.keyboard.press(',')
  await expectStep(page, 1)
  await continueByKeyboard(page, ['hook', 'play'])
  await page.locator('[data-sentence]', { hasText: 'Beispiel 1 war ein Fehler' }).waitFor()
  await pressOn(page, 'input[type=radio]', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict', 'explain', 'break', 'check'])
  await page.waitForSelector('[data-panel=code]')
  await page.locator('#title-check').focus()
  await pressOn(page, '[data-experiment=six]')
  await reading(page, 'wrong', '6 / 6')
  // The chosen point: arrows move it, F turns it round, Delete takes it away, Enter opens its sum.
  await tabTo(page, '[data-chosen]')
  const [before] = await fields(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(
    (old) => document.querySelector<HTMLInputElement>('.point-row input')?.value !== old,
    before,
  )
  const label = async (): Promise<string> => (await page.locator('[data-chosen]').getAttribute('aria-label')) ?? ''
  const found = await label()
  await page.keyboard.press('f')
  await page.waitForFunction(
    (old) => document.querySelector('[data-chosen]')?.getAttribute('aria-label') !== old,
    found,
  )
  await page.keyboard.press('Enter')
  await page.locator('.card', { hasText: 'Punkt 1' }).waitFor()
  await expectAccessible(page, 'middle, dark, German, card open')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-chosen'))).toBe(true)
  for (let left = 6; left > 0; left--) {
    await page.keyboard.press('Delete')
    if (left > 1) await reading(page, 'wrong', `${left - 1} / ${left - 1}`)
  }
  await page.locator('[data-chosen]').waitFor({ state: 'detached' })
  await pressOn(page, '[data-do=add1]')
  await reading(page, 'wrong', '1 / 1')
  await pressOn(page, '[data-do=add0]')
  await reading(page, 'most', 'ohne Ende')
  const field = page.locator('.point-row').getByRole('textbox', { name: 'x₁', exact: true })
  await field.focus()
  await typeOver(page, '-0,15')
  await reading(page, 'most', '\\d+')
  await page.locator('#title-check').focus()
  await pressOn(page, '[data-check=stubborn] button[type=submit]')
  await page.locator('[data-check=stubborn] .verdict[data-passed]').waitFor()
  await page.keyboard.press('Control+z')
  await reading(page, 'most', 'ohne Ende')
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by touch: a tap opens a sum, and later moves and adds points; a small tremble is no drag', async (context) => {
  const { page, errors } = await visit(context, PATH, { viewport: { width: 320, height: 640 }, hasTouch: true })
  await page.locator('.perceptron-world svg').evaluate((svg) => svg.scrollIntoView({ block: 'start' }))
  await page.touchscreen.tap(...(await onScreen(page, -0.11, 0.91)))
  await page.locator('.card', { hasText: 'for point 1' }).waitFor()
  await page.keyboard.press('Escape')
  await readToTheEnd(page)
  await page.locator('[data-experiment=six]').tap()
  await page.locator('.tabs button').first().tap()
  await page.locator('.perceptron-world svg').evaluate((svg) => svg.scrollIntoView({ block: 'start' }))
  await page.touchscreen.tap(...(await onScreen(page, 1.05, 1.05)))
  await page.waitForFunction(() => location.hash.includes('edits='))
  expect((await fields(page)).map((text) => Math.abs(Number(text) - 1.05) < 0.03)).toEqual([true, true])
  await expectLargeTargets(page, 'phone')
  await expectFits(page, 'phone')
  expect(errors).toEqual([])
  await page.context().close()
})

test('A and B by mouse: from the same start in another order, both until neither makes a mistake', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await readToTheEnd(page)
  await page.locator('.predict .plain').click()
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.locator('table.compare').waitFor()
  expect(await page.getByLabel('Show A minus B').count()).toBe(0)
  await page.getByRole('combobox', { name: 'Order of examples' }).selectOption('shuffled')
  await addressHas(page, 'order=shuffled')
  // Step leads to the nearer mistake of the two.
  const step = page.getByRole('button', { name: 'Step', exact: true })
  const heads: number[] = []
  for (let last = -1; ;) {
    await step.click()
    await settled(page)
    const head = await stepOf(page)
    if (head === last) break
    heads.push(head)
    last = head
  }
  const end = await compared(page)
  expect(end['Order of examples']).toEqual(['shuffled', 'as listed'])
  expect(end['Examples seen']).toEqual([String(heads.at(-1)), String(heads.at(-1))])
  expect(end['Wrong now']).toEqual(['0 / 40', '0 / 40'])
  expect(end['Corrections']![1]).toBe('8')
  const [a, b] = end['Corrections']!.map(Number) as [number, number]
  expect(heads.length).toBeGreaterThanOrEqual(Math.max(a, b))
  expect(heads.length).toBeLessThanOrEqual(a + b)
  await page.locator(`[data-growth="${a} ${b}"]`).waitFor()
  await page.getByRole('img', { name: `${a} in A, ${b} in B` }).waitFor()
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, heads.at(-2)!)
  // Play ends by itself, and not when only one of them is done.
  await page.getByRole('button', { name: 'Reset' }).click()
  await expectStep(page, 0)
  await page.locator('.speed select').selectOption('1000')
  await page.locator('.play').click()
  await expectStep(page, heads.at(-1)!)
  await playEnds(page)
  expect(await compared(page)).toEqual(end)
  await expectAccessible(page, 'A and B')
  await expectFits(page, 'A and B')
  // Another knob: B keeps its own.
  await page.getByRole('combobox', { name: 'Order of examples' }).selectOption('listed')
  await page.getByRole('combobox', { name: 'Width of the gap' }).selectOption('0.3')
  await addressHas(page, 'margin=0.3')
  const other = await compared(page)
  expect(other['Width of the gap']).toEqual(['0.3', '0.1'])
  expect(other['At most']).toEqual(['18', '72'])
  // Both are still there after a reload; a run that comes by address is looked at without B.
  await step.click()
  await expectStep(page, 1)
  const both = await compared(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  await page.locator('table.compare').waitFor()
  expect(await compared(page)).toEqual(both)
  const [path] = page.url().split(/[?#]/)
  await page.goto(`${path!}?foreign#margin=0.2&at=9`)
  await page.waitForSelector('#app[data-ready]')
  await page.getByRole('button', { name: 'Keep this run as B' }).waitFor()
  expect(await page.locator('table.compare').count()).toBe(0)
  await page.goto(path!)
  await page.waitForSelector('#app[data-ready]')
  await page.locator('table.compare').waitFor()
  expect(await compared(page)).toEqual(both)
  await page.getByRole('button', { name: 'Let B go' }).click()
  await page.locator('table.compare').waitFor({ state: 'detached' })
  await page.locator('[data-growth]').waitFor({ state: 'detached' })
  await step.click()
  await settled(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  // Who makes another run their own has nothing to compare it with.
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.locator('table.compare').waitFor()
  await page.goto(`${path!}?foreign#margin=0.2&at=9`)
  await page.waitForSelector('#app[data-ready]')
  await page.getByRole('button', { name: 'One example' }).click()
  await expectStep(page, 10)
  await page.goto(path!)
  await page.waitForSelector('#app[data-ready]')
  await expectStep(page, 10)
  await page.getByRole('button', { name: 'Keep this run as B' }).waitFor()
  expect(errors).toEqual([])
  await page.context().close()
})

test('A and B by keyboard alone, German, middle: pinned, another width, played, let go', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  await skipToText(page)
  await continueByKeyboard(page, ['hook', 'play'])
  await pressOn(page, 'input[type=radio]', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict'])
  await page.waitForSelector('[data-panel=compare]')
  await pressOn(page, '[data-panel=compare] button')
  await page.locator('table.compare').waitFor()
  await page.getByRole('combobox', { name: 'Breite der Lücke' }).focus()
  await page.keyboard.press('ArrowUp')
  await addressHas(page, 'margin=0.2')
  expect((await compared(page))['Breite der Lücke']).toEqual(['0,2', '0,1'])
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('.')
  await expectStep(page, 1)
  await tabTo(page, '.speed select')
  await page.keyboard.press('End')
  await pressOn(page, '.play')
  await page.waitForFunction(() => Number(document.querySelector('main')?.dataset['step']) >= 123)
  await playEnds(page)
  const end = await compared(page)
  expect(end['Jetzt falsch']).toEqual(['0 / 40', '0 / 40'])
  expect(end['Korrekturen']![1]).toBe('8')
  await expectFits(page, 'A and B')
  await expectLargeTargets(page, 'A and B')
  await expectAccessible(page, 'A and B')
  await tabTo(page, '[data-panel=compare] button')
  await page.keyboard.press('Enter')
  await page.locator('table.compare').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(PATH, async (page) => {
  await page.locator('[data-experiment=narrow]').click()
  await expectStep(page, 1000)
  await page.locator('[data-panel=compare] button').click()
  await page.locator('[data-experiment=wide]').click()
  await expectStep(page, 400)
  await page.locator('[data-growth^="4 "]').waitFor({ state: 'attached' })
})

const ADDRESS = '#margin=0.05&dataSeed=9&order=shuffled&at=25&seed='
testPictures(PATH, { one: `${ADDRESS}3`, other: `${ADDRESS}4`, canvases: 1 })

test('the example that is added grows where motion is wanted', async (context) => {
  const { page } = await visit(context, PATH, { reducedMotion: 'no-preference' })
  await continueByMouse(page, 'hook')
  await page.locator('[data-experiment=again]').click()
  await expectStep(page, 0)
  await page.evaluate(() => {
    Object.assign(globalThis, { grown: 0 })
    addEventListener('animationend', () => (globalThis as unknown as { grown: number }).grown++)
  })
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  await page.waitForFunction(() => (globalThis as unknown as { grown: number }).grown > 0)
  await page.context().close()
})

testWrongAddresses(
  PATH,
  [
    ['#margin=0.9', 'must lie between'],
    ['#order=alphabet', 'does not exist here'],
    ['#data=spiral', 'does not exist here'],
    ['#edits=AAAA', 'damaged'],
  ],
  async (page) => {
    await page.locator('.perceptron-world canvas').waitFor()
    await expectStep(page, 0)
  },
)
