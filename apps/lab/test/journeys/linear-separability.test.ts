import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  compared,
  continueByKeyboard,
  continueByMouse,
  press,
  pressOn,
  readToTheEnd,
  setKnob,
  settled,
  skipToText,
  submit,
  tabTo,
  typeOver,
} from './reading.ts'
import { testLayouts, testPictures, testWrongAddresses } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, visit } from './support.ts'

const PATH = 'linear-separability/'

const right = (page: Page, rows: number): Promise<unknown> => page.locator(`[data-right-rows="${rows}"]`).waitFor()
const tries = async (page: Page): Promise<string> => page.locator('[data-tries]').innerText()
const knob = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true })

test('by mouse, light, wide, English: XOR by hand, a ring, hulls, a third input, both checks', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The visitor begins: nothing moves by itself.
  await page.waitForTimeout(600)
  expect(await page.locator('.play').getAttribute('aria-pressed')).toBe('false')
  await expectStep(page, 0)
  await right(page, 2)
  expect(await tries(page)).toBe('none yet')

  // A line shifted by hand counts once, however long it was dragged; Undo takes it back.
  const handle = (await page.locator('[data-handle=shift]').boundingBox())!
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
  await page.mouse.down()
  await page.mouse.move(handle.x - 40, handle.y + 20, { steps: 4 })
  await page.mouse.move(handle.x - 80, handle.y + 40, { steps: 4 })
  await page.mouse.up()
  await right(page, 3)
  await page.waitForFunction(() => location.hash.includes('edits='))
  await settled(page)
  expect(await tries(page)).toBe('1, best 3 of 4')
  const turn = (await page.locator('[data-handle=turn]').boundingBox())!
  await page.mouse.move(turn.x + 8, turn.y + 8)
  await page.mouse.down()
  await page.mouse.move(turn.x - 60, turn.y - 20, { steps: 4 })
  await page.mouse.up()
  await settled(page)
  await page.waitForFunction(() => document.querySelector('[data-tries]')?.textContent.startsWith('2,'))
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Undo' }).click()
  await right(page, 2)
  // What was tried was tried, taken back or not; a line that was had before is no new one.
  expect(await tries(page)).toBe('2, best 3 of 4')
  // A comma does as well as a point; what is no number is told.
  await setKnob(page, 'b', '-0,25')
  await knob(page, 'w₁').fill('much')
  await page.locator('.knob [role=alert]').waitFor()
  await knob(page, 'w₁').fill('1')
  // An easy table can be had by hand.
  await page.locator('[data-experiment=and]').click()
  await right(page, 3)
  for (const [label, text] of [
    ['w₁', '1'],
    ['w₂', '1'],
    ['b', '-1.5'],
  ] as const)
    await setKnob(page, label, text)
  await right(page, 4)
  await page.waitForFunction(() => document.querySelector('[data-tries]')?.textContent.includes('best 4'))
  await page.locator('[data-experiment=xor]').click()
  await right(page, 2)
  expect(await tries(page)).toBe('3, best 3 of 4')

  await continueByMouse(page, 'hook')
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value=settle]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Measured: They come back to where they were.').waitFor()
  await continueByMouse(page, 'predict')
  await page.waitForSelector('[data-panel=machine]')

  // Step by step: a row that is right, and one that is wrong.
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await page.getByText('Row 00 is right: nothing changes.').waitFor()
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await page.locator('[data-look="01"] tbody tr').nth(2).getByText('1.5').waitFor()
  await page.getByRole('button', { name: 'Step back' }).click()
  await page.getByText('Row 00 is right: nothing changes.').waitFor()
  expect(await page.locator('[data-round]').innerText()).toBe('none so far')
  // Play runs into the ring, and the weights of one time round add up to nothing.
  await page.getByRole('button', { name: 'Play' }).click()
  await page.locator('[data-loop="4"]').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('After step 13 the weights are what they were after step 9').first().waitFor()
  await page.getByText('One time round', { exact: true }).click()
  expect(await page.locator('.loop tbody tr').last().innerText()).toMatch(/together\s+0\s+0\s+0/)
  // Other weights, the same end.
  await page.getByRole('button', { name: 'New weights' }).click()
  await expectStep(page, 0)
  await page.locator('[data-experiment=easy]').click()
  await page.getByText('it went through all four rows without a mistake').first().waitFor()

  // Hulls that meet, and hulls that do not, as soon as one answer is turned round.
  await continueByMouse(page, 'play')
  await page.locator('[data-experiment=cross]').click()
  await page.locator('[data-meeting=true]').waitFor()
  await page.getByRole('button', { name: 'Row 11 wants ▲ 0: turn it round' }).click()
  await page.locator('[data-meeting=false]').waitFor()
  expect(await page.getByRole('combobox', { name: 'Table' }).inputValue()).toBe('7')
  await page.locator('[data-experiment=turned]').click()
  await page.locator('[data-meeting=true]').waitFor()
  await page.locator('[data-experiment=smooth]').click()
  await page.locator('[data-finding=noLine]').waitFor()
  await page.locator('.panel-judge [data-address=loss]', { hasText: '0.6931' }).waitFor()

  // The card of a smooth weight promises what happens, that of a step is flat.
  await page.locator('[data-part=w1]').click()
  await page.locator('.card input').fill('0.5')
  await page.locator('.card input').press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.keyboard.press('Escape')
  await readToTheEnd(page)
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('step')
  await page.locator('[data-part=w1]').click()
  await page.getByText('Slope 0').waitFor()
  await page.keyboard.press('Escape')

  // A third input that is of no use, and the one that is.
  await page.locator('[data-experiment=sum]').click()
  await page.locator('[data-gap="0"]').waitFor()
  await page.locator('[data-part=w3]').click()
  await page.locator('.card h3', { hasText: 'x₃' }).waitFor()
  await page.keyboard.press('Escape')
  await submit(page, 'feature', false, 'From none of 20 starts')
  await page.getByRole('combobox', { name: 'Third input' }).selectOption('x1*x2')
  await page.locator('[data-gap="0.5"]').waitFor()
  await submit(page, 'feature', true)

  await page.locator('[data-table="6"]').click()
  await submit(page, 'tables', false, '15 of 16')
  await page.locator('[data-table="9"]').click()
  expect(await page.locator('[data-table="9"]').getAttribute('aria-pressed')).toBe('true')
  await submit(page, 'tables', true)
  await expectAccessible(page, 'wide, light, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')

  // The run is still there after a reload, and so is what was passed.
  const { twin, state } = await pictureOf(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  expect(await pictureOf(page)).toMatchObject({ twin, state })
  expect(await page.locator('[data-check=tables] h3').innerText()).toContain('✓')
  await page.locator('[data-experiment=xor]').click()
  await page.waitForFunction(() => document.querySelector('[data-tries]')?.textContent === '4, best 3 of 4')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, dark, middle, German: fields, steps, cards, tables, both checks', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  await skipToText(page)
  // A line by fields and sliders alone.
  await tabTo(page, '.knob input[type=text]')
  await typeOver(page, '0,5')
  await page.locator('[data-tries="1"]').waitFor()
  await tabTo(page, '[data-knob="0.bias[0]"]')
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(
    () => document.querySelector('[data-knob="0.bias[0]"]')?.getAttribute('aria-valuetext') === '−0,74',
  )
  await page.locator('#title-hook').focus()
  await page.keyboard.press('Control+z')
  await page.waitForFunction(
    () => document.querySelector('[data-knob="0.bias[0]"]')?.getAttribute('aria-valuetext') === '−0,75',
  )
  await page.keyboard.press('Control+z')
  await page.waitForFunction(() => !location.hash.includes('edits='))
  await pressOn(page, '#hook .continue')
  await pressOn(page, 'input[type=radio]', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict', 'play', 'explain', 'break', 'check'])
  await page.waitForSelector('[data-panel=code]')
  // The full stop takes a step, the comma takes it back, the space bar plays.
  for (const [key, step] of [
    ['.', 1],
    ['.', 2],
    [',', 1],
  ] as const) {
    await page.keyboard.press(key)
    await expectStep(page, step)
  }
  // Numbers of the neuron: arrows move, + changes, Enter opens, Escape closes and gives the focus back.
  await page.locator('#title-recap').focus()
  await page.evaluate(() => document.querySelector<SVGElement>('[data-part=w1]')!.focus())
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['part'])).toBe('w2')
  await page.keyboard.press('+')
  await page.locator('[data-part=w2]', { hasText: '0,75' }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.card').waitFor()
  await expectAccessible(page, 'middle, dark, German, card open')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['part'])).toBe('w2')
  await page.keyboard.press('Control+z')
  await page.locator('[data-part=w2]', { hasText: '0,5' }).waitFor()

  await page.locator('#title-check').focus()
  await pressOn(page, '[data-table="6"]', 'Space')
  await pressOn(page, '[data-table="9"]')
  await pressOn(page, '[data-check=tables] button[type=submit]')
  await page.locator('[data-check=tables] [data-passed=true]').waitFor()
  // An answer of the table turned round, and back: the lists above the picture do it as well.
  await page.getByRole('combobox', { name: 'Dritte Eingabe' }).focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
  await page.locator('[data-gap="0.5"]').waitFor()
  await page.locator('#title-check').focus()
  await pressOn(page, '[data-check=feature] button[type=submit]')
  await page.locator('[data-check=feature] [data-passed=true]').waitFor()
  // The picture in words, and its numbers as a table.
  await page.locator('details.twin summary').focus()
  await page.keyboard.press('Enter')
  await pressOn(page, '.twin button')
  await page.locator('.twin table').waitFor()
  expect(await page.locator('.twin tbody tr').count()).toBe(4)
  expect(await page.locator('[data-twin]').innerText()).toContain('liegen getrennt')
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

