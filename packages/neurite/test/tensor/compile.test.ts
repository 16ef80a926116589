import { beforeEach, describe, expect, test } from 'vitest'
import {
  assignState,
  buffer,
  compile,
  hostScalar,
  init,
  isGatheringGradients,
  manualSeed,
  noGrad,
  onBeforeRun,
  parameter,
  rand,
  randn,
  scalarTensor,
  setRandomState,
  randomState,
  tensor,
  type Tensor,
  watch,
  where,
  zeros,
} from '../../src/index.ts'
import { nextEpoch } from '../../src/runtime/epoch.ts'
import { dependOn } from '../../src/runtime/trace-context.ts'

beforeEach(() => {
  manualSeed(0)
})

const line = (): { x: Tensor; y: Tensor } => ({ x: tensor([1, 2, 3]), y: tensor([2, 4, 6]) })

/** Gradient descent on y = w x. */
function fitting(w: Tensor): (x: Tensor, y: Tensor, rate: Tensor<[]>) => Tensor {
  return (x, y, rate) => {
    const loss = x.mul(w).sub(y).square().mean()
    w.grad = undefined
    loss.backward()
    assignState(w, w.sub(w.grad!.mul(rate)))
    return loss
  }
}

describe('programs', () => {
  test('are recorded once per shape, and the smaller last batch is a second one', async () => {
    let recordings = 0
    const f = compile((x: Tensor) => {
      recordings++
      return x.sum()
    })
    for (const values of [[1, 2, 3], [4, 5, 6], [7], [8], [1, 1, 1]]) {
      expect(await f(tensor(values)).item()).toBe(values.reduce((a, b) => a + b))
    }
    expect(recordings).toBe(2)
    expect(f.programCount).toBe(2)
  })

  test('differ by dtype, and by strings and booleans among the arguments', async () => {
    let recordings = 0
    const f = compile((x: Tensor, reduction: string, negate: boolean) => {
      recordings++
      const sum = reduction === 'sum' ? x.sum() : x.max()
      return negate ? sum.neg() : sum
    })
    const x = tensor([1, 2])
    expect(await f(x, 'sum', false).item()).toBe(3)
    expect(await f(x, 'max', false).item()).toBe(2)
    expect(await f(x, 'sum', true).item()).toBe(-3)
    expect(await f(tensor([1, 2], { dtype: 'int32' }), 'sum', false).item()).toBe(3)
    expect(await f(x, 'sum', false).item()).toBe(3)
    expect(recordings).toBe(4)
  })

  test('numbers as arguments are run-time numbers: no new value records again', async () => {
    let recordings = 0
    const f = compile((x: Tensor, factor: Tensor<[]>, options: { shift: Tensor<[]> | number }) => {
      recordings++
      return x.mul(factor).add(options.shift)
    })
    for (let i = 0; i < 5; i++)
      expect(await f(tensor([1, 2]), i, { shift: i + 1 }).data()).toEqual(new Float32Array([2 * i + 1, 3 * i + 1]))
    expect(recordings).toBe(1)
  })

  test('a number is a tensor inside; to calculate with it as a number throws with the fix', () => {
    const f = compile((x: Tensor, factor: number) => x.mul(factor * 2))
    expect(() => f(tensor([1]), 3)).toThrow(/inside a compiled function[\s\S]*fix:/)
  })

  test('modes are part of the key, and both programs are kept', async () => {
    const layer = { training: true }
    const readTraining = (owner: typeof layer): boolean => owner.training
    let recordings = 0
    const f = compile((x: Tensor) => {
      recordings++
      dependOn(layer, readTraining)
      return layer.training ? x.mul(2) : x
    })
    const setMode = (training: boolean): void => {
      layer.training = training
      nextEpoch()
    }
    const x = tensor([5])
    expect(await f(x).item()).toBe(10)
    setMode(false)
    expect(await f(x).item()).toBe(5)
    setMode(true)
    expect(await f(x).item()).toBe(10)
    setMode(false)
    expect(await f(x).item()).toBe(5)
    expect(recordings).toBe(2)
  })

  test('freezing a parameter records again', async () => {
    const w = parameter(tensor([1, 2]))
    let recordings = 0
    const f = compile((x: Tensor) => {
      recordings++
      const y = x.mul(w).sum()
      return y.requiresGrad ? y.mul(2) : y
    })
    expect(await f(tensor([1, 1])).item()).toBe(6)
    w.requiresGrad = false
    expect(await f(tensor([1, 1])).item()).toBe(3)
    w.requiresGrad = true
    expect(await f(tensor([1, 1])).item()).toBe(6)
    expect(recordings).toBe(2)
  })

  test('differ by gradient mode', async () => {
    const w = parameter(tensor([3]))
    const f = compile((x: Tensor) => (x.mul(w).requiresGrad ? x : x.neg()))
    expect(await f(tensor([1])).item()).toBe(1)
    expect(await noGrad(() => f(tensor([1]))).item()).toBe(-1)
    expect(await f(tensor([1])).item()).toBe(1)
  })

  test('a change of device compiles again and moves what is resident', async () => {
    const w = parameter(tensor([0]))
    const step = compile(fitting(w))
    const { x, y } = line()
    step(x, y, 0.1)
    const before = (await w.data())[0]!
    await init({ device: 'reference' })
    step(x, y, 0.1)
    await init({})
    step(x, y, 0.1)
    expect(before).toBeCloseTo(28 / 3 / 5, 4)
    expect((await w.data())[0]).toBeGreaterThan(before)
  })

  test('at most 64 are kept, the least recently used goes', () => {
    let recordings = 0
    const f = compile((x: Tensor) => {
      recordings++
      return x.add(1)
    })
    for (let n = 1; n <= 64; n++) f(zeros([n]))
    f(zeros([1]))
    expect(recordings).toBe(64)
    f(zeros([65]))
    expect([f.programCount, recordings]).toEqual([64, 65])
    f(zeros([1]))
    expect(recordings).toBe(65)
    f(zeros([2]))
    expect(recordings).toBe(66)
  })

  test('free() ends the function', () => {
    const f = compile((x: Tensor) => x.add(1))
    f(zeros([1]))
    f.free()
    expect(f.programCount).toBe(0)
    expect(() => f(zeros([1]))).toThrow(/after free\(\)/)
  })

  test('a compiled function inside another becomes part of it', async () => {
    const inner = compile((x: Tensor) => x.mul(3))
    const outer = compile((x: Tensor) => inner(x).add(1))
    expect(await outer(tensor([2])).item()).toBe(7)
    expect([inner.programCount, outer.programCount]).toEqual([0, 1])
  })

  test('describe shows them', () => {
    const f = compile((x: Tensor) => x.exp())
    f(zeros([2]))
    expect(f.describe()).toContain('exp')
  })
})

