import { describe, expect, test } from 'vitest'
import { Heap } from '../../src/backends/wasm/heap.ts'
import { wordFiller } from '../../src/backends/wasm/word-filler.ts'
import { lendWordFiller, RandomStream } from '../../src/math/random.ts'

const bitsOf = (stream: RandomStream, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, () => stream.bits())

describe('the words that WebAssembly draws are those of the stream', () => {
  const heap = new Heap(true)
  const fill = wordFiller(heap)
  /** An array in the heap, with another block behind it. */
  const inHeap = (count: number): Uint32Array => {
    const address = heap.allocate(4 * count + 64, 'numbers')
    return new Uint32Array(heap.memory.buffer, address, count)
  }

  test.each([2, 4097, 8192, 30_006])('%i words', (count) => {
    for (const counter of [0, 6, 2 ** 32 - 4, 2 ** 33 - 70_000]) {
      const stream = new RandomStream(2 ** 40 + 3, 'numbers')
      stream.counter = counter
      const wanted = bitsOf(stream, count)
      const { key0, key1 } = stream as unknown as { key0: number; key1: number }
      const out = inHeap(count)
      const behind = inHeap(16).fill(7)
      expect(fill(out, key0, key1, counter / 2)).toBe(true)
      expect(Buffer.from(out.slice().buffer).equals(Buffer.from(wanted.buffer)), `counter ${counter}`).toBe(true)
      expect(behind.every((value) => value === 7)).toBe(true)
    }
  })

  test('streams that borrow it go on where they would have been', () => {
    const calls: number[] = []
    lendWordFiller((out, ...rest) => {
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
      stream.fillBits(out)
      expect(out.slice()).toEqual(bitsOf(same, count))
      expect(stream.counter).toBe(same.counter)
      expect(stream.bits()).toBe(same.bits())
    }
    const elsewhere = new Uint32Array(5000)
    new RandomStream(9, 'lent').fillBits(elsewhere)
    expect(elsewhere).toEqual(bitsOf(new RandomStream(9, 'lent'), 5000))
    // Arrays outside of the heap, odd places, blocks beyond 2^32 and small arrays go the usual way.
    expect(calls).toEqual([5001, 4096])
  })
})
