import { expect, test } from 'vitest'
import { LISTED } from '../../src/chapters/index.ts'
import { readToTheEnd } from './reading.ts'
import { visit } from './support.ts'

for (const chapter of LISTED) {
  test(`${chapter}: in a tall window every part opens by scrolling, and none before`, async (context) => {
    const { page, errors } = await visit(context, `${chapter}/`, { viewport: { width: 1280, height: 1800 } })
    await page.waitForTimeout(300)
    expect(await page.locator('[data-panel=code]').count()).toBe(0)
    await page.mouse.move(200, 900)
    for (let i = 0; i < 40 && (await page.locator('[data-panel=code]').count()) === 0; i++) {
      await page.mouse.wheel(0, 200)
      await page.waitForTimeout(50)
    }
    await page.waitForSelector('[data-panel=code]')
    expect(errors).toEqual([])
    await page.context().close()
  })

  test(`${chapter}: wide, Play is in sight at first and stands at the lower edge later, below the head of the page`, async (context) => {
    const { page, errors } = await visit(context, `${chapter}/`)
    const edges = (): Promise<number[]> =>
      page.evaluate(() => {
        const box = (selector: string): DOMRect => document.querySelector(selector)!.getBoundingClientRect()
        return [box('.site').top, box('.bench').top - box('.site').bottom, innerHeight - box('.transport').bottom].map(
          Math.round,
        )
      })
    const [, , below] = await edges()
    expect(below).toBeGreaterThanOrEqual(0)
    await readToTheEnd(page)
    await page.waitForFunction(() => {
      const scene = document.querySelector('.scene')!
      return scene.scrollHeight > scene.clientHeight
    })
    expect((await edges()).map(Math.abs)).toEqual([0, 0, 0])
    // The title that Continue leads to is not hidden by the head.
    await page.evaluate(() => document.querySelector('#predict')!.scrollIntoView({ block: 'start' }))
    const [head, title] = await page.evaluate(() =>
      ['.site', '#title-predict'].map((selector) => document.querySelector(selector)!.getBoundingClientRect()),
    )
    expect(title!.top).toBeGreaterThanOrEqual(head!.bottom)
    expect(errors).toEqual([])
    await page.context().close()
  })
}