test('lines that were tried are counted where nothing can be kept, and those of an address are not the visitor’s', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await setKnob(page, 'b', '-0.25')
  await page.locator('.problems', { hasText: 'This browser keeps nothing' }).waitFor()
  await setKnob(page, 'b', '-0.5')
  await setKnob(page, 'b', '-0.25')
  expect(await tries(page)).toMatch(/^2,/)
  // In another visit they come with the address, and wait for the visitor's own.
  const { page: other } = await visit(context, PATH + new URL(page.url()).hash)
  expect(await knob(other, 'b').inputValue()).toBe('−0.25')
  expect(await tries(other)).toBe('none yet')
  await setKnob(other, 'b', '-1')
  expect(await tries(other)).toMatch(/^1,/)
  await other.goto(`${other.url().split(/[?#]/)[0]!}?again${new URL(page.url()).hash}`)
  await other.waitForSelector('#app[data-ready]')
  expect(await tries(other)).toMatch(/^1,/)
  expect(errors).toEqual([])
  await other.context().close()
  await page.context().close()
})

test('what is taken back while a slider is still being heard stays taken back', async (context) => {
  const { page, errors } = await visit(context, PATH)
  const slider = page.locator('[data-knob="0.bias[0]"]')
  // An engine that hears slowly, as on a busy machine.
  await page.evaluate(() => {
    const said = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')!.value as (call: unknown) => void
    Worker.prototype.postMessage = function (call: unknown) {
      setTimeout(() => said.call(this, call), 120)
    }
  })
  for (const wait of [0, 200, 300]) {
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    // What the hand has set is there at once.
    expect(await slider.getAttribute('aria-valuetext')).toBe('−0.74')
    await page.waitForTimeout(wait)
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(1500)
    expect(await slider.getAttribute('aria-valuetext'), `after ${wait} ms`).toBe('−0.75')
    expect(await knob(page, 'b').inputValue()).toBe('−0.75')
    await settled(page)
    expect(await page.evaluate(() => location.hash)).toBe('')
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  }
  expect(errors).toEqual([])
  await page.context().close()
})

