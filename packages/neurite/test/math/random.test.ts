import { describe, expect, test } from 'vitest'
import { ArgumentError } from '../../src/errors.ts'
import { RandomStream, threefry2x32 } from '../../src/math/index.ts'

describe('threefry2x32 with 20 rounds gives the published answers', () => {
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ])('key %j, counter %j', (key, counter, wanted) => {
    expect(threefry2x32(key[0]!, key[1]!, counter[0]!, counter[1]!)).toEqual(wanted)
  })
})

function draw(seed: number, name: string): number[] {
  const stream = new RandomStream(seed, name)
  return [stream.bits(), stream.bits(), stream.bits()]
}

describe('RandomStream', () => {
  test('is a function of seed and name', () => {
    expect(draw(1, 'dropout')).toEqual(draw(1, 'dropout'))
    expect(draw(1, 'dropout')).not.toEqual(draw(2, 'dropout'))
    expect(draw(1, 'dropout')).not.toEqual(draw(1, 'shuffle'))
    expect(draw(1, 'dropout')).not.toEqual(draw(1 + 2 ** 32, 'dropout'))
    expect(draw(1, 'ab')).not.toEqual(draw(1, 'ba'))
  })

  test('continues exactly from a stored counter, odd ones included', () => {
    const stream = new RandomStream(7, 'data')
    stream.bits()
    stream.normal()
    const counter = stream.counter
    expect(counter).toBe(3)
    const rest = [stream.normal(), stream.uniform(), stream.integer(10), ...stream.permutation(9)]
    const restored = new RandomStream(7, 'data')
    restored.counter = counter
    expect([restored.normal(), restored.uniform(), restored.integer(10), ...restored.permutation(9)]).toEqual(rest)
    expect(restored.counter).toBe(stream.counter)
  })

  const asFunctionOfBits = (stream: RandomStream, count: number, low: number, high: number): Float32Array =>
    Float32Array.from({ length: count }, () => low + (high - low) * (stream.bits() / 2 ** 32))

  test.each([0, 1, 7, 1023, 1024, 1025, 5000])('fillUniform of %i numbers draws one word each', (count) => {
    for (const skipped of [0, 1]) {
      const [stream, same] = [new RandomStream(5, 'fill'), new RandomStream(5, 'fill')]
      stream.counter = same.counter = skipped
      const out = new Float32Array(count)
      stream.fillUniform(out, -0.3, 0.7)
      expect(out).toEqual(asFunctionOfBits(same, count, -0.3, 0.7))
      expect(stream.counter).toBe(skipped + count)
    }
  })

  test('counters beyond 2^33 words are distinct blocks', () => {
    const stream = new RandomStream(7, 'data')
    const near = stream.bits()
    stream.counter = 2 ** 33
    const far = stream.bits()
    expect(far).not.toBe(near)
    expect(stream.counter).toBe(2 ** 33 + 1)
  })

  test.each([0, 1, 2 ** 33 - 3, 2 ** 33 - 2])(
    'many words at once are the words drawn one by one, from counter %i',
    (counter) => {
      const [one, many] = [new RandomStream(5, 'words'), new RandomStream(5, 'words')]
      one.counter = many.counter = counter
      for (const length of [0, 1, 2, 7, 8]) {
        const words = new Uint32Array(length)
        many.fillBits(words)
        expect([...words]).toEqual(Array.from(words, () => one.bits()))
        expect(many.counter).toBe(one.counter)
      }
    },
  )

  test('uniform numbers have the moments and the range of their distribution', () => {
    const stream = new RandomStream(3, 'moments')
    const count = 40_000
    let sum = 0
    let squares = 0
    for (let i = 0; i < count; i++) {
      const value = stream.uniform(-2, 4)
      expect(value >= -2 && value < 4).toBe(true)
      sum += value
      squares += value * value
    }
    const mean = sum / count
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(3 / count))
    expect(Math.abs(squares / count - mean * mean - 3)).toBeLessThan(0.08)
  })

  test('normal numbers have the moments and tails of their distribution', () => {
    const values = new Float64Array(40_001)
    const stream = new RandomStream(3, 'moments')
    stream.fillNormal(values, 2, 3)
    for (let i = 0; i < 20_000; i++) values[i] = stream.normal(2, 3)
    let sum = 0
    let squares = 0
    let cubes = 0
    let beyondTwo = 0
    for (const value of values) {
      const z = (value - 2) / 3
      sum += z
      squares += z * z
      cubes += z * z * z
      if (Math.abs(z) > 2) beyondTwo++
    }
    expect(Math.abs(sum / values.length)).toBeLessThan(0.025)
    expect(Math.abs(squares / values.length - 1)).toBeLessThan(0.035)
    expect(Math.abs(cubes / values.length)).toBeLessThan(0.1)
    expect(Math.abs(beyondTwo / values.length - 0.0455)).toBeLessThan(0.006)
  })

  test('integers are equally likely, also for limits that do not divide 2^32', () => {
    const stream = new RandomStream(5, 'dice')
    const counts = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < 60_000; i++) counts[stream.integer(6)]!++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * (5 / 6)))
    let upperHalf = 0
    for (let i = 0; i < 10_000; i++) if (stream.integer(3 * 2 ** 30) >= 3 * 2 ** 29) upperHalf++
    expect(Math.abs(upperHalf - 5000)).toBeLessThan(250)
    expect(stream.integer(1)).toBe(0)
  })

  test('permutations hold every element once and reach every order', () => {
    const stream = new RandomStream(5, 'order')
    expect([...stream.permutation(100)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    const seen = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const key = stream.permutation(3).join('')
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
    expect(stream.permutation(0).length).toBe(0)
  })

  test('says what is wrong with an argument', () => {
    const stream = new RandomStream(1, 'x')
    for (const seed of [-1, 0.5, NaN, 2 ** 53]) expect(() => new RandomStream(seed, 'x')).toThrow(ArgumentError)
    for (const limit of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => stream.integer(limit)).toThrow(ArgumentError)
    for (const length of [-1, 1.5, NaN]) expect(() => stream.permutation(length)).toThrow(ArgumentError)
    expect(() => (stream.counter = -1)).toThrow(ArgumentError)
  })
})
