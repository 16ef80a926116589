import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, expectFits, expectLargeTargets, expectStep, pictureOf, stepOf, visit } from './support.ts'

const PATH = 'hidden-layers/'

/** Brings in all panels, as reading to the end does. */
async function readToTheEnd(page: Page): Promise<void> {
  await page.locator('#recap h2').scrollIntoViewIfNeeded()
  await page.evaluate(() => document.querySelector('#recap')!.scrollIntoView({ block: 'start' }))
  await page.waitForSelector('[data-panel=code]')
}

test('by mouse, light, wide, English: the hook, a guess, a changed weight, B, and the check', async (context) => {
  const { page, errors } = await visit(context, PATH, { colorScheme: 'light', reducedMotion: 'no-preference' })
  // The hook moves within three seconds and stops by itself.
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) > 0, undefined, {
    timeout: 3000,
  })
  await page.waitForFunction(
    () => document.querySelector('.play')!.getAttribute('aria-pressed') === 'false',
    undefined,
    { timeout: 9000 },
  )
  expect(await page.locator('[data-panel=machine]').count()).toBe(0)

  await page.locator('#hook .continue').click()
  await page.waitForFunction(() => (document.querySelector('.play') as HTMLButtonElement).disabled)
  await page.locator('input[value="2"]').check()
  await page.getByRole('button', { name: 'This is my guess' }).click()
  await page.getByText('Your guess: two.').waitFor()
  await page.locator('#predict .continue').click()
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
  await page.locator('[data-check=circle] button[type=submit]').click()
  await page.locator('[data-check=circle] [data-passed=false]').waitFor()
  await page.getByRole('combobox', { name: 'Data' }).selectOption('circle')
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('10000')
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) >= 3000)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.locator('[data-check=circle] button[type=submit]').click()
  await page.locator('[data-check=circle] [data-passed=true]').waitFor()
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
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  /** Tabs on until the focus stands on something that fits. */
  const tabTo = async (selector: string): Promise<void> => {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    }
    throw new Error(`Tab never reaches ${selector}`)
  }
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('text')
  await tabTo('#hook .continue')
  await page.keyboard.press('Enter')
  await tabTo('input[type=radio]')
  await press('ArrowDown', 'ArrowDown', 'Space')
  await tabTo('.predict button[type=submit]')
  await page.keyboard.press('Enter')
  await page.locator('.predict.done').waitFor()
  for (const beat of ['predict', 'play', 'explain', 'break', 'check']) {
    await page.locator(`#title-${beat}`).focus()
    await tabTo(`#${beat} .continue`)
    await page.keyboard.press('Enter')
  }
  await page.waitForSelector('[data-panel=code]')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await press('.', '.', '.')
  await expectStep(page, 3)
  await page.keyboard.press(',')
  await expectStep(page, 2)
  // The network: arrows move, Enter opens, + nudges, Escape closes and gives the focus back.
  await tabTo('[data-neuron]')
  // Wherever the focus was, two steps to the left lie the inputs.
  await press('ArrowLeft', 'ArrowLeft', 'ArrowUp')
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
  await tabTo('.speed select')
  await page.keyboard.press('End')
  await tabTo('.play')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => Number(document.querySelector('main')!.dataset['step']) > 1500)
  await tabTo('.play')
  await page.keyboard.press('Enter')
  await page.locator('[data-finding=deadUnits]').waitFor()
  await tabTo('[data-check=dead] select')
  await press('ArrowDown')
  await tabTo('[data-check=dead] button[type=submit]')
  await page.keyboard.press('Enter')
  await page.locator('[data-check=dead] [data-passed=true]').waitFor()
  await expectFits(page, 'middle')
  expect(errors).toEqual([])
  await page.context().close()
})

const LAYOUTS = [
  ['phone, light, German', `de/${PATH}`, 320, 'light'],
  ['phone, dark, 40 % longer', `${PATH}?stretched`, 320, 'dark'],
  ['wide, dark, 40 % longer', `de/${PATH}?stretched`, 1280, 'dark'],
] as const

