import { expect, test } from 'vitest'
import { compared, readToTheEnd, settled, submit, tabTo, typeOver } from './reading.ts'
import { testLayouts, testPictures } from './same-for-all.ts'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, visit } from './support.ts'

const PATH = 'backpropagation/'

test('by mouse, dark, wide, English: forward and back through the pass, a blank filled, both checks', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'dark' })
  const forward = page.locator('.next-operation')
  await forward.click()
  await page.getByText('p₁₁ = w₁₁ × x₁').waitFor()
  for (let i = 0; i < 17; i++) await forward.click()
  await page.getByText('L passes its blame on').waitFor()
  await page.getByRole('button', { name: 'One operation back' }).click()
  await page.getByText('L = e²').waitFor()
  await page.locator('[data-box=w11]').click()
  const field = page.locator('.card input')
  await field.fill('-1,5')
  await field.press('Enter')
  await page.locator('[data-actual]').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()

  await page.evaluate(() => document.querySelector('#recap')!.scrollIntoView())
  await page.waitForSelector('[data-panel=code]')
  await page.getByRole('button', { name: 'Next example, three blanks' }).click()
  await page.waitForFunction(() => location.hash.includes('dataSeed=2'))
  await page.locator('input[type=range]').fill('34')
  await page.locator('[data-blank=w11]').waitFor()
  // Incoming times local, as the line beside the blank says.
  const line = await page
    .locator('.chain', { has: page.locator('[data-blank=w11]') })
    .locator('.sum-line')
    .innerText()
  const [incoming, local] = line
    .split('=')[1]!
    .split('×')
    .map((part) => Number(part.trim().replace('−', '-')))
  await page.locator('[data-blank=w11] input').fill('7')
  await page.locator('[data-blank=w11] button').click()
  await page.locator('[data-blank=w11] [role=alert]').waitFor()
  await page.locator('[data-blank=w11] input').fill(String(incoming! * local!).replace('.', ','))
  await page.locator('[data-blank=w11] button').click()
  await page.locator('[data-blank=w11]').waitFor({ state: 'detached' })
  await page.locator('[data-check=gradient] input').fill(String(incoming! * local!))
  await submit(page, 'gradient', true)
  await page.locator('[data-check=best] select').selectOption('w11')
  await page.locator('[data-check=best] button[type=submit]').click()
  await page.locator('[data-check=best] [data-passed]').waitFor()
  await expectAccessible(page, 'wide, dark, English')
  await expectFits(page, 'wide')
  await expectLargeTargets(page, 'wide')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, light, phone, German: the pass, a weight, a step', async (context) => {
  const { page, errors } = await visit(context, `de/${PATH}`, {
    colorScheme: 'light',
    viewport: { width: 320, height: 640 },
  })
  await tabTo(page, '.next-operation')
  for (let i = 0; i < 20; i++) await page.keyboard.press('Enter')
  await page.getByText('gibt seine Schuld weiter').waitFor()
  await tabTo(page, 'input[type=range]')
  await page.keyboard.press('End')
  await page.getByText('p₁₁ gibt seine Schuld weiter').waitFor()
  await page.locator('.pass-scroll').focus()
  await tabTo(page, '[data-box]')
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => (document.activeElement as SVGElement).dataset['box'])).toBe('w11')
  await page.keyboard.press('Enter')
  await page.locator('.card').waitFor()
  await tabTo(page, '.card input')
  await typeOver(page, '0,4')
  await page.locator('[data-actual]').waitFor()
  await expectAccessible(page, 'phone, light, German, card open')
  await expectFits(page, 'phone')
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('.')
  await expectStep(page, 1)
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Rückgängig' }).waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await page.context().close()
})

test('A and B: a saturated output against the same start, both losses over each other', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await readToTheEnd(page)
  await page.locator('.predict .plain').click()
  await page.locator('.pass-panels').waitFor()
  await page.getByRole('button', { name: 'Keep this run as B' }).click()
  await page.locator('[data-experiment=stuck]').click()
  await page.waitForFunction(() => location.hash.includes('edits='))
  await settled(page)
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('1000')
  await page.locator('.play').click()
  await page.waitForFunction(() => Number(document.querySelector('main')?.dataset['step']) >= 100)
  await page.locator('.play').click()
  await settled(page)
  const seen = await compared(page)
  expect(seen['Step']![0]).toBe(seen['Step']![1])
  const [a, b] = seen['Loss']!.map(Number) as [number, number]
  expect(a).toBeGreaterThan(0.999)
  expect(b).toBeLessThan(0.0014)
  await page.getByRole('img', { name: /^A: Loss over .* B: Loss over/ }).waitFor()
  // Looking at the pass is no step of either.
  await page.locator('.next-operation').click()
  expect(await compared(page)).toEqual(seen)
  await expectAccessible(page, 'A and B')
  await expectFits(page, 'A and B')
  await page.getByRole('button', { name: 'Let B go' }).click()
  await page.locator('.curve-pinned').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await page.context().close()
})

testLayouts(
  PATH,
  async (page) => {
    await page.locator('[data-panel=compare] button').click()
    await page.locator('table.compare').waitFor()
    await page.locator('input[type=range]').fill('34')
    await page.waitForSelector('.wire-weight.minus', { state: 'attached' })
  },
  { table: '.nudge-table table' },
)

testPictures(PATH, { one: '#at=3', other: '#at=4', canvases: 0, drawing: '.pass' })

test('middle, light, 40 % longer: it fits, and axe finds nothing', async (context) => {
  const { page, errors } = await visit(context, `${PATH}?stretched`, {
    colorScheme: 'light',
    viewport: { width: 768, height: 900 },
  })
  await page.evaluate(() => document.querySelector('#recap')!.scrollIntoView())
  await page.waitForSelector('[data-panel=code]')
  await page.locator('input[type=range]').fill('34')
  await expectFits(page, 'middle')
  await expectLargeTargets(page, 'middle')
  await expectAccessible(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})
