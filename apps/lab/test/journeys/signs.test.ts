import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { LISTED } from '../../src/chapters/index.ts'
import { expectLargeTargets, visit } from './support.ts'

interface Mark {
  /** Its classes but for the sign. */
  readonly kind: string
  readonly sign: 'plus' | 'minus'
  /** All that tells it from another without colour. */
  readonly look: string
}

/** Everything on the page whose colour says a sign, and how it looks without colours. */
async function marksOf(page: Page): Promise<Mark[]> {
  return page.evaluate(() => {
    const marks: Mark[] = []
    for (const element of document.querySelectorAll('.plus, .minus')) {
      const sign = element.classList.contains('plus') ? 'plus' : 'minus'
      const other = sign === 'plus' ? 'minus' : 'plus'
      const kind = [...element.classList].filter((name) => name !== sign).join('.')
      const lookOf = (): string => {
        const style = getComputedStyle(element)
        const isFilled = style.fill !== 'none'
        return `${style.strokeDasharray} ${style.strokeWidth === '0px' || style.stroke === 'none'} ${isFilled} ${style.borderStyle}`
      }
      const own = lookOf()
      element.classList.replace(sign, other)
      const opposite = lookOf()
      element.classList.replace(other, sign)
      // Numbers are told apart by their sign, points by their shape, all else by dashes and fillings.
      if (element.tagName === 'text') {
        marks.push({ kind, sign, look: /[−-]/.test(element.textContent) ? 'with a minus' : 'without' })
      } else if (kind === 'point') {
        marks.push({ kind, sign, look: /a/.test(element.getAttribute('d') ?? '') ? 'round' : 'with corners' })
      } else marks.push({ kind, sign, look: own }, { kind, sign: other, look: opposite })
    }
    return marks
  })
}

/** A loss has no sign: what this chapter shows by colour is only the difference of two losses, and its journey sees to it. */
const WITHOUT_SIGNS: readonly string[] = ['gradient-descent']

for (const chapter of LISTED) {
  test(`${chapter}: a sign can be read without colour, and targets are large enough`, async (context) => {
    for (const width of [320, 1280]) {
      const { page, errors } = await visit(context, `${chapter}/`, { viewport: { width, height: 800 } })
      await expectLargeTargets(page, `${chapter}, ${width}, beginning`)
      await page.evaluate(() => document.querySelector('.beat:last-of-type')!.scrollIntoView())
      await page.waitForSelector('[data-panel=code]')
      await expectLargeTargets(page, `${chapter}, ${width}, end`)
      // A pass shows its signs when it has been gone through.
      const toEnd = page.locator('.next-operation + button')
      if ((await toEnd.count()) > 0) {
        if (width < 700) await page.locator('.tabs button').nth(1).click()
        await toEnd.click()
      }
      const marks = await marksOf(page)
      if (WITHOUT_SIGNS.includes(chapter)) expect(marks, chapter).toEqual([])
      else expect(marks.length, chapter).toBeGreaterThan(0)
      for (const kind of new Set(marks.map((mark) => mark.kind))) {
        const looks = (sign: string): Set<string> =>
          new Set(marks.filter((mark) => mark.kind === kind && mark.sign === sign).map(({ look }) => look))
        const [plus, minus] = [looks('plus'), looks('minus')]
        expect(
          [...plus].filter((look) => minus.has(look)),
          `${chapter}: .${kind} without colour`,
        ).toEqual([])
      }
      expect(errors).toEqual([])
      await page.context().close()
    }
  })
}

test('in shades of grey a weight shows its sign, and the zero line is where it was', async (context) => {
  const { page } = await visit(context, 'hidden-layers/', { viewport: { width: 1280, height: 900 } })
  await page.addStyleTag({ content: 'html { filter: grayscale(1) }' })
  await page.evaluate(() => document.querySelector('.beat:last-of-type')!.scrollIntoView())
  await page.waitForSelector('.wire-weight')
  const wire = page.locator('.wire-weight').first()
  const picture = async (sign: 'plus' | 'minus'): Promise<number[]> => {
    await wire.evaluate((element, wanted) => {
      element.classList.remove('plus', 'minus')
      element.classList.add(wanted)
      element.setAttribute('stroke-width', '4')
    }, sign)
    const box = (await wire.boundingBox())!
    const png = await page.screenshot({ clip: box })
    return page.evaluate(
      async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const drawing = canvas.getContext('2d')!
        drawing.drawImage(bitmap, 0, 0)
        const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height)
        return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!)
      },
      [...png],
    )
  }
  const [plus, minus] = [await picture('plus'), await picture('minus')]
  expect(plus).toHaveLength(minus.length)
  // Where the dashes leave gaps, the grey of the line gives way to the paper.
  const gaps = plus.filter((grey, i) => Math.abs(grey - minus[i]!) > 60).length
  expect(gaps).toBeGreaterThan(30)
  await page.context().close()
})
