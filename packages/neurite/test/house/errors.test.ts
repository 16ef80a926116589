import { expect, test } from 'vitest'
import { NeuriteError, ShapeError } from '../../src/errors.ts'

test('an error tells its three parts, in its fields and in its message', () => {
  const cause = new Error('below')
  const error = new ShapeError({ what: 'fc1 got [3]', expected: '[..., 4]', fix: 'reshape the input', cause })
  expect(error).toBeInstanceOf(NeuriteError)
  expect([error.what, error.expected, error.fix]).toEqual(['fc1 got [3]', '[..., 4]', 'reshape the input'])
  expect(error.message).toBe('fc1 got [3]\n  expected: [..., 4]\n  fix: reshape the input')
  expect(error.cause).toBe(cause)
  expect(error.stack).toMatch(/^ShapeError: fc1 got/)
})
