/** What is called before the device's code has arrived: each test starts with a library that has loaded none. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type * as Neurite from '../../src/index.ts'

type Library = typeof Neurite
let library: Library

beforeEach(async () => {
  vi.resetModules()
  library = await import('../../src/index.ts')
})

/** The same calls made before the device has arrived, and after. */
async function both<T>(calls: (library: Library) => Promise<T>): Promise<[T, T]> {
  const before = await calls(library)
  vi.resetModules()
  const other = await import('../../src/index.ts')
  await other.init()
  return [before, await calls(other)]
}

/** What the process reports as unhandled while `act` and what follows from it runs. */
async function unhandledIn(act: () => unknown): Promise<unknown[]> {
  const listeners = process.listeners('unhandledRejection')
  const found: unknown[] = []
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => found.push(error))
  try {
    await act()
    await library.init()
    await new Promise((resolve) => setTimeout(resolve, 20))
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
  return found
}

describe('compiled calls', () => {
  test('run in their order, and give at once handles that get their values later', async () => {
    const { assignState, compile, parameter, tensor } = library
    const w = parameter(tensor([1]))
    const step = compile((x: Neurite.Tensor) => {
      assignState(w, w.mul(x))
      return w.add(0)
    })
    const results = [2, 3, 5].map((factor) => step(tensor([factor])))
    expect(results.map(({ shape, dtype }) => [shape, dtype])).toEqual([2, 3, 5].map(() => [[1], 'float32']))
    expect(String(results[0])).toContain('not evaluated')
    expect(String(w)).toContain('not evaluated')
    expect(await Promise.all(results.map((result) => result.item()))).toEqual([2, 6, 30])
    expect(String(results[1])).toBe('tensor([6.])')
    expect(await w.item()).toBe(30)
    expect(String(step(tensor([2])))).toBe('tensor([60.])')
  })

  test('keep the arguments, numbers and hooks of the moment of the call', async () => {
    const { compile, fromData, hostScalar, onBeforeRun, scalarTensor } = library
    const values = new Float32Array([1])
    const x = fromData(values, [1])
    const rate = hostScalar(10)
    const count = hostScalar(0)
    const f = compile((x: Neurite.Tensor, n: Neurite.Tensor<[]>) => {
      onBeforeRun(() => count.value++)
      return x.mul(scalarTensor(rate)).add(n).add(scalarTensor(count).mul(1000))
    })
    const first = f(x, 1)
    values[0] = 7
    rate.value = 100
    const second = f(x, 2)
    expect([await first.item(), await second.item()]).toEqual([1011, 2702])
  })

  test('take what other waiting calls give, and computed tensors', async () => {
    const { compile, tensor } = library
    const double = compile((x: Neurite.Tensor) => x.mul(2))
    const y = double(double(tensor([1]).add(2)))
    expect(await y.add(double(y)).item()).toBe(36)
  })

  test('draw the same random numbers as on a device that is there', async () => {
    const [before, after] = await both(async ({ Adam, compile, Dropout, Linear, manualSeed, ones, Sequential }) => {
      manualSeed(5)
      const model = new Sequential(new Linear(4, 4), new Dropout(0.5), new Linear(4, 1))
      const optimizer = new Adam(model)
      const step = compile((x: Neurite.Tensor) => {
        const loss = model
          .forward(x as Neurite.Tensor<[2, 4]>)
          .square()
          .mean()
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      })
      const losses = [step(ones([2, 4])), step(ones([2, 4]))]
      manualSeed(6)
      const numbers = [...(await losses[0]!.data()), ...(await losses[1]!.data())]
      return [...numbers, ...(await model.stateDict().get('0.weight')!.data())]
    })
    expect(before).toEqual(after)
  })

  test('free() waits for the calls before it; later calls throw', async () => {
    const { compile, parameter, tensor } = library
    const w = parameter(tensor([4]))
    const f = compile((x: Neurite.Tensor) => x.mul(w))
    const y = f(tensor([2]))
    f.free()
    w.state!.free()
    expect(() => f(tensor([2]))).toThrow(/after free/)
    expect(await y.item()).toBe(8)
    await expect(w.data()).rejects.toThrow(/after it was freed/)
  })

  test('describe tells that nothing is compiled yet; watched tensors get their values', async () => {
    const { compile, tensor, watch } = library
    const f = compile((x: Neurite.Tensor) => watch(x.add(1), 'sum').mul(2))
    const y = f(tensor([1]))
    expect(f.describe()).toContain('not compiled yet')
    expect(await f.watched.get('sum')!.item()).toBe(2)
    expect(await y.item()).toBe(4)
    expect(f.describe()).toContain('bytes of code')
  })

  test('too many copies that wait are refused', () => {
    const { compile, zeros } = library
    const f = compile((x: Neurite.Tensor) => x.sum())
    const x = zeros([2 ** 25])
    for (let i = 0; i < 3; i++) f(x)
    expect(() => {
      for (let i = 0; i < 3; i++) f(x)
    }).toThrow(/await init\(\) before the loop/)
  })
})