describe('reading inside', () => {
  test.each([
    ['data', (x: Tensor) => x.data()],
    ['item', (x: Tensor) => x.item()],
    ['toArray', (x: Tensor) => x.toArray()],
    ['toText', (x: Tensor) => x.toText()],
  ])('%s throws with the fix', (_, read) => {
    const f = compile((x: Tensor) => {
      void read(x)
      return x
    })
    expect(() => f(tensor([1]))).toThrow(/read inside a compiled function[\s\S]*return the tensor/)
  })

  test('an async function throws, with the read as the reason', () => {
    const f = compile(async (x: Tensor) => ((await x.item()) > 0 ? x : x.neg()))
    expect(() => f(tensor([1]))).toThrow(/read inside a compiled function/)
    const g = compile((x: Tensor) => Promise.resolve(x))
    expect(() => g(tensor([1]))).toThrow(/async/)
  })

  test('captured values cannot be read either: they would be frozen', () => {
    const captured = tensor([1])
    const f = compile((x: Tensor) => {
      void captured.item()
      return x
    })
    expect(() => f(tensor([1]))).toThrow(/read inside/)
  })

  test('a tensor that leaks out of the recording explains itself', async () => {
    let leaked: Tensor | undefined
    compile((x: Tensor) => (leaked = x.add(1)).mul(2))(tensor([1]))
    await expect(leaked!.data()).rejects.toThrow(/recorded by a compiled function[\s\S]*watch/)
    expect(() => leaked!.add(1)).toThrow(/recorded by a compiled function/)
    expect(String(leaked)).toContain('recorded by compile')
  })

  test('after an error nothing was assigned, and the function can be called again', async () => {
    const w = buffer(tensor([1]))
    let fails = true
    const f = compile((x: Tensor) => {
      assignState(w, w.add(x))
      if (fails) throw new RangeError('no')
      return w
    })
    expect(() => f(tensor([1]))).toThrow(RangeError)
    expect(await w.item()).toBe(1)
    fails = false
    expect(await f(tensor([1])).item()).toBe(2)
  })
})

