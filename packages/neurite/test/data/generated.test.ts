import { describe, expect, test } from 'vitest'
import {
  balls,
  ballsDataset,
  blobs,
  circles,
  DataLoader,
  pointsDataset,
  spirals,
  twoMoons,
  xor,
} from '../../src/data/index.ts'
import type { GeneratedOptions } from '../../src/data/index.ts'
import { ArgumentError, IndexOutOfRangeError } from '../../src/errors.ts'

describe('datasets of generated data', () => {
  test.each([
    ['xor', xor({ samples: 20 })],
    ['circles', circles({ samples: 20 })],
    ['two moons', twoMoons({ samples: 20 })],
    ['spirals', spirals({ samples: 20 })],
    ['blobs', blobs({ samples: 20 })],
  ])('%s', (_, points) => {
    const dataset = pointsDataset(points)
    expect(dataset).toMatchObject({ length: 20, inputShape: [2], targetShape: [], targetDType: 'int32' })
    const [batch] = Array.from(new DataLoader(dataset, { batchSize: 20 }))
    expect([...batch!.inputs]).toEqual([...points.inputs])
    expect([...batch!.targets]).toEqual([...points.labels])
  })

  test('targets as numbers', () => {
    const points = circles({ samples: 8 })
    const dataset = pointsDataset(points, { targets: 'numbers', classNames: ['outer', 'inner'] })
    expect(dataset).toMatchObject({ targetShape: [1], targetDType: 'float32', classNames: ['outer', 'inner'] })
    expect(dataset.example(3).target).toEqual(new Float32Array([points.labels[3]!]))
  })

  test('pictures of balls', () => {
    const pictures = balls({ samples: 6, size: 12 })
    const dataset = ballsDataset(pictures)
    expect(dataset).toMatchObject({ length: 6, inputShape: [1, 12, 12], classNames: ['no ball', 'ball'] })
    expect(dataset.example(5)).toEqual({
      input: pictures.images.slice(5 * 144),
      target: Int32Array.of(pictures.labels[5]!),
    })
  })

  test('refuses wrong options, and names for fewer classes than there are', () => {
    const points = xor({ samples: 4 })
    expect(() => pointsDataset(points, { target: 'numbers' } as GeneratedOptions)).toThrow(ArgumentError)
    expect(() => pointsDataset(points, { targets: 'floats' } as unknown as GeneratedOptions)).toThrow("is 'floats'")
    expect(() => pointsDataset(points, { classNames: ['one'] })).toThrow(IndexOutOfRangeError)
  })
})