describe('states', () => {
  test('a lazy tensor reads the version of its making, whatever is written meanwhile', async () => {
    const { assignState, parameter, tensor } = library
    const w = parameter(tensor([1]))
    const old = w.mul(10)
    assignState(w, tensor([2]))
    const newer = w.mul(10)
    assignState(w, w.add(3))
    expect([await old.item(), await newer.item(), await w.item()]).toEqual([10, 20, 5])
  })

  test('steps outside compile train as on a device that is there', async () => {
    const [before, after] = await both(async ({ Linear, manualSeed, SGD, ones }) => {
      manualSeed(1)
      const model = new Linear(3, 1)
      const optimizer = new SGD(model, { learningRate: 0.1, momentum: 0.9 })
      const losses: Neurite.Tensor[] = []
      for (let i = 0; i < 3; i++) {
        const loss = model
          .forward(ones([2, 3]))
          .square()
          .mean()
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        losses.push(loss)
      }
      return Promise.all([...losses, model.bias!].map((tensor) => tensor.item()))
    })
    expect(before).toEqual(after)
  })

  test('need no device to be written, read, copied, printed and stored', async () => {
    const { exportState, importState, Linear } = library
    const { isReady } = await import('../../src/runtime/arrival.ts')
    const model = new Linear(2, 1)
    const copy = new Linear(2, 1)
    copy.loadStateDict(model.stateDict())
    const other = new Linear(2, 1)
    await importState(await exportState(model), other)
    expect(await copy.weight.data()).toEqual(await model.weight.data())
    expect(await other.weight.data()).toEqual(await model.weight.data())
    expect(String(other.weight)).toMatch(/^tensor\(\[\[/)
    expect(isReady()).toBe(false)
  })

  test('a snapshot holds the values of its moment, a loaded tensor those of its own', async () => {
    const { assignState, exportState, Linear, tensor } = library
    const model = new Linear(1, 1, { bias: false })
    const other = new Linear(1, 1, { bias: false })
    assignState(model.weight, tensor([[3]]).mul(2))
    const bytes = exportState(model)
    const kept = model.stateDict()
    other.loadStateDict(kept)
    assignState(model.weight, tensor([[9]]))
    const third = new Linear(1, 1, { bias: false })
    await library.importState(await bytes, third)
    expect(await other.weight.item()).toBe(6)
    expect(await third.weight.item()).toBe(6)
    expect(await kept.get('weight')!.item()).toBe(6)
    expect(await model.weight.item()).toBe(9)
  })

  test('buffers and resident tensors of computed values wait, too', async () => {
    const { buffer, compile, tensor } = library
    const computed = tensor([2]).exp().log().mul(3).round()
    const copy = buffer(computed)
    const f = compile(() => computed.add(copy))
    expect(await f().item()).toBe(12)
  })
})

describe('errors', () => {
  const bad = ({ compile, embedding, tensor }: Library): Neurite.Tensor => {
    const table = tensor([[1], [2]])
    const f = compile((places: Neurite.Tensor<[1], 'int32'>) => embedding(table, places))
    return f(tensor([5], { dtype: 'int32' }))
  }

  test('reject the handles with the error of a direct call, and those that are computed from them', async () => {
    const handle = bad(library)
    const sum = handle.sum()
    const [first, second] = await Promise.allSettled([handle.data(), sum.item()])
    await library.init()
    let direct: unknown
    try {
      bad(library)
    } catch (error) {
      direct = error
    }
    expect(direct).toBeInstanceOf(library.IndexOutOfRangeError)
    expect(first).toEqual({ status: 'rejected', reason: direct })
    expect(second).toEqual({ status: 'rejected', reason: direct })
    await expect(handle.toText()).rejects.toThrow(/index 5/)
  })

  test('that nobody asks for are reported by the host, once; later calls still run', async () => {
    let later: Neurite.Tensor | undefined
    const found = await unhandledIn(() => {
      bad(library)
      later = library.tensor([1]).add(1)
    })
    expect(found.map(String)).toEqual([expect.stringContaining('index 5')])
    expect(await later!.item()).toBe(2)
  })

  test('of a step outside compile reach its loss and leave the state as it was', async () => {
    const { embedding, parameter, SGD, tensor } = library
    const table = parameter(tensor([[1], [2]]))
    const loss = embedding(table, tensor([3], { dtype: 'int32' })).sum()
    loss.backward()
    new SGD([table], { learningRate: 1 }).step()
    await expect(loss.item()).rejects.toThrow(/index 3/)
    expect(await table.data()).toEqual(new Float32Array([1, 2]))
  })

  test('in the function itself are thrown at once', () => {
    const { compile, ShapeError, tensor } = library
    const f = compile((x: Neurite.Tensor) => x.add(tensor([1, 2, 3]) as Neurite.Tensor))
    expect(() => f(tensor([1, 2]))).toThrow(ShapeError)
  })
})

describe('devices', () => {
  test('what was called before init runs on the device of its time', async () => {
    const { compile, init, tensor } = library
    const f = compile((x: Neurite.Tensor) => x.add(1e8).sub(1e8))
    const single = f(tensor([0.1]))
    void init({ device: 'reference' })
    const double = f(tensor([0.1]))
    expect(await double.item()).toBeCloseTo(0.1, 6)
    expect(await single.item()).toBe(0)
    expect(f.programCount).toBe(2)
  })

  test('setThreads before the arrival counts', async () => {
    const { init, setThreads, tensor } = library
    const { currentBackend } = await import('../../src/runtime/arrival.ts')
    const sum = tensor([1, 2]).sum().item()
    setThreads(1)
    expect(await sum).toBe(3)
    expect(currentBackend()).toHaveProperty('team.size', 1)
    await init({ threads: 3 })
    expect(currentBackend()).toHaveProperty('team.size', 3)
  })
})