describe('state', () => {
  test('a training step changes its parameter in place', async () => {
    const w = parameter(tensor([0]))
    const step = compile(fitting(w))
    const { x, y } = line()
    const losses: number[] = []
    for (let i = 0; i < 30; i++) losses.push(await step(x, y, 0.1).item())
    expect(losses[0]).toBeCloseTo(56 / 3, 4)
    expect(losses.at(-1)).toBeLessThan(1e-6)
    expect(await w.item()).toBeCloseTo(2, 4)
    expect(step.programCount).toBe(1)
  })

  test('captured tensors are state, never constants', async () => {
    const scale = tensor([2])
    const f = compile((x: Tensor) => x.mul(scale))
    expect(await f(tensor([3])).item()).toBe(6)
    assignState(scale, tensor([10]))
    expect(await f(tensor([3])).item()).toBe(30)
    expect(await scale.item()).toBe(10)
  })

  test('a captured tensor that was not computed yet is computed once', async () => {
    const scale = tensor([2]).add(1)
    const f = compile((x: Tensor) => x.mul(scale))
    expect(await f(tensor([3])).item()).toBe(9)
    expect(await scale.mul(2).item()).toBe(6)
  })

  test('a captured tensor computed from parameters would lose its gradient: it throws', () => {
    const w = parameter(tensor([2]))
    const doubled = w.mul(2)
    expect(() => compile((x: Tensor) => x.mul(doubled))(tensor([1]))).toThrow(/no gradient could flow back/)
  })

  test('reads after an assignment see the new value, also in the same run', async () => {
    const count = buffer(tensor([0]))
    const f = compile(() => {
      const before = count.mul(1)
      assignState(count, count.add(1))
      assignState(count, count.add(10))
      return { before, after: count.mul(1) }
    })
    f()
    const { before, after } = f()
    expect([await before.item(), await after.item(), await count.item()]).toEqual([11, 22, 22])
  })

  test('lazy tensors keep the version that they read', async () => {
    const count = buffer(tensor([1]))
    const increase = compile(() => {
      assignState(count, count.add(1))
    })
    const seen = count.mul(100)
    increase()
    increase()
    expect(await seen.item()).toBe(100)
    expect(await count.item()).toBe(3)
  })

  test('buffers made inside start with their values and live on', async () => {
    let slot: Tensor | undefined
    const f = compile((x: Tensor) => {
      slot ??= buffer(zeros([2]))
      assignState(slot, slot.add(x))
      return slot
    })
    f(tensor([1, 2]))
    expect(await f(tensor([1, 2])).data()).toEqual(new Float32Array([2, 4]))
  })

  test('arguments and results cannot be assigned to', () => {
    expect(() => compile((x: Tensor) => assignState(x, x.add(1)))(tensor([1]))).toThrow(/no memory of its own/)
    expect(() => assignState(tensor([1]).add(1), tensor([1]))).toThrow(/no memory of its own/)
  })

  test('a parameter may be an argument', async () => {
    const f = compile((w: Tensor, x: Tensor) => {
      assignState(w, w.add(x))
      return w
    })
    const w = parameter(tensor([1]))
    f(w, tensor([1]))
    f(w, tensor([1]))
    expect(await w.item()).toBe(3)
    expect(f.programCount).toBe(1)
  })
})

