/** Every operation on every backend: forward and gradient, by cases, by PyTorch's numbers, in a fused neighbourhood. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from '../support/shared.ts'
import { backends } from './backends.ts'
import { cellOf, columns, directions, hasGradient, isOwn, operationNames } from './columns.ts'
import { matrixPage } from './table.ts'

const page = `${repositoryRoot}/docs/operation-matrix.md`

for (const backend of backends) {
  describe(`on ${backend.name}`, () => {
    for (const name of operationNames) {
      for (const direction of directions) {
        if (direction === 'gradient' && !hasGradient(name)) continue
        for (const column of columns) {
          if (column === 'torch' && isOwn(name, direction)) continue
          test(`${name} ${direction} ${column}`, () => {
            const { samples, run } = cellOf(name, backend, direction, column)
            expect(samples, `an operation needs ${column} samples`).toBeGreaterThan(0)
            expect(run()).toEqual([])
          })
        }
      }
    }
  })
}

test('the names are different', () => {
  expect(new Set(operationNames).size).toBe(operationNames.length)
})

test('docs/operation-matrix.md is up to date', () => {
  const text = matrixPage(backends)
  console.log(text.slice(text.indexOf('\n| ')))
  if (process.env['NEURITE_WRITE_MATRIX'] === '1') writeFileSync(page, text)
  expect(existsSync(page) ? readFileSync(page, 'utf8') : '', 'run `npm run matrix`').toBe(text)
})
