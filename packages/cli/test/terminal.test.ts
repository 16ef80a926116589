import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { cut, inkBox } from '../src/pictures/grey-picture.ts'
import { confusionMatrix, countConfusion } from '../src/terminal/confusion-matrix.ts'
import { fitToColumns, lossCurve } from '../src/terminal/loss-curve.ts'
import { layOut } from '../src/terminal/live-line.ts'
import { drawPicture } from '../src/terminal/picture.ts'
import { drawPlane } from '../src/terminal/plane.ts'
import { duration, percent, sideBySide, thousands, visibleWidth } from '../src/terminal/text.ts'

const plain = (lines: readonly string[]): string[] => lines.map(stripVTControlCharacters)

describe('text', () => {
  test('numbers for people', () => {
    expect(percent(0.98765)).toBe('98.8 %')
    expect(thousands(1234567.4)).toBe('1,234,567')
    expect([duration(0.04), duration(4.21), duration(42.4), duration(59.7), duration(185)]).toEqual([
      '0.0 s',
      '4.2 s',
      '42 s',
      '1:00 min',
      '3:05 min',
    ])
  })

  test('colours take no columns', () => {
    expect(visibleWidth('\u001B[31mred\u001B[39m')).toBe(3)
    expect(sideBySide([['\u001B[31mab\u001B[39m', 'c'], ['d']], 2)).toEqual(['\u001B[31mab\u001B[39m  d', 'c'])
  })
})

describe('lossCurve', () => {
  test('as many values as columns: means of many, straight lines between few', () => {
    expect(fitToColumns([4, 2, 2, 0], 2)).toEqual([3, 1])
    expect(fitToColumns([0, 4], 5)).toEqual([0, 1, 2, 3, 4])
    expect(fitToColumns([5], 3)).toEqual([5, 5, 5])
  })

  test('falls from the top left to the bottom right, and keeps within the width', () => {
    const lines = lossCurve(
      Array.from({ length: 500 }, (_, i) => 2 * (1 - i / 500)),
      { width: 60, height: 8 },
    )
    expect(lines).toHaveLength(9)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
    expect(lines[0]).toMatch(/^ *1\.98 ┼─*╮/)
    expect(lines.at(-2)).toMatch(/╰─*$/)
    expect(lines.at(-1)).toMatch(/^ +step 1 +step 500$/)
  })

  test('nothing where there is nothing to draw; NaN is left out', () => {
    expect(lossCurve([], { width: 60, height: 8 })).toEqual([])
    expect(lossCurve([1], { width: 60, height: 8 })).toEqual([])
    expect(lossCurve([1, NaN, 0.5], { width: 60, height: 8 }).join('\n')).not.toContain('NaN')
    expect(lossCurve([0.5, 0.5, 0.5], { width: 60, height: 8 }).join('\n')).toContain('0.50')
  })
})

describe('confusion matrix', () => {
  const counts = countConfusion(Int32Array.of(0, 0, 1, 1, 1), Int32Array.of(0, 1, 1, 1, 1), 2)

  test('counts rows by what it is, columns by what was said', () => {
    expect(counts).toEqual([
      [1, 1],
      [0, 3],
    ])
  })

  test('draws a row per class with the share that is right', () => {
    expect(plain(confusionMatrix(counts, ['cat', 'dog']))).toEqual([
      '       cat  dog   right',
      '  cat    1    1  50.0 %',
      '  dog    ·    3 100.0 %',
    ])
  })
})

describe('drawPicture', () => {
  test('two rows of pixels make one line; halves and shades', () => {
    const picture = { width: 5, height: 2, pixels: Float32Array.from([1, 0, 1, 0.5, 0, 0, 1, 1, 0.5, 0.25]) }
    expect(drawPicture(picture)).toEqual(['▀▄█▒░'])
  })

  test('an odd last row stands above nothing', () => {
    expect(drawPicture({ width: 1, height: 1, pixels: Float32Array.from([1]) })).toEqual(['▀'])
  })

  test('the box of the ink, and cutting it out', () => {
    const picture = { width: 4, height: 3, pixels: Float32Array.from([0, 0, 0, 0, 0, 0, 0.9, 0.5, 0, 0, 0, 0]) }
    const box = inkBox(picture, 0.2)
    expect(box).toEqual({ left: 2, top: 1, width: 2, height: 1 })
    expect([...cut(picture, box!).pixels].map((value) => value.toFixed(1))).toEqual(['0.9', '0.5'])
    expect(inkBox({ width: 1, height: 1, pixels: Float32Array.from([0]) }, 0.2)).toBeUndefined()
  })
})

describe('drawPlane', () => {
  test('shows the regions, the points and what the signs mean', async () => {
    const lines = plain(
      await drawPlane({
        points: [0, 0, 1, 1],
        labels: [0, 1],
        width: 22,
        classify: (grid) => Array.from({ length: grid.length / 2 }, (_, i) => Number(grid[2 * i]! > 0.5)),
      }),
    )
    expect(lines).toHaveLength(12)
    for (const line of lines.slice(0, 10)) {
      expect(line).toHaveLength(22)
      expect(line).toMatch(/^[·o]{11}[░x]{11}$/)
    }
    // y grows upwards, so the point (1, 1) is in an upper line and on the right.
    const isAt = (mark: string): number => lines.findIndex((line) => line.includes(mark))
    expect(isAt('x')).toBeLessThan(isAt('o'))
    expect(lines.at(-1)).toContain('o class 0')
  })
})

describe('the progress bar', () => {
  const content = {
    fraction: 0.5,
    before: 'epoch 2/5',
    after: [
      'step 140/446',
      { long: 'accuracy 92.3 %', short: 'acc 92.3 %' },
      { long: '12,345 images/s', short: '12,345/s' },
      '12 s left',
    ],
  }

  test.each([120, 99, 79, 60])('in %i columns it takes all of them at most, and shows what fits', (width) => {
    const line = layOut(content, width)
    expect(visibleWidth(line)).toBeLessThanOrEqual(width)
    expect(line).toContain('step 140/446')
    expect(line.includes('12 s left')).toBe(width > 60)
    expect(line.includes('images/s')).toBe(width > 60)
  })

  test('half the way is half the bar', () => {
    const line = stripVTControlCharacters(layOut(content, 200))
    expect(line).toContain(`  ${'█'.repeat(20)}${'░'.repeat(20)}  `)
  })
})
