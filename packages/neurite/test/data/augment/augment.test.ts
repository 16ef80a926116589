import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  Augmentation,
  crop,
  DataLoader,
  elastic,
  flip,
  noise,
  rotate,
  scale,
  shift,
  TensorDataset,
} from '../../../src/data/index.ts'
import type { GeometricTransform, LoaderState, Transform, ValueTransform } from '../../../src/data/index.ts'
import { ArgumentError } from '../../../src/errors.ts'
import type { RandomStream } from '../../../src/math/index.ts'

/** Augments pictures of the shape and gives the results. */
function augment(
  transforms: readonly Transform[],
  shape: number[],
  input: readonly number[],
  position = 0,
  seed = 1,
): number[] {
  const augmentation = new Augmentation(transforms, shape, { seed })
  const size = augmentation.outputShape.reduce((a, b) => a * b, 1)
  const count = input.length / shape.reduce((a, b) => a * b, 1)
  const output = new Float32Array(count * size)
  augmentation.apply(Float32Array.from(input), output, { epoch: 0, position })
  return [...output]
}

/** A transform that places pixels in one known way. */
const fixed = (name: string, place: GeometricTransform['place']): GeometricTransform => ({
  kind: 'geometric',
  name,
  fill: 0,
  words: 0,
  place,
})
const moveBy = (x: number, y: number): GeometricTransform =>
  fixed('move', (placement) => {
    placement.x -= placement.xx * x + placement.xy * y
    placement.y -= placement.yx * x + placement.yy * y
  })
const turnLeft = fixed('turn', (p) => {
  const { xx, xy, yx, yy } = p
  Object.assign(p, { xx: xy, xy: -xx, yx: yy, yy: -yx })
})

