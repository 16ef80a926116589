import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPng } from '../src/pictures/read-png.ts'
import { writeSheet } from '../src/pictures/write-sheet.ts'
import { temporaryFolder } from './support.ts'

test('a sheet holds its pictures in rows, ink black on white', () => {
  const path = join(temporaryFolder(), 'sheet.png')
  // Three pictures of 2 x 2 in rows of two: full, half, and one dot at its lower right.
  writeSheet(path, Float32Array.of(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 1), { side: 2, columns: 2 })
  const { width, height, rgba } = readPng(path)
  expect([width, height]).toEqual([14, 14])
  const grey = (column: number, row: number): number => rgba[4 * (row * width + column)]!
  expect([grey(2, 2), grey(5, 5)]).toEqual([0, 0])
  expect(grey(6, 2)).toBe(255)
  expect(grey(8, 3)).toBe(128)
  expect([grey(2, 8), grey(5, 11), grey(4, 10)]).toEqual([255, 0, 0])
  expect(grey(9, 9)).toBe(255)
  expect(rgba[3]).toBe(255)
})
