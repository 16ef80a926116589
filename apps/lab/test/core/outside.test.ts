import { describe, expect, test } from 'vitest'
import { parseAddress, printAddress } from '../../src/core/address.ts'
import { parseNumber, printNumber } from '../../src/core/numbers.ts'
import { isForeign, NO_PROGRESS, parseProgress, printProgress, withChapter } from '../../src/core/progress.ts'
import { newRun, withEdit } from '../../src/core/run/journal.ts'
import type { Run } from '../../src/core/run/spec.ts'
import { withTry } from '../../src/core/tries.ts'
import { parseUrl, printUrl } from '../../src/core/url.ts'
import { startSpec } from '../support.ts'

const run: Run = {
  ...withEdit(
    {
      ...newRun({ ...startSpec, order: 'shuffled', seed: 7, model: { ...startSpec.model, layers: [8, 3] } }),
      head: 20,
    },
    {
      at: 20,
      kind: 'set',
      path: '0.weight[3]',
      value: 0.1,
    },
  ),
  head: 900,
}

describe('addresses of runs', () => {
  test('a run comes back as it was', async () => {
    const hash = await printUrl(run, startSpec)
    expect(hash.length).toBeLessThan(200)
    expect(await parseUrl(hash, startSpec)).toEqual({ run, problems: [] })
    expect(await printUrl(newRun(startSpec), startSpec)).toBe('')
    expect(await parseUrl('', startSpec)).toEqual({ run: undefined, problems: [] })
    expect(await parseUrl('#recap', startSpec)).toEqual({ run: undefined, problems: [] })
  })

  test.each([
    ['#rate=fast', { kind: 'number', field: 'rate', text: 'fast' }],
    ['#at=many&rate=1', { kind: 'number', field: 'at', text: 'many' }],
    ['#at=-4', { kind: 'range', field: 'at', low: 0, high: 1_000_000 }],
    ['#data=banana', { kind: 'choice', field: 'data', text: 'banana' }],
    ['#data=%E0%A4', { kind: 'choice', field: 'data', text: '%E0%A4' }],
    ['#layers=4-x', { kind: 'number', field: 'layers', text: '4-x' }],
    ['#layers=2-2-2-2', { kind: 'layers', most: 3, found: 4 }],
    ['#layers=900', { kind: 'units', most: 32, found: 900 }],
    ['#layers=2.5', { kind: 'units', most: 32, found: 2.5 }],
    ['#momentum=7', { kind: 'range', field: 'momentum', low: 0, high: 0.999 }],
    ['#margin=0.7', { kind: 'range', field: 'margin', low: 0, high: 0.5 }],
    ['#table=16', { kind: 'range', field: 'table', low: 0, high: 15 }],
    ['#order=random', { kind: 'choice', field: 'order', text: 'random' }],
    ['#edits=!!', { kind: 'journal' }],
    ['#edits=AAAA', { kind: 'journal' }],
    ['#utm_source=mail', { kind: 'foreignField', field: 'utm_source' }],
  ])('%s is told', async (hash, problem) => {
    expect((await parseUrl(hash, startSpec)).problems).toEqual([problem])
  })

  test('a journal that grows without end is refused', async () => {
    const { deflate, toBase64Url } = await import('../../src/core/compressed.ts')
    const bomb = toBase64Url(await deflate(new TextEncoder().encode(`[${'[1,2,3,4],'.repeat(300_000)}0]`)))
    expect((await parseUrl(`#edits=${bomb}`, startSpec)).problems).toEqual([{ kind: 'journal' }])
  })
})

