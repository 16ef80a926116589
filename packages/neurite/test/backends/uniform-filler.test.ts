import { describe, expect, test } from 'vitest'
import { uniformFiller } from '../../src/backends/wasm/uniform-filler.ts'
import { lendUniformFiller, RandomStream } from '../../src/math/random.ts'

const fromBits = (stream: RandomStream, count: number, low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, () => low + (high - low) * (stream.bits() / 2 ** 32))

describe('the numbers that WebAssembly draws are those of the stream, bit for bit', () => {
  const fill = uniformFiller()

  test.each([
    [2, 0, 1],
    [8192, -1, 1],
    [8194, -0.05, 0.05],
    [30_006, 1e-30, 3e-30],
    [16_390, -3e38, 3e38],
    [4098, 2, 2],
    [8195, -1, 2],
  ])('%i numbers from %f to %f', (count, low, high) => {
    for (const counter of [0, 6, 2 ** 32 - 4, 2 ** 33 - 70_000]) {
      const stream = new RandomStream(2 ** 40 + 3, 'numbers')
      stream.counter = counter
      const wanted = fromBits(stream, count, low, high)
      const { key0, key1 } = stream as unknown as { key0: number; key1: number }
      const out = new Float32Array(count)
      fill(out, key0, key1, counter / 2, low, high)
      expect(Buffer.from(out.buffer).equals(Buffer.from(wanted.buffer)), `counter ${counter}`).toBe(true)
    }
  })

  test('streams that borrow it go on where they would have been', () => {
    const calls: number[] = []
    lendUniformFiller((out, ...rest) => {
      calls.push(out.length)
      fill(out, ...rest)
    })
    for (const [counter, count] of [
      [0, 5001],
      [2, 4096],
      [1, 5000],
      [2 ** 33 - 4, 6000],
      [0, 100],
    ] as const) {
      const [stream, same] = [new RandomStream(9, 'lent'), new RandomStream(9, 'lent')]
      stream.counter = same.counter = counter
      const out = new Float32Array(count)
      stream.fillUniform(out, -2, 3)
      expect(out).toEqual(fromBits(same, count, -2, 3))
      expect(stream.counter).toBe(same.counter)
      expect(stream.bits()).toBe(same.bits())
    }
    // Odd places, blocks beyond 2^32 and small arrays go the usual way.
    expect(calls).toEqual([5001, 4096])
  })
})
