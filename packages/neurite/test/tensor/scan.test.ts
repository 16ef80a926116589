/** Loops over tensors: eager and compiled, gradients to what the body captures, errors. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  compile,
  init,
  manualSeed,
  noGrad,
  parameter,
  rand,
  scan,
  tensor,
  type Tensor,
  trace,
  zeros,
} from '../../src/index.ts'

beforeAll(async () => {
  await init({ device: 'wasm' })
  manualSeed(1)
})

const decay = (x: Tensor, factor: Tensor): Tensor =>
  scan(([s], [now]) => ({ carries: [s!.mul(factor).add(now!)] }), { carries: [tensor(0)], sequences: [x] }).carries[0]!

describe('scan of tensors', () => {
  test('gradients reach sequences and what the body captures', async () => {
    const x = tensor([1, 2, 3], { requiresGrad: true })
    const factor = parameter(tensor([0.5]))
    const total = decay(x, factor.reshape([]))
    expect(await total.item()).toBe(4.25)
    total.backward()
    expect([...(await x.grad!.data())]).toEqual([0.25, 0.5, 1])
    // 3 + 2 f + f^2: the derivative is 2 + 2 f.
    expect([...(await factor.grad!.data())]).toEqual([3])
  })

  test('compiled, the program does not depend on the values', async () => {
    const factor = parameter(tensor([0.5]))
    const f = compile((x: Tensor) => decay(x, factor.reshape([])))
    expect(await f(tensor([1, 2, 3])).item()).toBe(4.25)
    expect(await f(tensor([4, 0, 0])).item()).toBe(1)
    expect(f.programCount).toBe(1)
  })

  test('inside noGrad nothing is followed', () => {
    const factor = parameter(tensor([0.5]))
    expect(noGrad(() => decay(tensor([1, 2]), factor.reshape([]))).requiresGrad).toBe(false)
  })

  test('captured tensors may be long chains that nobody has read', async () => {
    let chain: Tensor = tensor(1)
    for (let i = 0; i < 254; i++) chain = chain.mul(1)
    const { outputs } = scan((_, [x]) => ({ carries: [], outputs: [x!.mul(chain).add(1).mul(2).sub(1)] }), {
      carries: [],
      sequences: [tensor([1, 2])],
    })
    expect([...(await outputs[0]!.data())]).toEqual([3, 5])
  })

  test('a loop of its own length, and one of run-time length', async () => {
    const { carries } = scan(([s]) => ({ carries: [s!.mul(2)] }), { carries: [tensor(1)], steps: 10 })
    expect(await carries[0]!.item()).toBe(1024)
    const some = compile(
      (x: Tensor, n: Tensor) =>
        scan(([s], [now]) => ({ carries: [s!.add(now!)] }), { carries: [tensor(0)], sequences: [x], length: n })
          .stacks[0]!,
    )
    for (const [n, wanted] of [
      [2, [1, 3, 3, 3]],
      [4, [1, 3, 6, 10]],
      [0, [0, 0, 0, 0]],
    ] as const) {
      expect([...(await some(tensor([1, 2, 3, 4]), tensor(n, { dtype: 'int32' })).data())]).toEqual(wanted)
    }
    expect(some.programCount).toBe(1)
  })

  test('a trace can be sent in a message, body and all', async () => {
    const pass = await trace(() => decay(tensor([1, 2]), tensor(0.5)))
    const entry = pass.entries.find(({ operation }) => operation === 'scan')!
    expect(JSON.stringify(structuredClone(entry.attributes))).toContain('mul %')
  })

  test('errors teach', () => {
    const x = rand([3, 2])
    const start = zeros([2])
    const run = (body: Parameters<typeof scan>[0]) => () => scan(body, { carries: [start], sequences: [x] })
    expect(run(([s]) => ({ carries: [s!.sum()] }))).toThrow('carry 0 starts with shape [2] and becomes []')
    expect(run(([s]) => ({ carries: [s!.to('int32')] }))).toThrow('carry 0 starts as float32 and becomes int32')
    expect(run(() => ({ carries: [] }))).toThrow('the body gives 0 carries')
    expect(run((() => ({})) as never)).toThrow('the body gives no list of carries')
    expect(run(([s]) => ({ carries: [s!.mul(s!.hostValues()[0]!)] }))).toThrow('read inside the body of a scan')
    expect(() => scan(([s]) => ({ carries: [s!] }), { carries: [start] })).toThrow('the number of steps is undefined')
    expect(() => scan(([s]) => ({ carries: [s!] }), { carries: [start], sequences: [x, rand([4])] })).toThrow(
      '3, 4 steps',
    )
    expect(() => scan(([s]) => ({ carries: [s!] }), { carries: [start], steps: 2, length: tensor(1.5) })).toThrow(
      'length is float32',
    )
  })
})
