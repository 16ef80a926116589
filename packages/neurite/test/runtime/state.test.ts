import { afterEach, describe, expect, test } from 'vitest'
import {
  assignState,
  assignStates,
  buffer,
  compile,
  init,
  parameter,
  tensor,
  type Tensor,
  zeros,
} from '../../src/index.ts'
import type { ReferenceBackend } from '../../src/backends/reference/index.ts'
import type { StateStorage } from '../../src/compiler/program.ts'
import { currentBackend } from '../../src/runtime/arrival.ts'
import { State } from '../../src/runtime/state.ts'
import { collectGarbage } from '../support/garbage.ts'

afterEach(async () => {
  await init({})
})

describe('versions', () => {
  test('a lazy tensor keeps the version it was recorded with', async () => {
    const w = parameter(tensor([1, 2]))
    const before = w.mul(10)
    assignState(w, tensor([5, 6]))
    const between = w.mul(10)
    assignState(w, w.add(1))
    expect([await before.toArray(), await between.toArray(), await w.mul(10).toArray()]).toEqual([
      [10, 20],
      [50, 60],
      [60, 70],
    ])
  })

  test('assignments together read what was there before', async () => {
    const [a, b] = [buffer(tensor([1])), buffer(tensor([2]))]
    assignStates([
      [a, b],
      [b, a],
    ])
    expect([await a.item(), await b.item()]).toEqual([2, 1])
  })

  test('writing copies only while an older version is held', () => {
    const state = new State({ shape: [2], dtype: 'float32' }, new Float32Array([1, 2]))
    let reads = 0
    const storage = state.storage()
    const read = storage.read.bind(storage)
    storage.read = () => {
      reads++
      return read()
    }
    state.write(new Float32Array([3, 4]))
    expect(reads).toBe(0)
    const node = state.readNode()
    expect(state.readNode()).toBe(node)
    state.write(new Float32Array([5, 6]))
    state.write(new Float32Array([7, 8]))
    expect(reads).toBe(1)
    expect(state.readNode()).not.toBe(node)
  })

  test('wrong values are refused', () => {
    const w = parameter(tensor([1, 2]))
    w.label = 'fc1.bias'
    expect(() => assignState(w, tensor([1]))).toThrow(/shape \[1\] is assigned to fc1\.bias/)
    expect(() => assignState(w, tensor([1, 2], { dtype: 'int32' }))).toThrow(/dtype int32 is assigned/)
  })
})

describe('memory', () => {
  test('values move when the device changes', async () => {
    const w = parameter(tensor([1, 2]))
    assignState(w, w.mul(2))
    await init({ device: 'reference' })
    expect(await w.toArray()).toEqual([2, 4])
    assignState(w, w.mul(2))
    await init({})
    expect(await w.toArray()).toEqual([4, 8])
  })

  test('freed state explains itself, in compiled functions too', async () => {
    const w = parameter(tensor([1, 2]))
    const f = compile((x: Tensor) => x.mul(w))
    f(tensor([1, 1]))
    w.state!.free()
    expect(() => f(tensor([1, 1]))).toThrow(/after it was freed/)
    await expect(w.data()).rejects.toThrow(/after it was freed/)
  })

  test('memory of dropped tensors and functions is given back', async () => {
    await init({ device: 'reference' })
    const backend = currentBackend() as ReferenceBackend
    let alive = 0
    const createState = backend.createState.bind(backend)
    backend.createState = (type, initial) => {
      const storage = createState(type, initial)
      alive++
      const free = storage.free.bind(storage)
      ;(storage as StateStorage).free = () => {
        alive--
        free()
      }
      return storage
    }
    let programs = 0
    const compileProgram = backend.compile.bind(backend)
    backend.compile = (program) => {
      programs++
      return { ...compileProgram(program), free: () => void programs-- }
    }
    await (async () => {
      const w = parameter(zeros([100]))
      const captured = zeros([100])
      const f = compile((x: Tensor) => {
        assignState(w, w.add(x))
        return w.mul(captured)
      })
      await f(zeros([100])).data()
    })()
    expect(alive).toBeGreaterThan(1)
    expect(programs).toBe(1)
    await collectGarbage(() => alive === 0 && programs === 0)
    expect([alive, programs]).toEqual([0, 0])
  })
})