const picture = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe('moving pixels', () => {
  test('by whole pixels keeps them exactly, and fills the rest', () => {
    expect(augment([moveBy(1, 0)], [1, 3, 3], picture)).toEqual([0, 1, 2, 0, 4, 5, 0, 7, 8])
    expect(augment([moveBy(0, -1)], [3, 3], picture)).toEqual([4, 5, 6, 7, 8, 9, 0, 0, 0])
    expect(augment([moveBy(9, 9)], [3, 3], picture)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('by half a pixel takes the mean of neighbours', () => {
    expect(augment([moveBy(0.5, 0)], [1, 3, 3], picture)).toEqual([0.5, 1.5, 2.5, 2, 4.5, 5.5, 3.5, 7.5, 8.5])
  })

  test('in two steps is done in their order', () => {
    const turned = augment([turnLeft], [3, 3], picture)
    expect(turned).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7])
    expect(augment([turnLeft, moveBy(1, 0)], [3, 3], picture)).toEqual([0, 3, 6, 0, 2, 5, 0, 1, 4])
    expect(augment([moveBy(1, 0), turnLeft], [3, 3], picture)).toEqual([2, 5, 8, 1, 4, 7, 0, 0, 0])
  })

  test('treats channels alike, and examples apart', () => {
    const two = [...picture, ...picture.map((x) => 10 * x)]
    const [first, second] = [0, 9].map((at) => augment([moveBy(1, 0)], [2, 3, 3], two).slice(at, at + 9))
    expect(second).toEqual(first!.map((x) => 10 * x))
    expect(augment([moveBy(1, 0)], [3, 3], two)).toEqual([...first!, ...second!])
  })

  test('by a shift: uniform up to the limit, in every direction', () => {
    // A ramp tells where a pixel came from.
    const ramp = Array.from({ length: 31 * 31 }, (_, i) => (i % 31) + 100 * Math.floor(i / 31))
    const rows = Array.from({ length: 400 }, (_, position) => {
      const middle = augment([shift({ pixels: 3 })], [31, 31], ramp, position)[15 * 31 + 15]!
      // The column adds at most 0.03 rows.
      return (middle - 1515) / 100
    })
    expect(Math.max(...rows)).toBeLessThan(3.04)
    expect(Math.max(...rows)).toBeGreaterThan(2.8)
    expect(Math.min(...rows)).toBeLessThan(-2.8)
    expect(Math.abs(sum(rows) / 400)).toBeLessThan(0.3)
  })

  test('by a turn keeps what lies in the middle of the picture, and its size', () => {
    const disc = Array.from({ length: 225 }, (_, i) => (Math.hypot((i % 15) - 7, Math.floor(i / 15) - 7) < 4 ? 1 : 0))
    const bar = disc.map((_, i) => (Math.abs((i % 15) - 7) <= 1 ? 1 : 0))
    for (let position = 0; position < 20; position++) {
      const turned = augment([rotate({ degrees: 180 })], [15, 15], disc, position)
      expect(turned[7 * 15 + 7]).toBeCloseTo(1, 6)
      expect(sum(turned)).toBeGreaterThan(0.9 * sum(disc))
      expect(sum(turned)).toBeLessThan(1.1 * sum(disc))
    }
    expect(augment([rotate({ degrees: 0 })], [15, 15], bar)).toEqual(bar)
  })

  test('by a scale: twice as large has four times the area', () => {
    const dot = Array.from({ length: 21 * 21 }, (_, i) =>
      Math.hypot((i % 21) - 10, Math.floor(i / 21) - 10) < 3 ? 1 : 0,
    )
    const large = augment([scale({ from: 2, to: 2 })], [21, 21], dot)
    expect(sum(large) / sum(dot)).toBeCloseTo(4, 0)
    expect(augment([scale({ from: 1, to: 1 })], [21, 21], dot)).toEqual(dot)
  })

  test('by a flip: exactly, as often as asked', () => {
    expect(augment([flip({ horizontal: 1 })], [3, 3], picture)).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7])
    expect(augment([flip({ horizontal: 0, vertical: 1 })], [3, 3], picture)).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3])
    const many = Array.from({ length: 1000 }, (_, i) => augment([flip({ horizontal: 0.25 })], [1, 2], [0, 1], i)[0]!)
    expect(sum(many)).toBeGreaterThan(205)
    expect(sum(many)).toBeLessThan(295)
  })

  test('by a crop: every place comes, the padding too, and pixels stay exact', () => {
    const seen = new Set(
      Array.from({ length: 300 }, (_, i) => augment([crop({ height: 2, width: 2 })], [3, 3], picture, i).join()),
    )
    expect(seen).toEqual(new Set(['1,2,4,5', '2,3,5,6', '4,5,7,8', '5,6,8,9']))
    const padded = Array.from({ length: 500 }, (_, i) =>
      augment([crop({ height: 3, width: 3, padding: 1, fill: -1 })], [1, 3, 3], picture, i).join(),
    )
    expect(new Set(padded).size).toBe(9)
    expect(padded).toContain('-1,-1,-1,-1,1,2,-1,4,5')
    expect(padded).toContain(picture.join())
  })

  test('by an elastic field: smooth, with the deviation that was asked for', () => {
    const ramp = Array.from({ length: 40 * 40 }, (_, i) => i % 40)
    let squares = 0
    let bends = 0
    const count = 60
    for (let position = 0; position < count; position++) {
      const bent = augment([elastic({ deviation: 1.5, spacing: 6 })], [40, 40], ramp, position)
      // The middle, which nothing from outside reaches.
      for (let y = 12; y < 28; y++) {
        for (let x = 12; x < 28; x++) {
          const moved = bent[y * 40 + x]! - x
          squares += moved * moved
          const next = bent[y * 40 + x + 1]! - x - 1
          bends += (next - moved) * (next - moved)
        }
      }
    }
    const samples = count * 256
    expect(Math.sqrt(squares / samples)).toBeGreaterThan(1.3)
    expect(Math.sqrt(squares / samples)).toBeLessThan(1.7)
    expect(Math.sqrt(bends / samples)).toBeLessThan(0.45)
  })
})