for (const [name, path, width, colorScheme] of LAYOUTS) {
  test(`${name}: it fits, and axe finds nothing`, async (context) => {
    const { page, errors } = await visit(context, path, {
      colorScheme,
      viewport: { width, height: 640 },
      hasTouch: width < 700,
    })
    await readToTheEnd(page)
    for (const tab of width < 700 ? [0, 1, 2] : [0]) {
      if (width < 700) await page.locator('.tabs button').nth(tab).click()
      await expectFits(page, `${name}, tab ${tab}`)
      await expectLargeTargets(page, name)
    }
    await expectAccessible(page, name)
    await page.locator('.panel-judge .value').first().click()
    await page.locator('.card').waitFor()
    await expectFits(page, `${name}, card`)
    expect(errors).toEqual([])
    await page.context().close()
  })
}

test('two runs with one seed give the same picture, and another seed another one', async (context) => {
  const show = async (hash: string): ReturnType<typeof pictureOf> => {
    const { page } = await visit(context, PATH + hash)
    await readToTheEnd(page)
    const picture = await pictureOf(page)
    await page.context().close()
    return picture
  }
  const first = await show('#layers=4&seed=4&at=300')
  expect(first.state).toHaveLength(64)
  expect(first.pixels).toHaveLength(2)
  expect(await show('#layers=4&seed=4&at=300')).toEqual(first)
  const other = await show('#layers=4&seed=5&at=300')
  expect(other.state).not.toBe(first.state)
  expect(other.pixels[0]).not.toBe(first.pixels[0])
  expect(other.twin).not.toBe(first.twin)
})

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

test('it works without a network after the first visit, with the run where it was', async (context) => {
  const { page, errors } = await visit(context, PATH)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  await page.context().setOffline(true)
  await page.reload()
  await page.waitForSelector('#app[data-ready]')
  await expectStep(page, 1)
  await page.goto(new URL('../de/hidden-layers/', page.url()).href)
  await page.waitForSelector('#app[data-ready]')
  expect(await page.locator('h1').innerText()).toBe('Wozu verborgene Neuronen?')
  expect(errors).toEqual([])
  await page.context().close()
})

test('without threads it works as well', async (context) => {
  const { browser } = await import('./support.ts').then(({ labIn }) => labIn(context))
  const { serveLab } = await import('../../../../scripts/lab-serve.mjs')
  const plain = await serveLab({ port: 4473, isolated: false })
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(`${plain.url}${PATH}#at=20`)
  await page.waitForSelector('#app[data-ready]')
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false)
  await expectStep(page, 20)
  await page.close()
  await plain.close()
})

const WRONG = [
  ['#rate=fast', 'is no number'],
  ['#layers=2-2-2-2-2', '5 hidden layers is not possible'],
  ['#layers=4000', '4000 neurons is not possible'],
  ['#data=faces', 'does not exist here'],
  ['#seed=4&edits=broken', 'damaged'],
  ['#momentum=3', 'must lie between'],
  ['#session=1', 'does not know'],
] as const

test('a wrong address is told in a sentence, and nothing turns blank', async (context) => {
  const { page, errors } = await visit(context, PATH)
  const kept = await page.evaluate(() => localStorage.getItem('neurite-lab'))
  for (const [hash, sentence] of WRONG) {
    await page.goto(`${page.url().split('#')[0]!}?${encodeURIComponent(hash)}${hash}`)
    await page.waitForSelector('#app[data-ready]')
    expect(await page.locator('.problems').innerText(), hash).toContain(sentence)
    expect(await page.locator('[data-address=loss]').innerText(), hash).toMatch(/0\.\d+/)
    await page.getByRole('button', { name: 'Understood' }).click()
    await page.locator('.problems').waitFor({ state: 'detached' })
  }
  expect(await page.evaluate(() => localStorage.getItem('neurite-lab'))).toBe(kept)
  expect(errors).toEqual([])
  await page.context().close()
})

test('a foreign address shows its run and overwrites nothing before the visitor acts', async (context) => {
  const { page } = await visit(context, PATH)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 1)
  const kept = await page.evaluate(() => localStorage.getItem('neurite-lab'))
  await page.goto(`${page.url().split('#')[0]!}?foreign#layers=5&at=70`)
  await page.waitForSelector('#app[data-ready]')
  await expectStep(page, 70)
  expect(await page.evaluate(() => localStorage.getItem('neurite-lab'))).toBe(kept)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expectStep(page, 71)
  expect(await page.evaluate(() => localStorage.getItem('neurite-lab'))).not.toBe(kept)
  await page.context().close()
})

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
