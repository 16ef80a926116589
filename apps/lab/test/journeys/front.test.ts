import { expect, test } from 'vitest'
import { expectAccessible, expectFits, expectLargeTargets, visit } from './support.ts'

test('by mouse: it moves by itself and stops; what is drawn is read, and can be taught', async (context) => {
  const { page, errors } = await visit(context, '', { reducedMotion: 'no-preference' })
  const train = page.locator('.draw .play')
  await page.waitForFunction(
    () => /seen;/.test(document.querySelector('[data-status]')!.textContent ?? ''),
    undefined,
    { timeout: 5000 },
  )
  await page.waitForFunction(
    () => document.querySelector('.draw .play')!.getAttribute('aria-pressed') === 'false',
    undefined,
    { timeout: 12_000 },
  )
  await page.getByRole('button', { name: 'Clear' }).click()
  const box = (await page.locator('.pad').boundingBox())!
  await page.mouse.move(box.x + 150, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 150, box.y + 260, { steps: 12 })
  await page.mouse.up()
  expect(await page.locator('.pad').evaluate((pad) => (pad as HTMLCanvasElement).toDataURL().length)).toBeGreaterThan(
    400,
  )
  await page.getByLabel('Is it wrong? Then teach it. This is a').selectOption('4')
  await page.locator('[data-teach]').click()
  await page.getByText('It says 4').waitFor()
  await train.click()
  await page.waitForFunction(() => document.querySelector('.draw .play')!.getAttribute('aria-pressed') === 'true')
  await train.click()
  await expectAccessible(page, 'front')
  await expectLargeTargets(page, 'front')
  expect(errors).toEqual([])
  await page.context().close()
})

test('by keyboard alone, phone, dark, German, still: a digit is drawn for you, read and taught', async (context) => {
  const { page, errors } = await visit(context, 'de/', { colorScheme: 'dark', viewport: { width: 320, height: 640 } })
  await page.getByText('zehn zufällige Meinungen').waitFor()
  const tabTo = async (name: string): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      if (
        await page.evaluate(
          (wanted) =>
            document.activeElement?.textContent?.includes(wanted) === true &&
            document.activeElement.tagName === 'BUTTON',
          name,
        )
      )
        return
    }
    throw new Error(`Tab never reaches ${name}`)
  }
  await tabTo('Zeichne eine für mich')
  await page.keyboard.press('Enter')
  await tabTo('Trainieren')
  await page.keyboard.press('Enter')
  await page.getByText('Ziffern gesehen').waitFor()
  await page.keyboard.press('Enter')
  await tabTo('Beibringen')
  await page.keyboard.press('Enter')
  await page.getByText('Es sagt 4').waitFor()
  await expectFits(page, 'front, phone')
  expect(errors).toEqual([])
  await page.context().close()
})
