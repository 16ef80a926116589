import { describe, expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import { Heap } from '../../src/backends/wasm/heap.ts'
import { MemoryError } from '../../src/errors.ts'
import * as ops from '../../src/ops/index.ts'
import { needs } from '../support/shared.ts'

const gibibyte = 2 ** 30

describe('blocks', () => {
  test('are aligned, apart, and zero, also where others were before', () => {
    const heap = new Heap(false)
    const a = heap.allocate(100, 'a')
    const b = heap.allocate(4, 'b')
    expect([a % 64, b % 64]).toEqual([0, 0])
    expect(b - a).toBe(128)
    heap.int32.fill(7, a / 4, (b + 64) / 4)
    heap.release(a)
    expect(heap.allocate(120, 'c')).toBe(a)
    expect(heap.int32.slice(a / 4, a / 4 + 32)).toEqual(new Int32Array(32))
    expect(heap.int32[b / 4]).toBe(7)
  })

  test.each([
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [0, 2, 1],
  ])('given back in the order %i, %i, %i become one', (...order) => {
    const heap = new Heap(false)
    const blocks = ['a', 'b', 'c'].map((name) => heap.allocate(1000, name))
    heap.allocate(64, 'end')
    for (const i of order) heap.release(blocks[i]!)
    expect(heap.allocate(3 * 1024, 'all three')).toBe(blocks[0])
  })

  test('cannot be given back twice', () => {
    const heap = new Heap(false)
    const a = heap.allocate(64, 'a')
    heap.release(a)
    expect(() => heap.release(a)).toThrow('not in use')
  })
})

test('growing keeps what was there, and renews the views', () => {
  const heap = new Heap(false)
  const a = heap.allocate(64, 'a')
  heap.float32[a / 4] = 1.5
  const before = heap.bytes
  heap.allocate(before, 'much')
  expect(heap.bytes).toBeGreaterThan(before)
  expect(heap.float32.length * 4).toBe(heap.bytes)
  expect(heap.float32[a / 4]).toBe(1.5)
})

test('scratch grows, and is not taken anew while it is large enough', () => {
  const heap = new Heap(false)
  const first = heap.scratch(1000)
  expect(heap.scratch(500)).toBe(first)
  heap.scratch(100_000)
  expect(heap.allocate(1000, 'where scratch was')).toBe(first)
})

test('a block beyond the limit is refused with sizes, and the heap works on', () => {
  const heap = new Heap(false)
  const before = heap.bytes
  const run = (): unknown => heap.allocate(5 * gibibyte, 'a tensor of shape [1342177280]')
  expect(run).toThrow(MemoryError)
  expect(run).toThrow(
    /5120\.0 MiB for a tensor of shape \[1342177280\] do not fit; .+\n {2}expected: at most \d+\.0 MiB in all\n {2}fix: .+/,
  )
  expect(heap.bytes).toBe(before)
  expect(heap.allocate(64, 'a')).toBeGreaterThan(0)
})

// Untouched pages take no memory of the machine.
test('states and programs work above 2 GiB', (context) => {
  const backend = new WasmBackend({ threads: 1 })
  needs(context, 'address space for 3 GiB', backend.heap.limitBytes < 3 * gibibyte ? undefined : true)
  backend.heap.allocate(2.2 * gibibyte, 'ballast')
  const type = { shape: [3], dtype: 'float32' } as const
  const state = backend.createState(type, new Float32Array([1, 2, 3]))
  const [x, w] = [ops.binding({ index: 0, type }), ops.binding({ index: 1, type })]
  const program = backend.compile({
    bindings: [
      { kind: 'data', type },
      { kind: 'state', type },
    ],
    outputs: [ops.sum(ops.mul(x, w))],
    assignments: [{ binding: 1, value: ops.add(w, x) }],
  })
  expect(program.run([new Float32Array([1, 10, 100]), state])[0]).toEqual(new Float32Array([321]))
  expect(state.read()).toEqual(new Float32Array([2, 12, 103]))
})