test('A and B by mouse: a third input against none, then two logistic units, then one of each', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await readToTheEnd(page)
  await page.locator('.predict .plain').click()
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.getByRole('combobox', { name: 'Third input' }).selectOption('x1*x2')
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('100')
  await page.getByRole('button', { name: 'Play' }).click()
  // A has nothing left to learn, and B goes round for ever: the run goes on.
  await page.waitForFunction(() => Number(document.querySelector('main')?.dataset['step']) > 60)
  expect(await page.locator('.play').getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('button', { name: 'Pause' }).click()
  await settled(page)
  const seen = await compared(page)
  expect(seen['Third input']).toEqual(['x₁ · x₂', 'none'])
  expect(seen['Step']![0]).toBe(seen['Step']![1])
  expect(seen['Right now']![0]).toBe('4 of 4')
  expect(seen['Ring']).toEqual(['–', '4 steps'])
  const [a, b] = seen['Corrections']!.map(Number) as [number, number]
  expect(b).toBeGreaterThan(a)
  await page.getByRole('img', { name: `${a} in A, ${b} in B` }).waitFor()
  await page.getByRole('button', { name: 'Reset' }).click()
  await expectStep(page, 0)
  await page.locator('[data-growth="0 0"]').waitFor()
  await expectAccessible(page, 'A and B')

  // A soft neuron against a hard one: their losses are not of one kind, and the page says so.
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('sigmoid')
  await page.getByText('have no common curve').waitFor()
  expect(await page.locator('[data-growth]').count()).toBe(0)
  await page.getByRole('button', { name: 'Let B go' }).click()
  await page.getByText('have no common curve').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.getByRole('combobox', { name: 'Learning rate' }).selectOption('0.3')
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  await page.getByRole('img', { name: /^A: Loss over 1 steps.* B: Loss over 1 steps/ }).waitFor()
  expect((await compared(page))['Loss']).toHaveLength(2)
  expect(await page.locator('.curve-pinned').getAttribute('d')).not.toBe(
    await page.locator('.curve-train').getAttribute('d'),
  )
  await expectFits(page, 'A and B')
  expect(errors).toEqual([])
  await page.context().close()
})

