import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  compared,
  continueByKeyboard,
  continueByMouse,
  hookEnds,
  press,
  pressOn,
  readToTheEnd,
  settled,
  skipToText,
  submit,
  submitByKeyboard,
  tabTo,
} from './reading.ts'
import { testForeignAddress, testLayouts, testPictures, testWrongAddresses } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, stepOf, visit } from './support.ts'

const PATH = 'hidden-layers/'

test('by mouse, light, wide, English: the hook, a guess, a changed weight, B, and the check', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The hook moves within three seconds and stops by itself.
  await hookEnds(page)
  expect(await page.locator('[data-panel=machine]').count()).toBe(0)

  await continueByMouse(page, 'hook')
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value="2"]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Your guess: two.').waitFor()
  await continueByMouse(page, 'predict')
  await page.waitForSelector('[data-panel=machine]')

  await page.locator('[data-experiment=three]').click()
  await expectStep(page, 600)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 601)
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, 600)

  // A changed weight: predicted and actual change, and a loss that moves.
  const before = await page.locator('[data-address=loss]').innerText()
  await page.locator('[data-neuron="0.1"]').click()
  await page.locator('[data-card="activation:0[1]@0"] .value[data-address="parameter:0.weight[2]"]').click()
  const field = page.locator('.card input')
  await field.fill('0,25')
  await field.press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.waitForFunction((old) => document.querySelector('[data-address=loss]')!.textContent !== old, before)
  expect(await page.locator('.card-value strong').innerText()).toContain('0.25')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.waitForFunction((old) => document.querySelector('[data-address=loss]')!.textContent === old, before)

  await readToTheEnd(page)
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.locator('table.compare').waitFor()
  await page.getByLabel('Show A minus B').check()
  await page.getByRole('button', { name: 'Let B go' }).click()

  // The check: first wrong, then right.
  await submit(page, 'circle', false)
  await page.getByRole('combobox', { name: 'Data' }).selectOption('circle')
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('10000')
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) >= 3000)
  await page.getByRole('button', { name: 'Pause' }).click()
  await submit(page, 'circle', true)
  await expectAccessible(page, 'wide, light, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')

  // What was reached is still there after a reload.
  const step = await stepOf(page)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  await expectStep(page, step)
  expect(await page.locator('[data-check=circle] h3').innerText()).toContain('✓')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, dark, middle, German: play, step, neurons, a weight, the check', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}#act=relu&layers=2&seed=2`, {
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  })
  await skipToText(page)
  await pressOn(page, '#hook .continue')
  await tabTo(page, 'input[type=radio]')
  await press(page, 'ArrowDown', 'ArrowDown', 'Space')
  await pressOn(page, '.predict button[type=submit]')
  await page.locator('.predict.done').waitFor()
  await continueByKeyboard(page, ['predict', 'play', 'explain', 'break', 'check'])
  await page.waitForSelector('[data-panel=code]')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await press(page, '.', '.', '.')
  await expectStep(page, 3)
  await page.keyboard.press(',')
  await expectStep(page, 2)
  // The network: arrows move, Enter opens, + nudges, Escape closes and gives the focus back.
  await tabTo(page, '[data-neuron]')
  // Wherever the focus was, two steps to the left lie the inputs.
  await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowUp')
  const path: unknown[] = []
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowDown']) {
    await page.keyboard.press(key)
    path.push(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['neuron']))
  }
  expect(path).toEqual(['0.0', '1.0', '0.0', '0.1'])
  await page.keyboard.press('+')
  await page.getByRole('button', { name: 'Rückgängig' }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-card="activation:0[1]@0"]').waitFor()
  await expectAccessible(page, 'middle, dark, German, card open')
  await page.keyboard.press('Escape')
  await page.locator('.card').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['neuron'])).toBe('0.1')
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Rückgängig' }).waitFor({ state: 'detached' })
  // Train until it has failed, and say which neuron is dead.
  await tabTo(page, '.speed select')
  await page.keyboard.press('End')
  await pressOn(page, '.play')
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) > 1500)
  await pressOn(page, '.play')
  await page.locator('[data-finding=deadUnits]').waitFor()
  await tabTo(page, '[data-check=dead] select')
  await press(page, 'ArrowDown')
  await submitByKeyboard(page, 'dead', true)
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(PATH)

testPictures(PATH, { one: '#layers=4&seed=4&at=300', other: '#layers=4&seed=5&at=300', canvases: 2 })