describe('outputs', () => {
  test('survive later steps', async () => {
    const total = buffer(tensor([0, 0]))
    const f = compile((x: Tensor) => {
      assignState(total, total.add(x))
      return total
    })
    const outputs = [1, 2, 3].map((value) => f(tensor([value, -value])))
    const values = await Promise.all(outputs.map((output) => output.toArray()))
    expect(values).toEqual([
      [1, -1],
      [3, -3],
      [6, -6],
    ])
  })

  test('come in any nest of arrays and objects', async () => {
    const f = compile((x: Tensor) => ({ sums: [x.sum(), x.sum(0)], name: 'sums', parts: { first: x.at(0) }, n: 2 }))
    const { sums, name, parts, n } = f(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    )
    expect([await sums[0]!.item(), await sums[1]!.toArray(), name, await parts.first.toArray(), n]).toEqual([
      10,
      [4, 6],
      'sums',
      [1, 2],
      2,
    ])
  })

  test('may be an argument itself, or nothing', async () => {
    const same = compile((x: Tensor) => x)
    expect(await same(tensor([1, 2])).toArray()).toEqual([1, 2])
    expect(compile(() => undefined)()).toBeUndefined()
  })

  test('are refused where they are no tensors', () => {
    expect(() => compile(() => new Map())()).toThrow(/object of the class Map/)
    expect(() => compile((f: () => number) => f())(() => 1)).toThrow(/is a function/)
  })

  test('watched tensors are readable after each call', async () => {
    const f = compile((x: Tensor) => watch(x.mul(2), 'doubled').sum())
    f(tensor([1, 2]))
    expect(await f.watched.get('doubled')!.toArray()).toEqual([2, 4])
    f(tensor([5, 6]))
    expect(await f.watched.get('doubled')!.toArray()).toEqual([10, 12])
    expect(() => compile((x: Tensor) => watch(watch(x, 'a').add(1), 'a'))(tensor([1]))).toThrow(/under the name 'a'/)
    expect(await watch(tensor([1]), 'outside').item()).toBe(1)
  })
})

