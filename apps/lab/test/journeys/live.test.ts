import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crossEntropy, fit, manualSeed } from 'neurite'
import { DataLoader, digits } from 'neurite/data'
import type { Page } from 'playwright-core'
import { expect, test, type TestContext } from 'vitest'
import { describeNetwork } from '../../../../packages/cli/src/model-file/architecture.ts'
import { liveRun, type LiveRun, type Place } from '../../../../packages/cli/src/training/live-run.ts'
import { ShownExample } from '../../../../packages/cli/src/training/shown-example.ts'
import { trainQuietly } from '../../../../packages/cli/test/in-process.ts'
import { liveAnswers } from '../../../../scripts/lab-live.mjs'
import { serveLab, type Served } from '../../../../scripts/lab-serve.mjs'
import { recipe } from '../../../../zoo/digits/recipe.ts'
import { expectAccessible, labIn } from './support.ts'

interface Training {
  readonly run: LiveRun
  readonly place: Place
  /** Steps stop until it is called again. */
  hold: (isHeld: boolean) => void
  readonly stop: () => Promise<void>
}

/** The network of `npm start`, learning in this process from fewer digits. */
async function startTraining(): Promise<Training> {
  manualSeed(0)
  const { train, test } = await digits({ train: 1000, test: 20 })
  const model = recipe.model({ train, test })
  const place: Place = { epoch: 1, step: 0, isTraining: true }
  const ending = new AbortController()
  const epochs = 100
  const batchSize = 20
  const parts = { model, epochs, batchSize, architecture: describeNetwork(model), inputShape: test.inputShape }
  const folder = mkdtempSync(join(tmpdir(), 'neurite-lab-'))
  const run = liveRun({ ...parts, folder, example: new ShownExample(model, test) }, place)
  const brake = { isHeld: false }
  const training = fit(model, new DataLoader(train, { batchSize, shuffle: true }), {
    loss: crossEntropy,
    optimizer: recipe.optimizer(model),
    epochs,
    signal: ending.signal,
    onEvent: async (event) => {
      if (event.type !== 'step') return
      place.step = event.step
      place.epoch = event.epoch
      // Slow enough to be watched.
      do await new Promise((resolve) => setTimeout(resolve, 20))
      while (brake.isHeld && !ending.signal.aborted)
    },
  })
  return {
    run,
    place,
    hold: (wanted) => void (brake.isHeld = wanted),
    stop: async () => {
      ending.abort()
      await training
      place.isTraining = false
    },
  }
}

/** Opens the front page of a server, and tells what it asked for. */
async function open(context: TestContext, served: Served, isStill: boolean) {
  const { browser } = await labIn(context)
  const browsing = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: isStill ? 'reduce' : 'no-preference',
    locale: 'en',
  })
  const page = await browsing.newPage()
  const [errors, asked]: [string[], string[]] = [[], []]
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(served.url)
  await page.waitForSelector('#app[data-ready]')
  return { page, errors, asked }
}

const barsOf = (page: Page): Promise<string[]> => page.locator('.bar-share').allInnerTexts()
/** One of the ten is enough: a sure network leaves most of them at 0.0 %. */
const barsShift = (page: Page, before: readonly string[]): Promise<unknown> =>
  page.waitForFunction(
    (shares) => [...document.querySelectorAll('.bar-share')].some((bar, i) => bar.textContent !== shares[i]),
    before,
  )
const weightsAsked = (asked: readonly string[]): number => asked.filter((url) => url.includes('safetensors')).length
const isPressed = (page: Page, pressed: boolean): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('.draw .play')?.getAttribute('aria-pressed') === String(wanted),
    pressed,
    { timeout: 12_000 },
  )

test('the network of a training that is going on: watched, read with, taught', async (context) => {
  await labIn(context)
  const training = await startTraining()
  const served = await serveLab({ port: 4473, live: liveAnswers({ folder: 'nowhere', run: () => training.run }) })
  const { page, errors, asked } = await open(context, served, false)
  // The digit of the terminal; bars shift as the network learns, without its weights and for five seconds at most.
  await page.getByText('learning in your terminal, in epoch').waitFor()
  const first = await barsOf(page)
  await barsShift(page, first)
  await isPressed(page, false)
  expect(weightsAsked(asked)).toBe(0)
  expect(asked.every((url) => url.startsWith(served.url))).toBe(true)

  // The first touch brings the weights in.
  await page.getByRole('button', { name: 'Watch it learn' }).click()
  await page.getByText('of 500 fresh digits read right').waitFor()
  await isPressed(page, true)
  await page.waitForTimeout(1200)
  expect(weightsAsked(asked)).toBeGreaterThanOrEqual(2)
  // What the page computes with them is what the network says where it is trained.
  training.hold(true)
  const { step } = training.place
  await page.waitForTimeout(1500)
  expect(training.place.step).toBeLessThanOrEqual(step + 1)
  const { example } = await training.run.describe()
  expect(await barsOf(page)).toEqual(example.probabilities.map((share) => `${(100 * share).toFixed(1)} %`))
  await page.getByRole('button', { name: 'Stop' }).click()
  await isPressed(page, false)
  await expectAccessible(page, 'front, beside a training')

  // Taught, it goes its own way: what is learned outside changes it no more.
  await page.getByLabel('Is it wrong? Then teach it. This is a').selectOption('4')
  await page.locator('[data-teach]').click()
  await page.locator('[data-network=changed]').waitFor()
  await page.getByText('It says 4').waitFor()
  training.hold(false)
  const asks = weightsAsked(asked)
  const taught = await barsOf(page)
  await page.waitForTimeout(800)
  expect(weightsAsked(asked)).toBe(asks)
  expect(await barsOf(page)).toEqual(taught)
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor()

  // The training ends, and its server goes: the page stays as it is.
  await training.stop()
  await served.close()
  await page.getByRole('button', { name: 'Draw one for me' }).click()
  await barsShift(page, taught)
  expect(errors).toEqual([])
  await page.context().close()
})

test('the network that a training has saved; a page that comes before the training waits for it', async (context) => {
  await labIn(context)
  const few = { ...recipe.data['generated']!, load: () => digits({ train: 3000, test: 100 }) }
  const { folder, predictions } = await trainQuietly({ ...recipe, data: { few } }, { epochs: 2, threads: 1 })
  const accuracy = `${(100 * predictions.accuracy).toFixed(1)} %`
  const saved = await serveLab({ port: 4473, live: liveAnswers({ folder }) })
  const { page, errors, asked } = await open(context, saved, true)
  // Still, under reduced motion; the page's own network has not begun.
  await page.getByText('ten random opinions').waitFor()
  expect(weightsAsked(asked)).toBe(0)
  await page.getByRole('button', { name: 'Draw one for me' }).click()
  await page.getByText(`you trained in the terminal; it read ${accuracy} of its test digits right`).waitFor()
  expect(weightsAsked(asked)).toBe(1)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('[data-network=changed]').waitFor()
  await page.locator('.draw .play').click()
  expect(errors).toEqual([])
  await page.context().close()
  await saved.close()

  const begun: Training[] = []
  const live = liveAnswers({ folder, run: () => begun[0]?.run, isExpected: () => true })
  const served = await serveLab({ port: 4473, live })
  const early = await open(context, served, true)
  await early.page.getByText('ten random opinions').waitFor()
  const training = await startTraining()
  begun.push(training)
  await early.page.getByText('learning in your terminal, in epoch').waitFor()
  await training.stop()
  expect(early.errors).toEqual([])
  await early.page.context().close()
  await served.close()
})
