/** Products that write where their readers want them, against the reference, which knows no places. */
import { expect, test } from 'vitest'
import { compile, init, manualSeed, MultiheadAttention, randn, tensor, type Tensor } from '../../src/index.ts'
import { rearranged } from '../../src/compiler/arrangement.ts'
import { contiguousView, permuteView, reshapeView, type View } from '../../src/compiler/view.ts'
import { RandomStream } from '../../src/math/random.ts'

const addresses = ({ shape, strides, offset }: View): number[] =>
  shape.reduce(
    (found, size, axis) =>
      found.flatMap((address) => Array.from({ length: size }, (_, i) => address + i * strides[axis]!)),
    [offset],
  )

test('1,000 random rearrangements put every element where it is read', () => {
  const stream = new RandomStream(7, 'places')
  const shapes = [[4, 2, 6], [2, 3, 8], [48], [6, 8], [2, 2, 3, 4], [1, 48]]
  const pick = (): number[] => shapes[stream.integer(shapes.length)]!
  const shuffled = (shape: readonly number[]): View =>
    permuteView(contiguousView(shape), [...stream.permutation(shape.length)])
  let found = 0
  for (let round = 0; round < 1_000; round++) {
    const [written, read] = [shuffled(pick()), shuffled(pick())]
    const place = { ...contiguousView(read.shape), offset: 5 }
    const moved = rearranged(written, read, place)
    if (!moved) continue
    found++
    const old = addresses(written)
    const wanted = new Map(addresses(read).map((address, i) => [address, addresses(place)[i]!]))
    expect(addresses(moved)).toEqual(old.map((address) => wanted.get(address)))
  }
  expect(found).toBeGreaterThan(400)
})

test('views that leave elements out are not rearranged', () => {
  const whole = contiguousView([4, 6])
  const half = { ...contiguousView([4, 3]), strides: [6, 1] }
  expect(rearranged(whole, half, contiguousView([4, 3]))).toBeUndefined()
  expect(rearranged(half, contiguousView([12]), contiguousView([12]))).toBeUndefined()
  expect(reshapeView(whole, [24])).toBeDefined()
})

type Step = (a: Tensor, b: Tensor) => Tensor[]

const together = (x: Tensor): Tensor => x.transpose(1, 2).reshape([2, 5, 12])

/** a [2, 3, 5, 7], b [2, 3, 7, 4] */
const steps: Record<string, Step> = {
  'put together': (a, b) => [together(a.matmul(b)).tanh()],
  'put together, read twice': (a, b) => {
    const heads = together(a.matmul(b))
    return [heads.tanh(), heads.matmul(heads.transpose(1, 2))]
  },
  'put together, and read as it was': (a, b) => {
    const product = a.matmul(b)
    return [product.tanh(), together(product).tanh()]
  },
  'put together, and itself a result': (a, b) => {
    const product = a.matmul(b)
    return [product, together(product).tanh()]
  },
  'put together in two ways': (a, b) => {
    const product = a.matmul(b)
    return [together(product).tanh(), product.permute([1, 0, 2, 3]).reshape([3, 40]).tanh()]
  },
  'the permuted one read otherwise as well': (a, b) => {
    const moved = a.matmul(b).transpose(1, 2)
    return [moved.tanh(), moved.reshape([2, 5, 12]).tanh()]
  },
  'turned and permuted': (a, b) => [a.matmul(b).permute([0, 3, 1, 2]).reshape([2, 4, 15]).tanh()],
  'turned and put beside another': (a, b) => {
    const left = a.matmul(b).permute([0, 3, 1, 2]).reshape([8, 15])
    return [left.pad({ before: [0, 1], after: [1, 2] }).tanh()]
  },
  'a part of it': (a, b) => [a.matmul(b).transpose(1, 2).at([0, 1]).reshape([5, 12]).tanh()],
}

test.each(Object.keys(steps))('%s', async (name) => {
  manualSeed(3)
  const [a, b] = [randn([2, 3, 5, 7]), randn([2, 3, 7, 4])]
  const [x, y] = await Promise.all([a.toArray(), b.toArray()])
  const results = []
  for (const device of ['reference', 'wasm'] as const) {
    await init({ device })
    const found = compile(steps[name]!)(tensor(x as number[]), tensor(y as number[]))
    results.push(await Promise.all(found.map(async (result) => [...(await result.data())])))
  }
  const [wanted, got] = results as [number[][], number[][]]
  for (const [i, numbers] of wanted.entries()) {
    expect(got[i]).toHaveLength(numbers.length)
    for (const [j, value] of numbers.entries()) expect(got[i]![j]).toBeCloseTo(value, 4)
  }
})

test('attention of a sequence to itself has one product for queries, keys and values, and copies nothing', async () => {
  await init({ device: 'wasm' })
  const layer = new MultiheadAttention(16, 4, { batchFirst: true })
  const step = compile((x: Tensor) => {
    const [seen] = layer.forward(x, x, x, { isCausal: true, needWeights: false })
    const loss = seen.square().sum()
    loss.backward()
    return [loss, ...layer.parameters().map((parameter) => parameter.grad!)]
  })
  await step(randn([2, 8, 16]))[0]!.item()
  const kernels = step.describe().split('\n')
  const forward = kernels.slice(0, kernels.findIndex((line) => line.includes('out_proj')) + 1)
  expect(forward.filter((line) => line.includes('contract'))).toHaveLength(4)
  expect(kernels.filter((line) => /loop|map/.test(line) && /permute|place/.test(line))).toEqual([])
})
