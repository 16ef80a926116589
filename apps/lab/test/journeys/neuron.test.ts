import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  continueByKeyboard,
  continueByMouse,
  pressOn,
  readToTheEnd,
  setKnob,
  settled,
  skipToText,
  submit,
  submitByKeyboard,
  tabTo,
  typeOver,
} from './reading.ts'
import { testLayouts, testPictures, testWrongAddresses } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, pictureOf, visit } from './support.ts'

const PATH = 'neuron/'

/** The sentence below the bars. */
const told = (page: Page, text: string): Locator => page.locator('[data-sentence]', { hasText: text })

const operation = (page: Page, n: number): Promise<unknown> =>
  page.getByText(new RegExp(`^\\w+ ${n} \\w+ 4$`)).waitFor()

const mistakes = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-mistakes]').getAttribute('data-mistakes'))

test('by mouse, light, wide, English: it adds up, a line dragged, a guess, both checks', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The hook adds up by itself, and stops at the end.
  await page.waitForFunction(() => document.querySelector('.play')?.getAttribute('aria-pressed') === 'true')
  await told(page, '0.67 reaches the threshold 0.5: the neuron fires').waitFor({ timeout: 6000 })
  await page.waitForFunction(() => document.querySelector('.play')?.getAttribute('aria-pressed') === 'false')
  expect(await page.locator('[data-panel=world]').count()).toBe(0)
  await page.getByRole('button', { name: 'Step back' }).click()
  await told(page, 'Both together, plus the bias').waitFor()
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await operation(page, 4)

  // With 0.3 for the second weight it stays silent; a comma does as well as a point.
  await setKnob(page, 'w₂', '0,3')
  await told(page, '0.43 stays below the threshold').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await told(page, '0.67 reaches the threshold').waitFor()
  await page.getByRole('textbox', { name: 'b', exact: true }).fill('much')
  await page.locator('.knob [role=alert]').waitFor()
  await page.getByRole('textbox', { name: 'b', exact: true }).fill('0')

  await continueByMouse(page, 'hook')
  await page.waitForSelector('[data-panel=judge]')
  await page.locator('[data-experiment=days]').click()
  await page.locator('[data-mistakes="14"]').waitFor()

  // The line shifts under the pointer, and Undo takes the whole gesture back.
  const handle = (await page.locator('[data-handle=shift]').boundingBox())!
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
  await page.mouse.down()
  await page.mouse.move(handle.x + 30, handle.y - 20, { steps: 4 })
  await page.mouse.move(handle.x + 60, handle.y - 40, { steps: 4 })
  await page.mouse.up()
  await page.waitForFunction(() => location.hash.includes('edits='))
  expect(await page.getByRole('textbox', { name: 'w₁', exact: true }).inputValue()).toBe('0.5')
  expect(
    Number((await page.getByRole('textbox', { name: 'b', exact: true }).inputValue()).replace('−', '-')),
  ).toBeLessThan(-0.6)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator('[data-mistakes="14"]').waitFor()
  // Turning changes the direction of the weights, not their length.
  const turn = (await page.locator('[data-handle=turn]').boundingBox())!
  await page.mouse.move(turn.x + 8, turn.y + 8)
  await page.mouse.down()
  await page.mouse.move(turn.x - 30, turn.y + 40, { steps: 4 })
  await page.mouse.up()
  await page.waitForFunction(() => location.hash.includes('edits='))
  expect(await page.locator('.panel-judge dd').nth(2).innerText()).toMatch(/^0\.86/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator('[data-mistakes="14"]').waitFor()
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
  // A click in the picture showsItsNumbers at another place.
  await page.locator('.neuron-world svg').click({ position: { x: 20, y: 20 } })
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[data-knob="input[0]"]')?.value === '-0.14',
  )
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })

  await continueByMouse(page, 'play')
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value=shift]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Measured: It stays where it is.').waitFor()

  // A weight of a step is flat, and its card says so; a sigmoid's is not.
  await readToTheEnd(page)
  await page.locator('[data-part=w1]').click()
  await page.getByText('Slope 0').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('sigmoid')
  const loss = await page.locator('.panel-judge [data-address=loss]').innerText()
  await page.locator('[data-part=w1]').click()
  await page.locator('.card input').fill('0.75')
  await page.locator('.card input').press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.waitForFunction(
    (old) => document.querySelector('.panel-judge [data-address=loss]')!.textContent !== old,
    loss,
  )
  await page.keyboard.press('Escape')

  // First wrong, then right, twice.
  await page.locator('[data-experiment=again]').click()
  await page.locator('[data-mistakes="14"]').waitFor()
  await submit(page, 'days', false)
  for (const [label, text] of [
    ['w₁', '2'],
    ['w₂', '0.5'],
    ['b', '-1.5'],
  ] as const)
    await setKnob(page, label, text)
  expect(await mistakes(page)).toBe(1)
  await submit(page, 'days', true)
  await page.locator('[data-experiment=sure]').click()
  await page.waitForFunction(() => location.hash.includes('seed=2'))
  for (const label of ['w₁', 'w₂', 'b']) {
    const now = await page.getByRole('textbox', { name: label, exact: true }).inputValue()
    await setKnob(page, label, String(Number(now.replace('−', '-')) / 2))
    if (label === 'b') break
    await submit(page, 'unsure', false)
  }
  await submit(page, 'unsure', true)
  await expectAccessible(page, 'wide, light, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')

  // The neuron is still there after a reload.
  const { twin, state } = await pictureOf(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  expect(await pictureOf(page)).toMatchObject({ twin, state })
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, dark, middle, German: operations, parts, sliders, cards, both checks', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => (document.activeElement as HTMLElement).dataset['part'])
  await skipToText(page)
  await page.keyboard.press(',')
  await told(page, 'Beide zusammen, plus der Bias').waitFor()
  await page.keyboard.press('.')
  await told(page, '0,67 erreicht').waitFor()
  // Parts of the neuron: arrows move, + changes, Enter opens, Escape closes and gives the focus back.
  await tabTo(page, '[data-part]')
  const path: unknown[] = []
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('ArrowRight')
    path.push(await focused())
  }
  expect(path).toEqual(['x2', 'w1', 'w2'])
  await page.keyboard.press('-')
  await told(page, '0,61').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.card').waitFor()
  await expectAccessible(page, 'middle, dark, German, card open')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  expect(await focused()).toBe('w2')
  await page.keyboard.press('Control+z')
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[data-knob="0.weight[1]"]')?.value === '0.7',
  )
  // A slider moves by arrows, and says its number.
  await tabTo(page, '[data-knob="0.bias[0]"]')
  await page.keyboard.press('ArrowLeft')
  await page.waitForFunction(
    () => document.querySelector('[data-knob="0.bias[0]"]')?.getAttribute('aria-valuetext') === '−0,01',
  )
  // It stays there when all is settled, and goes on from there.
  await page.waitForFunction(() => document.querySelector('main')?.dataset['state'] !== '' && location.hash !== '')
  await page.keyboard.press('ArrowLeft')
  await settled(page)
  await page.waitForFunction(
    () => document.querySelector('[data-knob="0.bias[0]"]')?.getAttribute('aria-valuetext') === '−0,02',
  )
  expect(await page.getByRole('textbox', { name: 'b', exact: true }).inputValue()).toBe('−0,02')
  await page.keyboard.press('Control+z')
  await page.waitForFunction(
    () => document.querySelector('[data-knob="0.bias[0]"]')?.getAttribute('aria-valuetext') !== '−0,02',
  )
  await page.keyboard.press('Control+z')
  await page.locator('#hook .continue').focus()
  await page.keyboard.press('Enter')
  await pressOn(page, '[data-experiment=days]')
  await page.locator('[data-mistakes="14"]').waitFor()
  await pressOn(page, '#play .continue')
  await pressOn(page, 'input[type=radio]', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict', 'explain', 'break', 'check'])
  await page.waitForSelector('[data-panel=code]')
  const type = async (label: string, text: string): Promise<void> => {
    await page.getByRole('textbox', { name: label, exact: true }).focus()
    await typeOver(page, text)
    await settled(page)
  }
  for (const [label, text] of [
    ['w₁', '2'],
    ['w₂', '0,5'],
    ['b', '-1,5'],
  ] as const)
    await type(label, text)
  await page.locator('[data-mistakes="1"]').waitFor()
  await submitByKeyboard(page, 'days', true)
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone and without a network: the second check, first wrong, then right', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light' })
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  for (const beat of ['hook', 'play', 'predict', 'explain', 'break']) {
    if (await page.locator(`#${beat} .continue`).isHidden()) continue
    await page.locator(`#title-${beat}`).focus()
    await pressOn(page, `#${beat} .continue`)
  }
  await page.locator('#title-check').focus()
  await pressOn(page, '[data-experiment=sure]')
  await page.waitForFunction(() => location.hash.includes('seed=2'))
  await settled(page)
  await submitByKeyboard(page, 'unsure', false)
  for (const label of ['w₁', 'w₂', 'b']) {
    const field = page.getByRole('textbox', { name: label, exact: true })
    const half = Number((await field.inputValue()).replace('−', '-')) / 2
    await field.evaluate((input) => input.setAttribute('data-wanted', ''))
    await tabTo(page, '[data-wanted]')
    await field.evaluate((input) => input.removeAttribute('data-wanted'))
    const before = (await pictureOf(page)).state
    await typeOver(page, String(half))
    await page.waitForFunction((old) => !['', old].includes(document.querySelector('main')!.dataset['state']!), before)
    if (label === 'w₂') await submitByKeyboard(page, 'unsure', false)
  }
  await submitByKeyboard(page, 'unsure', true)
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(PATH, async (page) => {
  await page.locator('[data-experiment=sure]').click()
  await page.waitForFunction(() => location.hash.includes('seed=2'))
})

const ADDRESS = '#data=umbrella&samples=30&noise=0.03&act=sigmoid&seed='
testPictures(PATH, { one: `${ADDRESS}3`, other: `${ADDRESS}4`, canvases: 1 })

const showsItsNumbers = async (page: Page, hash: string): Promise<void> =>
  expect(await page.locator('[data-part=sum]').getAttribute('aria-label'), hash).toContain('0.67')

testWrongAddresses(
  PATH,
  [
    ['#at=50', 'must lie between'],
    ['#data=spiral', 'does not exist here'],
    ['#act=cubic', 'does not exist here'],
  ],
  showsItsNumbers,
)
