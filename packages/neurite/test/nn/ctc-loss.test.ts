import { beforeAll, expect, test } from 'vitest'
import { compile, ctcLoss, init, manualSeed, randn, tensor, type Tensor } from '../../src/index.ts'

beforeAll(() => init({ threads: 1 }))

const labels = tensor([[1, 2, 2, 3]], { dtype: 'int32' })

/** Loss and gradient as one program. */
const program = (steps: number) =>
  compile((x: Tensor) => {
    const logs = x.logSoftmax(2)
    const loss = ctcLoss(logs, labels, [steps], [4])
    loss.backward()
    return [loss, x.grad!]
  })

const codeBytes = (text: string): number => Number(/(\d+) bytes of code/.exec(text)![1])

test('more steps are no more code, and their gradients are finite', async () => {
  const bytes = []
  for (const steps of [8, 400]) {
    manualSeed(1)
    const outputs = randn([steps, 1, 5])
    outputs.requiresGrad = true
    const step = program(steps)
    const [loss, gradient] = step(outputs) as [Tensor, Tensor]
    expect(await loss.item()).toBeGreaterThan(0)
    const values = [...(await gradient.data())]
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values.some((value) => value !== 0)).toBe(true)
    bytes.push(codeBytes(step.describe()))
  }
  // Constants of a greater number of steps take a few more bytes.
  expect(bytes[1]! - bytes[0]!).toBeLessThan(200)
})

test('one step reads one label', async () => {
  const loss = ctcLoss(tensor([[[0.25, 0.75]]]).log(), tensor([[1]], { dtype: 'int32' }), [1], [1])
  expect(await loss.item()).toBeCloseTo(-Math.log(0.75), 5)
})

test('steps behind the longest input change nothing', async () => {
  manualSeed(2)
  const outputs = randn([9, 1, 5])
  const short = ctcLoss(outputs.slice(0, 0, 6).logSoftmax(2), labels, [6], [4])
  const long = ctcLoss(outputs.logSoftmax(2), labels, [6], [4])
  expect(await long.item()).toBe(await short.item())
})
