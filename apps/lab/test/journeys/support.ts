import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, expect, type TestContext } from 'vitest'
import { launchChromium } from '../../../../packages/neurite/test/support/browser.ts'
import { LAB_BROWSER_FLAGS } from '../../../../scripts/lab-browser.mjs'
import { root } from '../../../../scripts/install.mjs'
import { serveLab, type Served } from '../../../../scripts/lab-serve.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let opened: Promise<{ browser: Browser; served: Served }> | undefined

afterAll(async () => {
  const { browser, served } = (await opened?.catch(() => undefined)) ?? {}
  await browser?.close()
  await served?.close()
})

/** One browser and one server for a file of tests; the lab is built where its sources have changed. */
export async function labIn(context: TestContext): Promise<{ browser: Browser; url: string }> {
  opened ??= (async () => {
    const browser = await launchChromium(context, LAB_BROWSER_FLAGS)
    const { NODE_ENV: _, ...env } = process.env
    execFileSync(process.execPath, ['scripts/lab-build.mjs'], { cwd: root, env })
    return { browser, served: await serveLab({ port: 4373 }) }
  })()
  const { browser, served } = await opened
  return { browser, url: served.url }
}

export interface Visit {
  readonly page: Page
  /** What the browser complained about; a visit without errors leaves it empty. */
  readonly errors: string[]
}

/** Opens a page of the lab, ready to be used. */
export async function visit(context: TestContext, path: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const { browser, url } = await labIn(context)
  const browsing = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    locale: 'en',
    ...options,
  })
  const page = await browsing.newPage()
  page.setDefaultTimeout(30_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) {
      errors.push(`a request to another host: ${request.url()}`)
    }
  })
  await page.goto(url + path)
  await page.waitForSelector('#app[data-ready]')
  return { page, errors }
}

/** No violation of WCAG 2.2 A and AA that axe can find. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    interface Violation {
      id: string
      nodes: { html: string; target: string[] }[]
    }
    type Run = (context: Element | Document, options: object) => Promise<{ violations: Violation[] }>
    const { run } = (globalThis as unknown as { axe: { run: Run } }).axe
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const told: string[] = []
    for (const { id, nodes } of (await run(document, { runOnly: { type: 'tag', values: tags } })).violations) {
      for (const { html, target } of nodes) {
        // A target that the bar at the lower edge covers by half is small only until one scrolls on.
        const element = id === 'target-size' ? document.querySelector(target[0]!) : null
        element?.scrollIntoView({ block: 'center' })
        const again = element && (await run(element, { runOnly: { type: 'rule', values: [id] } }))
        if (again === null || again.violations.length > 0) told.push(`${id}: ${html.slice(0, 160)}`)
      }
    }
    return told
  })
  expect(violations, where).toEqual([])
}

/** Nothing wider than the screen: no scrolling sideways. */
export async function expectFits(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 120))
  })
  expect(wide, where).toEqual([])
}

/** Buttons, links outside the prose, fields, choices with their words, and parts of diagrams: at least 24 by 24 pixels. */
export async function expectLargeTargets(page: Page, where: string): Promise<void> {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, select, input, summary, [role=button], [role=slider], nav a, header a, .next a',
      ),
    ]
      .filter((element) => element.checkVisibility() && !element.matches('[type=file], .skip:not(:focus)'))
      // A choice is its button and its words together.
      .map((element) =>
        element.matches('[type=radio], [type=checkbox]') ? (element.closest('label') ?? element) : element,
      )
      .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 100) }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ box, html }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`),
  )
  expect(small, where).toEqual([])
}

/** The step at which the run stands, when it stands still. */
export const stepOf = async (page: Page): Promise<number> =>
  Number(await page.locator('main').getAttribute('data-step'))

export async function expectStep(page: Page, step: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('main')?.dataset['step'] === String(wanted), step)
  await page.waitForFunction(() => document.querySelector('main')?.dataset['state'] !== '')
}

/** State, words and pixels: all that makes two pictures the same. */
export async function pictureOf(page: Page): Promise<{ state: string; twin: string; pixels: string[] }> {
  await page.locator('details.twin').evaluate((details: HTMLDetailsElement) => (details.open = true))
  return {
    state: (await page.locator('main').getAttribute('data-state')) ?? '',
    twin: await page.locator('[data-twin]').innerText(),
    pixels: await page
      .locator('canvas')
      .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL())),
  }
}