describe('noise', () => {
  test('is normal, for any shape', () => {
    const values = augment([noise({ deviation: 2 })], [20001], new Array<number>(20001).fill(1))
    const mean = sum(values) / values.length
    const moment = (power: number): number => sum(values.map((x) => ((x - mean) / 2) ** power)) / values.length
    expect(mean).toBeCloseTo(1, 1)
    expect(moment(2)).toBeGreaterThan(0.97)
    expect(moment(2)).toBeLessThan(1.03)
    expect(Math.abs(moment(3))).toBeLessThan(0.08)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.25)
    expect(values.filter((x) => Math.abs(x - 1) < 2 * 0.6745).length / values.length).toBeCloseTo(0.5, 1)
    expect(new Set(values).size).toBeGreaterThan(10_000)
  })

  test('leaves the input as it was', () => {
    const input = new Float32Array([1, 2, 3])
    new Augmentation([noise({ deviation: 1 }), noise({ deviation: 1 })], [3]).apply(input, new Float32Array(3), {
      epoch: 0,
      position: 0,
    })
    expect([...input]).toEqual([1, 2, 3])
  })
})

const all = [
  shift({ pixels: 2 }),
  rotate({ degrees: 15 }),
  scale({ from: 0.85, to: 1.15 }),
  elastic(),
  flip(),
  noise({ deviation: 0.05 }),
]
const photos = Float32Array.from({ length: 40 * 64 }, (_, i) => ((i * 7919) % 101) / 101)

describe('what happens to an example', () => {
  test('is the same in batches of any size', () => {
    const together = augment(all, [8, 8], [...photos])
    const apart = Array.from({ length: 40 }, (_, i) =>
      augment(all, [8, 8], [...photos.subarray(64 * i, 64 * i + 64)], i),
    ).flat()
    expect(apart).toEqual(together)
    expect(augment(all, [8, 8], [...photos], 0, 2)).not.toEqual(together)
    expect(augment(all, [8, 8], [...photos], 40)).not.toEqual(together)
  })

  test('has these bits in every engine', () => {
    const bytes = Float32Array.from(augment(all, [8, 8], [...photos]))
    expect(createHash('sha256').update(Buffer.from(bytes.buffer)).digest('hex').slice(0, 16)).toBe('8baffba6540d9ad7')
  })

  test('can be a step of the user', () => {
    const drawn: number[] = []
    const invert: ValueTransform = {
      kind: 'values',
      name: 'invert',
      words: () => 1,
      apply(values, shape, stream: RandomStream) {
        drawn.push(stream.counter, ...shape)
        for (let i = 0; i < values.length; i++) values[i] = 1 - values[i]!
      },
    }
    expect(augment([invert, moveBy(0, 0), invert], [1, 2, 2], [1, 0, 0, 0, 0, 1, 0, 0], 5)).toEqual([
      1, 0, 0, 0, 0, 1, 0, 0,
    ])
    expect(drawn).toEqual([10, 1, 2, 2, 11, 1, 2, 2, 12, 1, 2, 2, 13, 1, 2, 2])
  })
})