test('A and B by keyboard alone, German, phone: another table for A, stepped and taken back together', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 320, height: 640 },
  })
  await skipToText(page)
  await continueByKeyboard(page, ['hook'])
  await pressOn(page, 'input[type=radio]', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict', 'play'])
  await page.waitForSelector('[data-panel=machine]', { state: 'attached' })
  expect(await page.locator('[data-panel=compare]').count()).toBe(0)
  await continueByKeyboard(page, ['explain'])
  await page.waitForSelector('[data-panel=compare]')
  await pressOn(page, '[data-panel=compare] button')
  await page.locator('table.compare').waitFor()
  await page.getByRole('combobox', { name: 'Tabelle' }).focus()
  await press(page, 'Home')
  await page.waitForFunction(() => location.hash.includes('table=1'))
  await settled(page)
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  for (let step = 1; step <= 24; step++) {
    await page.keyboard.press('.')
    await expectStep(page, step)
  }
  const seen = await compared(page)
  expect(seen['Tabelle']).toEqual(['AND', 'XOR'])
  expect(seen['Im Moment']![0]).toBe('4 von 4')
  expect(seen['Ring']).toEqual(['–', '4 Schritte'])
  await page.keyboard.press(',')
  await expectStep(page, 23)
  expect((await compared(page))['Schritt']).toEqual(['23', '23'])
  await expectFits(page, 'A and B')
  await expectLargeTargets(page, 'A and B')
  await tabTo(page, '[data-panel=compare] button')
  await page.keyboard.press('Enter')
  await page.locator('table.compare').waitFor({ state: 'detached' })
  // The way that the run would have gone without a change of hand.
  await tabTo(page, '.knob input[type=text]')
  await typeOver(page, '-2,5')
  await page.waitForSelector('[data-pin=old]')
  await settled(page)
  await pressOn(page, '[data-pin=old]')
  await page.locator('table.compare').waitFor()
  expect((await compared(page))['Von Hand geändert']).toEqual(['1', '0'])
  await expectFits(page, 'an old future')
  await expectAccessible(page, 'an old future')
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(PATH, async (page) => {
  await page.locator('[data-experiment=round]').click()
  await page.locator('[data-loop="4"]').waitFor({ state: 'attached' })
  await page.locator('[data-panel=compare] button').click()
  await page.locator('[data-experiment=easy]').click()
  await page.locator('[data-growth]').waitFor({ state: 'attached' })
})

const ADDRESS = '#table=6&turn=30&feature=x1*x2&at=9&seed='
testPictures(PATH, { one: `${ADDRESS}3`, other: `${ADDRESS}4`, canvases: 1 })

test('a page that plays changes its picture three times a second at most', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await readToTheEnd(page)
  await page.locator('.predict .plain').click()
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('100')
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(globalThis, { seen })
    // When the picture changes, not when a busy machine has time to look.
    new MutationObserver(() => seen.push(performance.now())).observe(document.querySelector('.truth-world svg')!, {
      subtree: true,
      childList: true,
      attributes: true,
    })
  })
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForTimeout(2200)
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen)
  expect(seen.length).toBeGreaterThan(2)
  for (let i = 1; i < seen.length; i++) expect(seen[i]! - seen[i - 1]!).toBeGreaterThan(300)
  await page.getByRole('button', { name: 'Pause' }).click()
  expect(errors).toEqual([])
  await page.context().close()
})

const showsItsNumbers = async (page: Page, hash: string): Promise<void> =>
  expect(await page.locator('.truth-table tbody tr').count(), hash).toBe(4)

testWrongAddresses(
  PATH,
  [
    ['#table=99', 'table must lie between'],
    ['#turn=7', 'turn must lie between'],
    ['#feature=x1^9', 'does not exist here'],
    ['#data=spiral', 'does not exist here'],
    ['#table=8&edits=broken', 'damaged'],
  ],
  showsItsNumbers,
)
