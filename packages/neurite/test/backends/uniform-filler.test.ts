import { describe, expect, test } from 'vitest'
import { Heap } from '../../src/backends/wasm/heap.ts'
import { uniformFiller } from '../../src/backends/wasm/uniform-filler.ts'
import { lendUniformFiller, RandomStream } from '../../src/math/random.ts'

const fromBits = (stream: RandomStream, count: number, low: number, high: number): Float32Array =>
  Float32Array.from({ length: count }, () => low + (high - low) * (stream.bits() / 2 ** 32))

describe('the numbers that WebAssembly draws are those of the stream, bit for bit', () => {
  const heap = new Heap(true)
  const fill = uniformFiller(heap)
  /** An array in the heap, with a block behind it. */
  const inHeap = (count: number): Float32Array => {
    const at = heap.allocate(4 * count + 64, 'numbers') / 4
    return heap.float32.subarray(at, at + count)
  }

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
      const out = inHeap(count)
      const behind = inHeap(16).fill(7)
      expect(fill(out, key0, key1, counter / 2, low, high)).toBe(true)
      expect(Buffer.from(out.slice().buffer).equals(Buffer.from(wanted.buffer)), `counter ${counter}`).toBe(true)
      expect(behind.every((value) => value === 7)).toBe(true)
    }
  })

  test('streams that borrow it go on where they would have been', () => {
    const calls: number[] = []
    lendUniformFiller((out, ...rest) => {
      const took = fill(out, ...rest)
      if (took) calls.push(out.length)
      return took
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
      const out = inHeap(count)
      stream.fillUniform(out, -2, 3)
      expect(out.slice()).toEqual(fromBits(same, count, -2, 3))
      expect(stream.counter).toBe(same.counter)
      expect(stream.bits()).toBe(same.bits())
    }
    const elsewhere = new Float32Array(5000)
    new RandomStream(9, 'lent').fillUniform(elsewhere, -2, 3)
    expect(elsewhere).toEqual(fromBits(new RandomStream(9, 'lent'), 5000, -2, 3))
    // Arrays outside of the heap, odd places, blocks beyond 2^32 and small arrays go the usual way.
    expect(calls).toEqual([5001, 4096])
  })
})