describe('progress', () => {
  const progress = withChapter(NO_PROGRESS, 'hidden-layers', {
    beat: 3,
    guesses: { units: '2' },
    passed: ['circle'],
    tries: withTry({}, { task: '6/0/none', set: '1,1,-0.5', right: 3 }),
    run,
    pinned: { ...run, journal: [] },
  })

  test('a file comes back as it was', () => {
    expect(parseProgress(printProgress(progress))).toEqual({ progress })
  })

  test.each([
    ['no JSON', 'GIF89a', 'progressFile'],
    ['other JSON', '{"a":1}', 'progressFile'],
    ['nothing', '', 'progressFile'],
    ['a list', '[]', 'progressFile'],
    ['another version', JSON.stringify({ kind: 'neurite-lab-progress', v: 2, chapters: {} }), 'version'],
    [
      'a broken chapter',
      JSON.stringify({ kind: 'neurite-lab-progress', v: 1, chapters: { 'hidden-layers': { beat: 'x' } } }),
      'progressFile',
    ],
    [
      'an impossible run',
      printProgress(withChapter(progress, 'hidden-layers', { run: { ...run, head: -1 } })),
      'progressFile',
    ],
    [
      'an impossible run B',
      printProgress(withChapter(progress, 'hidden-layers', { pinned: { ...run, head: 0.5 } })),
      'progressFile',
    ],
    ['a run of another chapter', printProgress(withChapter(progress, 'neuron', { run })), 'progressFile'],
  ])('%s is refused', (_name, text, kind) => {
    expect(parseProgress(text)).toEqual({ problem: { kind } })
  })

  test.each<[string, unknown]>([
    ['no number', { count: 'many', best: 1, known: [] }],
    ['fewer than are known', { count: 0, best: 1, known: ['1,1,1'] }],
    ['no text', { count: 3, best: 1, known: [1] }],
    ['no end', { count: 3, best: 1, known: ['1'.repeat(1000)] }],
    ['nothing', null],
  ])('tries with %s are refused', (_name, tries) => {
    const file = JSON.parse(printProgress(progress)) as { chapters: Record<string, { tries: unknown }> }
    const chapter = file.chapters['hidden-layers']!
    expect('progress' in parseProgress(JSON.stringify(file))).toBe(true)
    chapter.tries = { '6/0/none': tries }
    expect(parseProgress(JSON.stringify(file))).toEqual({ problem: { kind: 'progressFile' } })
  })

  test('a try counts once, and the best of them stays', () => {
    const one = { task: 'a', set: '1,2', right: 3 }
    let tries = withTry(withTry({}, one), { ...one, right: 1 })
    expect(tries).toEqual({ a: { count: 1, best: 3, known: ['1,2'] } })
    tries = withTry(tries, { task: 'b', set: '1,2', right: 0 })
    for (let i = 0; i < 600; i++) tries = withTry(tries, { task: 'a', set: String(i), right: 2 })
    expect(tries['b']).toEqual({ count: 1, best: 0, known: ['1,2'] })
    expect(tries['a']).toMatchObject({ count: 601, best: 3 })
    expect(tries['a']!.known).toHaveLength(500)
    const kept = withChapter(progress, 'hidden-layers', { tries })
    expect(parseProgress(printProgress(kept))).toEqual({ progress: kept })
  })

  test('an address that names another run than the one that was left is foreign', async () => {
    expect(await isForeign('#seed=9', run, startSpec)).toBe(true)
    expect(await isForeign(await printUrl(run, startSpec), run, startSpec)).toBe(false)
    expect(await isForeign('#seed=9', undefined, startSpec)).toBe(false)
    expect(await isForeign('', run, startSpec)).toBe(false)
  })
})

test('addresses of numbers come back as they were', () => {
  for (const text of ['parameter:0.weight[3]', 'gradient:2.bias[0]', 'activation:2[1]@5', 'input:0@5', 'loss']) {
    expect(printAddress(parseAddress(text)!)).toBe(text)
  }
  for (const text of ['', 'loss!', 'parameter:0.weight', 'activation:a[1]@5', '<b>'])
    expect(parseAddress(text)).toBeUndefined()
})

test('numbers are read with comma and point, and printed in the manner of the language', () => {
  expect([' 0,5', '0.5', '−2', '-2', '1e3', '.5', '+4'].map(parseNumber)).toEqual([0.5, 0.5, -2, -2, 1000, 0.5, 4])
  expect(['', 'a', '1,2,3', '1 2', 'Infinity', '1e999', '0x10'].map(parseNumber)).toEqual(new Array(7).fill(undefined))
  expect(printNumber(0.67, 'en')).toBe('0.670')
  expect(printNumber(-0.67, 'de')).toBe('−0,670')
  expect(printNumber(1234.5, 'de', 5)).toBe('1.234,5')
  expect(printNumber(0.00001234, 'en')).toBe('1.23·10⁻⁵')
  expect(printNumber(NaN, 'en')).toBe('NaN')
  expect(printNumber(-0, 'en')).toBe('0.00')
})