describe('gradients', () => {
  test('that were not kept explain themselves', () => {
    const w = parameter(tensor([0]))
    w.label = 'fc1.weight'
    const { x, y } = line()
    const step = compile(fitting(w))
    step(x, y, 0.1)
    expect(() => w.grad).toThrow(/fc1\.weight[\s\S]*keepGradients: true/)
    w.grad = undefined
    expect(w.grad).toBeUndefined()
    step(x, y, 0.1)
    expect(() => w.grad).toThrow(/keepGradients: true/)
    w.grad = undefined
    w.sum().backward()
    expect(w.grad!.shape).toEqual([1])
  })

  test('are kept with keepGradients, anew in each call', async () => {
    const w = parameter(tensor([1, 1]))
    const f = compile((x: Tensor) => x.mul(w).sum().backward(), { keepGradients: true })
    f(tensor([3, 4]))
    expect(await w.grad!.toArray()).toEqual([3, 4])
    f(tensor([5, 6]))
    expect(await w.grad!.toArray()).toEqual([5, 6])
    const loss = w.mul(2).sum()
    loss.backward()
    expect(await w.grad!.toArray()).toEqual([7, 8])
  })

  test('of inputs can be returned', async () => {
    const f = compile((x: Tensor) => {
      x.square().sum().backward()
      return x.grad!
    })
    expect(await f(tensor([1, 2], { requiresGrad: true })).toArray()).toEqual([2, 4])
  })

  test('backward twice in one run adds up', async () => {
    const w = parameter(tensor([1]))
    const f = compile((x: Tensor) => {
      x.mul(w).sum().backward()
      w.square().sum().backward()
      return w.grad!
    })
    expect(await f(tensor([5])).toArray()).toEqual([7])
  })

  test('a loss after an update differentiates at the new value', async () => {
    const w = parameter(tensor([3]))
    const f = compile(() => {
      assignState(w, w.mul(2))
      w.square().sum().backward()
      return w.grad!
    })
    expect(await f().item()).toBe(12)
  })

  test('accumulate adds up n calls and steps in the last', async () => {
    const w = parameter(tensor([1]))
    const f = compile(
      (x: Tensor) => {
        w.grad = undefined
        x.mul(w).sum().backward()
        const gradient = w.grad!.mul(1)
        if (!isGatheringGradients()) assignState(w, w.sub(w.grad!))
        return gradient
      },
      { accumulate: 3 },
    )
    const gradients: number[] = []
    const weights: number[] = []
    for (const value of [1, 2, 4, 10, 20, 40]) {
      gradients.push(await f(tensor([value])).item())
      weights.push(await w.item())
    }
    expect(gradients).toEqual([1, 3, 7, 10, 30, 70])
    expect(weights).toEqual([1, 1, -6, -6, -6, -76])
    expect(f.programCount).toBe(2)
  })

  test('wrong options are refused', () => {
    expect(() => compile(() => 1, { accumulate: 0 })).toThrow(/accumulate is 0/)
    expect(() => compile(() => 1, { keepGradient: true } as object)).toThrow(/no option .keepGradient./)
  })
})

describe('numbers that change from run to run', () => {
  test('hooks run before each call, the first included', async () => {
    const rate = hostScalar(1)
    const f = compile((x: Tensor) => {
      onBeforeRun(() => {
        rate.value /= 2
      })
      return x.mul(scalarTensor(rate))
    })
    const values = [f(tensor([8])), f(tensor([8])), f(tensor([8]))]
    expect(await Promise.all(values.map((value) => value.item()))).toEqual([4, 2, 1])
    expect(f.programCount).toBe(1)
  })

  test('random draws are new in each call and the same as outside', async () => {
    const f = compile(() => [rand([3]), randn([2]), rand([2], { stream: 'dropout', site: 'a' })] as const)
    const inside = [...f(), ...f()]
    manualSeed(0)
    const draw = (): Tensor[] => [rand([3]), randn([2]), rand([2], { stream: 'dropout', site: 'a' })]
    const outside = [...draw(), ...draw()]
    for (const [i, made] of inside.entries()) expect(await made.data()).toEqual(await outside[i]!.data())
    expect(await inside[0]!.data()).not.toEqual(await inside[3]!.data())
    expect(f.programCount).toBe(1)
  })

  test('a program follows manualSeed and restored counters', async () => {
    const f = compile(() => rand([4]))
    const first = await f().data()
    const state = randomState()
    const second = await f().data()
    setRandomState(state)
    expect(await f().data()).toEqual(second)
    manualSeed(0)
    expect(await f().data()).toEqual(first)
    manualSeed(7)
    expect(await f().data()).not.toEqual(first)
  })

  test('the backward pass sees the mask of the forward pass', async () => {
    const w = parameter(zeros([1000]).add(1))
    const f = compile(
      () => {
        const mask = rand([1000]).less(0.5)
        const y = where(mask, w, 0)
        y.sum().backward()
        return [y, w.grad!] as const
      },
      { keepGradients: true },
    )
    f()
    const [y, gradient] = f()
    expect(await y.data()).toEqual(await gradient.data())
  })
})
