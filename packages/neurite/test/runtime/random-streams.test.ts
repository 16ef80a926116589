import { beforeEach, describe, expect, test } from 'vitest'
import {
  ArgumentError,
  bernoulli,
  categorical,
  full,
  hostStream,
  manualSeed,
  rand,
  randint,
  randn,
  randomState,
  randperm,
  setRandomState,
  tensor,
  zeros,
} from '../../src/index.ts'
import { takeDraw } from '../../src/runtime/random-streams.ts'

beforeEach(() => {
  manualSeed(1)
})

describe('streams', () => {
  test('the same seed gives the same numbers, another seed others', async () => {
    const first = await rand([8]).data()
    manualSeed(1)
    expect(await rand([8]).data()).toEqual(first)
    manualSeed(2)
    expect(await rand([8]).data()).not.toEqual(first)
  })

  test('draws follow each other, and do not depend on when they are computed', async () => {
    const [a, b] = [rand([4]), rand([4])]
    const late = await b.data()
    const early = await a.data()
    expect(late).not.toEqual(early)
    manualSeed(1)
    expect(await rand([4]).data()).toEqual(early)
    expect(await rand([4]).data()).toEqual(late)
  })

  test('streams and sites are independent', async () => {
    const draws = [rand([4]), rand([4], { stream: 'dropout' }), rand([4], { stream: 'dropout', site: 'fc1' })]
    const values = await Promise.all(draws.map(async (x) => [...(await x.data())].join()))
    expect(new Set(values).size).toBe(3)
    expect(randomState().counters).toEqual({ default: 1, dropout: 1, 'dropout/fc1': 1 })
    manualSeed(1)
    rand([3], { stream: 'shuffle' })
    expect([...(await rand([4]).data())].join()).toBe(values[0])
  })

  test('the state can be stored as JSON and continued', async () => {
    rand([2])
    const shuffle = hostStream('shuffle')
    shuffle.permutation(10)
    const state = JSON.parse(JSON.stringify(randomState())) as ReturnType<typeof randomState>
    const next = [await rand([2]).data(), hostStream('shuffle').permutation(10)]
    setRandomState(state)
    expect([await rand([2]).data(), hostStream('shuffle').permutation(10)]).toEqual(next)
    expect(() => setRandomState({ seed: 1, counters: { a: -1 } })).toThrow(ArgumentError)
    expect(() => manualSeed(0.5)).toThrow(/seed is 0\.5/)
  })

  test('after 2^31 draws the key changes instead of repeating the counter', () => {
    const draw = { key0: 0, key1: 0, counter: 0 }
    takeDraw('long', draw)
    const key = [draw.key0, draw.key1]
    setRandomState({ seed: 1, counters: { long: 2147483648 } })
    takeDraw('long', draw)
    expect(draw.counter).toBe(0)
    expect([draw.key0, draw.key1]).not.toEqual(key)
  })
})

describe('distributions', () => {
  const moments = (values: ArrayLike<number>): { mean: number; deviation: number } => {
    const list = Array.from(values)
    const mean = list.reduce((a, b) => a + b, 0) / list.length
    return { mean, deviation: Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / list.length) }
  }

  test('rand and randn have the moments they promise', async () => {
    const uniform = moments(await rand([20000], { low: -1, high: 3 }).data())
    expect(uniform.mean).toBeCloseTo(1, 1)
    expect(uniform.deviation).toBeCloseTo(4 / Math.sqrt(12), 1)
    const normal = moments(await randn([20000], { mean: 2, standardDeviation: 3 }).data())
    expect(Math.abs(normal.mean - 2)).toBeLessThan(0.1)
    expect(Math.abs(normal.deviation - 3)).toBeLessThan(0.1)
  })

  test('randint reaches all numbers and no others', async () => {
    const values = await randint(-2, 3, [1000]).data()
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2])
    expect(() => randint(3, 3, [1])).toThrow(ArgumentError)
  })

  test('randperm is a permutation', async () => {
    const order = await randperm(50).data()
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect([...order]).not.toEqual(Array.from({ length: 50 }, (_, i) => i))
  })

  test('bernoulli and categorical follow their probabilities', async () => {
    const coins = await bernoulli(full([10000], 0.3)).data()
    expect(moments(coins).mean).toBeCloseTo(0.3, 1)
    expect(await bernoulli(tensor([0, 1])).toArray()).toEqual([0, 1])
    const classes = await categorical(zeros([9000, 3]).add(tensor([0, 0, Math.log(2)]))).data()
    expect(moments(classes.map((value) => Number(value === 2))).mean).toBeCloseTo(0.5, 1)
  })
})