describe('in a loader', () => {
  const dataset = new TensorDataset({
    inputs: { data: photos, shape: [1, 8, 8] },
    targets: { data: Int32Array.from({ length: 40 }, (_, i) => i), shape: [] },
  })
  const options = { batchSize: 7, shuffle: true, seed: 3, augment: [...all, crop({ height: 6, width: 5 })], copy: true }
  const epoch = (loader: DataLoader): string[] =>
    Array.from(
      loader,
      ({ inputs, targets }) => `${targets.join()}|${Buffer.from(inputs.slice().buffer).toString('hex')}`,
    )

  test('batches have the shape of the result; targets and dataset stay', () => {
    const [first] = Array.from(new DataLoader(dataset, options))
    expect([first!.inputShape, first!.inputs.length]).toEqual([[7, 1, 6, 5], 210])
    expect([...first!.targets]).toEqual([...first!.indices])
    expect([...dataset.example(3).input]).toEqual([...photos.subarray(192, 256)])
  })

  test('every epoch is another, the same seed gives the same', () => {
    const loader = new DataLoader(dataset, { ...options, shuffle: false })
    const [one, two] = [epoch(loader), epoch(loader)]
    expect(one).not.toEqual(two)
    loader.restore({ epoch: 0, position: 0 })
    expect(epoch(loader)).toEqual(one)
    expect(epoch(new DataLoader(dataset, { ...options, shuffle: false, seed: 4 }))).not.toEqual(one)
  })

  test('arrays that are reused hold the same numbers', () => {
    const { copy: _, ...reusing } = options
    expect(epoch(new DataLoader(dataset, reusing))).toEqual(epoch(new DataLoader(dataset, options)))
  })

  test('a run that is stopped after any batch and resumed elsewhere is the run without a stop', () => {
    const whole = new DataLoader(dataset, options)
    const expected = [...epoch(whole), ...epoch(whole)]
    for (let stop = 1; stop < expected.length; stop++) {
      const first = new DataLoader(dataset, options)
      const seen: string[] = []
      let state: LoaderState | undefined
      while (state === undefined) {
        for (const { inputs, targets } of first) {
          seen.push(`${targets.join()}|${Buffer.from(inputs.slice().buffer).toString('hex')}`)
          if (seen.length < stop) continue
          state = first.state()
          break
        }
      }
      const second = new DataLoader(dataset, options)
      second.restore(JSON.parse(JSON.stringify(state)) as LoaderState)
      while (seen.length < expected.length) seen.push(...epoch(second))
      expect(seen).toEqual(expected)
    }
  })

  test('for await gives the same batches, and the event loop its turn', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    const seen: string[] = []
    for await (const { inputs, targets } of new DataLoader(dataset, options)) {
      seen.push(`${targets.join()}|${Buffer.from(inputs.slice().buffer).toString('hex')}`)
      const end = performance.now() + 20
      while (performance.now() < end);
    }
    clearInterval(timer)
    expect(seen).toEqual(epoch(new DataLoader(dataset, options)))
    expect(turns).toBeGreaterThan(1)
  })

  test('is refused for whole numbers', () => {
    const words = new TensorDataset({
      inputs: { data: new Int32Array(4), shape: [2] },
      targets: { data: new Int32Array(2), shape: [] },
    })
    expect(() => new DataLoader(words, { augment: [flip()] })).toThrow('inputs of whole numbers')
  })
})

describe('refuse', () => {
  const bad: [string, () => unknown][] = [
    ['shift: pixels is -1', () => shift({ pixels: -1 })],
    ["there is no option 'pixel'", () => shift({ pixel: 1 } as never)],
    ['rotate: degrees is NaN', () => rotate({ degrees: NaN })],
    ['scale: from is 0', () => scale({ from: 0, to: 1 })],
    ['scale: to is 0.5', () => scale({ from: 0.8, to: 0.5 })],
    ['flip: vertical is 2', () => flip({ vertical: 2 })],
    ['crop: width is 1.5', () => crop({ height: 1, width: 1.5 })],
    ['elastic: spacing is 0', () => elastic({ spacing: 0 })],
    ['noise: deviation is -1', () => noise({ deviation: -1 })],
    [
      'crop: 4 x 4 pixels of a picture of 3 x 3 with 0',
      () => new Augmentation([crop({ height: 4, width: 4 })], [3, 3]),
    ],
    ['[4] are no pictures', () => new Augmentation([flip()], [4])],
    ["there is no option 'sed'", () => new Augmentation([flip()], [4, 4], { sed: 1 } as never)],
    ['5 values in', () => augment([flip()], [2, 2], [1, 2, 3, 4, 5])],
  ]
  test.each(bad)('%s', (message, make) => {
    expect(make).toThrow(ArgumentError)
    expect(make).toThrow(message)
  })
})
