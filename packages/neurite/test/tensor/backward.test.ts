import { describe, expect, test } from 'vitest'
import {
  assignState,
  DTypeError,
  enableGrad,
  grad,
  noGrad,
  parameter,
  ShapeError,
  tensor,
  where,
} from '../../src/index.ts'

describe('backward', () => {
  test('adds to what is there, as in PyTorch', async () => {
    const w = tensor([1, 2], { requiresGrad: true })
    w.sum().backward()
    w.square().sum().backward()
    expect(await w.grad!.toArray()).toEqual([3, 5])
    w.grad = undefined
    w.sum().backward()
    expect(await w.grad!.toArray()).toEqual([1, 1])
  })

  test('a gradient may be given for several elements', async () => {
    const w = tensor([1, 2], { requiresGrad: true })
    const y = w.mul(3)
    expect(() => y.backward()).toThrow(ShapeError)
    y.backward({ gradient: tensor([1, 10]) })
    expect(await w.grad!.toArray()).toEqual([3, 30])
  })

  test('gradients reach only what asks for them', async () => {
    const w = tensor([2], { requiresGrad: true })
    const x = tensor([3])
    const loss = w.mul(x).sum()
    loss.backward()
    expect(x.grad).toBeUndefined()
    expect(await w.grad!.item()).toBe(3)
    expect(() => x.sum().backward()).toThrow(/does not require a gradient/)
  })

  test('a second call needs retainGraph', async () => {
    const w = tensor([2], { requiresGrad: true })
    const once = w.square().sum()
    once.backward()
    expect(() => once.backward()).toThrow(/second time/)
    w.grad = undefined
    const twice = w.square().sum()
    twice.backward({ retainGraph: true })
    twice.backward()
    expect(await w.grad!.item()).toBe(8)
  })

  test('a value that was read still leads to its parameters', async () => {
    const w = tensor([2], { requiresGrad: true })
    const y = w.square()
    expect(await y.item()).toBe(4)
    y.mul(3).sum().backward()
    expect(await w.grad!.item()).toBe(12)
  })

  test('second derivatives, by backward and by grad', async () => {
    const x = tensor([2, 3], { requiresGrad: true })
    x.pow(3).sum().backward({ createGraph: true })
    const first = x.grad!
    expect(await first.toArray()).toEqual([12, 27])
    x.grad = undefined
    first.sum().backward()
    expect(await x.grad!.toArray()).toEqual([12, 18])
    const [slope] = grad(x.pow(4).sum(), [x], { createGraph: true })
    const [curvature] = grad(slope!.sum(), [x], { createGraph: true })
    const [third] = grad(curvature!.sum(), [x])
    expect([await slope!.toArray(), await curvature!.toArray(), await third!.toArray()]).toEqual([
      [32, 108],
      [48, 108],
      [48, 72],
    ])
  })

  test('grad leaves grad alone, gives undefined for what does not count, and reaches computed tensors', async () => {
    const [x, other] = [tensor([2], { requiresGrad: true }), tensor([1], { requiresGrad: true })]
    const y = x.square()
    const [dx, dother, dy] = grad(y.mul(5).sum(), [x, other, y])
    expect([await dx!.item(), dother, await dy!.item()]).toEqual([20, undefined, 5])
    expect(x.grad).toBeUndefined()
  })

  test('detach and noGrad stop gradients', async () => {
    const w = tensor([2], { requiresGrad: true })
    const stopped = noGrad(() => w.square())
    expect(stopped.requiresGrad).toBe(false)
    w.mul(stopped).add(w.detach()).sum().backward()
    expect(await w.grad!.item()).toBe(4)
    expect(noGrad(() => enableGrad(() => w.mul(1))).requiresGrad).toBe(true)
    expect(() => noGrad(async () => Promise.resolve(1))).toThrow(/async function/)
    expect(w.mul(1).requiresGrad).toBe(true)
  })

  test('a computed tensor that asks for a gradient becomes a leaf', async () => {
    const made = tensor([1, 2]).mul(2)
    made.requiresGrad = true
    made.square().sum().backward()
    expect(await made.grad!.toArray()).toEqual([4, 8])
  })

  test('flags and gradients are checked', () => {
    const w = tensor([1, 2], { requiresGrad: true })
    expect(() => {
      w.mul(2).requiresGrad = false
    }).toThrow(/detach/)
    expect(() => {
      tensor([1], { dtype: 'int32' }).requiresGrad = true
    }).toThrow(DTypeError)
    expect(() => {
      w.grad = tensor([1])
    }).toThrow(ShapeError)
  })

  test('through where', async () => {
    const a = tensor([1, 2], { requiresGrad: true })
    const b = tensor([3, 4], { requiresGrad: true })
    where(tensor([true, false]), a, b.mul(2))
      .sum()
      .backward()
    expect([await a.grad!.toArray(), await b.grad!.toArray()]).toEqual([
      [1, 0],
      [0, 2],
    ])
  })
})

describe('a training loop without compile', () => {
  test('learns, and its losses keep the values of their own step', async () => {
    const w = parameter(tensor([0]))
    const x = tensor([1, 2, 3])
    const losses = []
    for (let i = 0; i < 20; i++) {
      const loss = x.mul(w).sub(x.mul(2)).square().mean()
      w.grad = undefined
      loss.backward()
      noGrad(() => assignState(w, w.sub(w.grad!.mul(0.05))))
      losses.push(loss)
    }
    expect(await w.item()).toBeCloseTo(2, 4)
    expect(await losses[0]!.item()).toBeCloseTo(56 / 3, 4)
    expect(await losses[1]!.item()).toBeLessThan(await losses[0]!.item())
    expect(losses[3]!.recorded).toBeUndefined()
  })
})