test('stepping back and forth with an edit between ends in the same picture as the address tells', async (context) => {
  const { page } = await visit(context, `${PATH}#layers=3&at=40`)
  await readToTheEnd(page)
  await page.locator('[data-neuron="0.0"]').focus()
  await page.keyboard.press('+')
  await page.waitForFunction(() => location.hash.includes('edits='))
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 43)
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, 42)
  const here = await pictureOf(page)
  const { page: other } = await visit(context, PATH + new URL(page.url()).hash)
  await readToTheEnd(other)
  expect(await pictureOf(other)).toEqual(here)
  await other.context().close()
  await page.context().close()
})

test('a change behind the head cuts the future off, and the old one goes on as B', async (context) => {
  const { page, errors } = await visit(context, `${PATH}#layers=3&at=40`)
  await readToTheEnd(page)
  await page.locator('.predict .plain').click()
  const step = page.getByRole('button', { name: 'Step', exact: true })
  const loss = page.locator('.panel-judge [data-address=loss]')
  const nudge = async (neuron: string): Promise<void> => {
    const before = await loss.innerText()
    await page.locator(`[data-neuron="${neuron}"]`).focus()
    await page.keyboard.press('+')
    await page.waitForFunction((old) => document.querySelector('[data-address=loss]')!.textContent !== old, before)
    await settled(page)
  }
  expect(await page.locator('[data-pin=old]').count()).toBe(0)
  await step.click()
  await expectStep(page, 41)
  await nudge('0.0')
  await step.click()
  await expectStep(page, 42)
  const future = await loss.innerText()
  await page.getByRole('button', { name: 'Step back' }).click()
  await page.getByRole('button', { name: 'Step back' }).click()
  await expectStep(page, 40)
  // Here the run takes another way, and the change at step 41 is gone with the old one.
  await nudge('0.2')
  await page.getByRole('button', { name: 'Keep it without your last change as B' }).click()
  await page.locator('table.compare').waitFor()
  expect((await compared(page))['Changed by hand']).toEqual(['1', '0'])
  await step.click()
  await expectStep(page, 41)
  expect((await compared(page))['Changed by hand']).toEqual(['1', '1'])
  await step.click()
  await expectStep(page, 42)
  const seen = await compared(page)
  expect(seen['Step']).toEqual(['42', '42'])
  expect(seen['Loss']![1]).toBe(future)
  expect(seen['Loss']![0]).not.toBe(future)
  // What is taken back leaves no old future behind.
  await page.getByRole('button', { name: 'Let B go' }).click()
  await page.locator('[data-pin=old]').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator('[data-pin=old]').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await page.context().close()
})

const showsItsNumbers = async (page: Page, hash: string): Promise<void> =>
  expect(await page.locator('[data-address=loss]').innerText(), hash).toMatch(/0\.\d+/)

testWrongAddresses(
  PATH,
  [
    ['#rate=fast', 'is no number'],
    ['#layers=2-2-2-2-2', '5 hidden layers is not possible'],
    ['#layers=4000', '4000 neurons is not possible'],
    ['#data=faces', 'does not exist here'],
    ['#seed=4&edits=broken', 'damaged'],
    ['#momentum=3', 'must lie between'],
    ['#session=1', 'does not know'],
  ],
  showsItsNumbers,
)

testForeignAddress(PATH, { hash: '#layers=5&at=70', at: 70 })

test('a file that is no progress is refused in a sentence; damaged storage and a real file are read', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  const kept = await page.evaluate(() => localStorage.getItem('neurite-lab'))
  const give = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Your progress' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }
  await give('{"kind": "something else"}')
  await page.locator('.problems').waitFor()
  expect(await page.locator('.problems').innerText()).toContain('no progress of this lab')
  expect(await page.evaluate(() => localStorage.getItem('neurite-lab'))).toBe(kept)
  await page.getByRole('button', { name: 'Understood' }).click()
  await give(kept!.replace('"passed": []', '"passed": ["circle"]'))
  await page.getByText('Your progress was read from the file.').waitFor()
  await page.evaluate(() => localStorage.setItem('neurite-lab', '{"half'))
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  expect(await page.locator('.problems').innerText()).toContain('no progress')
  expect(await page.evaluate(() => localStorage.getItem('neurite-lab-damaged'))).toBe('{"half')
  expect(errors).toEqual([])
  await page.context().close()
})
