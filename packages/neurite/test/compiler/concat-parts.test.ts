import { beforeEach, describe, expect, test } from 'vitest'
import { compile, concat, type Device, init, stack, tensor, type Tensor } from '../../src/index.ts'

// A part of a concatenation has a loop of its own size: whoever reads the buffer from its start with a loop of the same size
// must not be given the part's own numbers.
describe.each<Device>(['wasm', 'reference'])(
  'a concatenation read with the size of one of its parts (%s)',
  (device) => {
    beforeEach(async () => {
      await init({ device })
    })

    test('by a slice across two parts', async () => {
      const f = compile((x: Tensor) => x.pad({ before: [1], after: [2], value: 0.5 }).at([0, 2]))
      expect(await f(tensor([-1, 2, 3, -2])).toArray()).toEqual([0.5, -1])
    })

    test('by a slice of rows', async () => {
      const f = compile((x: Tensor) =>
        concat([x, x.mul(10)])
          .at([0, 2])
          .add(1),
      )
      expect(
        await f(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ).toArray(),
      ).toEqual([
        [2, 3],
        [4, 5],
      ])
    })

    test('by a sum of the first part', async () => {
      const f = compile((x: Tensor) =>
        concat([x, x.mul(10), x.mul(20)])
          .at([0, 3])
          .sum(),
      )
      expect(await f(tensor([1, 2, 3])).item()).toBe(6)
    })

    test('by the gradient of a product', async () => {
      const x = tensor([0.5], { requiresGrad: true })
      stack([x, x.mul(-3)])
        .prod()
        .backward()
      expect(await x.grad!.toArray()).toEqual([-3])
    })
  },
)
