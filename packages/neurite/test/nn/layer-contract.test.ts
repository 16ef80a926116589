/** The contract of every layer: shapes and types, PyTorch's numbers, gradients, a training step, state out and in. */
import { describe, expect, test } from 'vitest'
import {
  compile,
  evaluateNow,
  exportState,
  importState,
  init,
  manualSeed,
  type Module,
  noGrad,
  SGD,
  type Tensor,
  trace,
  type Trace,
} from '../../src/index.ts'
import { mismatch } from '../support/closeness.ts'
import { isClose } from '../support/gradient-check.ts'
import {
  asTensor,
  callLayer,
  describeLayerCase,
  type LayerCase,
  makeLayer,
  readLayerCases,
  weightedSum,
} from '../support/layer-cases.ts'
import { storedValues } from '../support/operation-fixtures.ts'

const cases = readLayerCases()
const byName = grouped(cases)

function grouped(items: readonly LayerCase[]): Map<string, LayerCase[]> {
  const groups = new Map<string, LayerCase[]>()
  for (const item of items) groups.set(item.layer, [...(groups.get(item.layer) ?? []), item])
  return groups
}

const inputsOf = (item: LayerCase, requiresGrad = true): Tensor[] =>
  item.inputs.map((input) => asTensor(input, requiresGrad))

/** The first difference from PyTorch's numbers: outputs, gradients, and buffers after the call. */
function difference(item: LayerCase, relative: number): string {
  const layer = makeLayer(item)
  const inputs = inputsOf(item)
  const outputs = callLayer(item, layer, inputs)
  expect(outputs.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    item.outputs.map(({ shape, dtype }) => ({ shape, dtype })),
  )
  const loss = weightedSum(outputs)
  if (loss.requiresGrad) loss.backward()
  const parameters = layer.namedParameters()
  const found = [
    ...outputs.map((output, i) => ['output', output, item.outputs[i]!.values] as const),
    ...inputs.map((input, i) => [`gradient of input ${i}`, input.grad, item.gradients.inputs[i]] as const),
    ...Object.entries(item.gradients.parameters).map(
      ([name, values]) => [`gradient of ${name}`, parameters.get(name)!.grad, values] as const,
    ),
    ...Object.entries(item.after).map(([name, { values }]) => [name, layer.namedBuffers().get(name), values] as const),
  ]
  for (const [name, actual, expected] of found) {
    if (expected === null || expected === undefined) continue
    if (actual === undefined) return `${name} is not there`
    const text = mismatch(name, actual.hostValues(), storedValues(expected), { relative, absolute: relative })
    if (text !== '') return text
  }
  return ''
}

/** What disagrees between the gradients and five-point differences, both in float64. */
async function gradientMismatches(item: LayerCase): Promise<string[]> {
  const layer = makeLayer(item)
  const inputs = inputsOf(item)
  const run = async (given: readonly Tensor[]): Promise<Trace> =>
    trace(() => weightedSum(callLayer(item, layer, given)))
  const pass = await run(inputs)
  const state = layer.stateDict()
  const places = [
    ...inputs.map((input, i) => ({ name: `input ${i}`, leaf: input, index: i })),
    ...[...layer.namedParameters()].map(([name, leaf]) => ({ name, leaf, index: -1 })),
  ]
  const found: string[] = []
  for (const { name, leaf, index } of places) {
    if (leaf.dtype !== 'float32') continue
    const gradient = pass.of(leaf)?.gradient
    const start = Float32Array.from(index < 0 ? state.get(name)!.hostValues() : leaf.hostValues())
    for (const element of sample(start.length)) {
      if (isPadding(item, name, element)) continue
      const at = async (steps: number): Promise<number> => {
        // Steps of 2^-10 from multiples of 1/64: exact in float32.
        const moved = start.slice()
        moved[element]! += steps / 1024
        const stored = { dtype: 'float32', shape: leaf.shape, data: moved } as const
        if (index < 0) layer.loadStateDict({ [name]: stored }, { strict: false })
        const given = index < 0 ? inputs : inputs.with(index, movedInput(item, index, moved))
        return (await run(given)).output.value[0]!
      }
      const numeric = ((8 * ((await at(1)) - (await at(-1))) - ((await at(2)) - (await at(-2)))) / 12) * 1024
      if (index < 0) layer.loadStateDict({ [name]: state.get(name)! }, { strict: false })
      const analytic = gradient?.[element] ?? 0
      if (isClose(analytic, numeric, { relative: 1e-5, absolute: 1e-6 })) continue
      found.push(`${name}[${element}]: ${analytic} instead of ${numeric}`)
    }
  }
  return found
}

/** The row for padding gets no gradient although the output depends on it. */
function isPadding({ layer, options, arguments: [, size] }: LayerCase, name: string, element: number): boolean {
  if (layer !== 'Embedding' || name !== 'weight' || options === null || !('paddingIdx' in options)) return false
  return Math.floor(element / (size as number)) === options.paddingIdx
}

function movedInput(item: LayerCase, index: number, values: Float32Array): Tensor {
  return asTensor({ ...item.inputs[index]!, values: [...values] }, true)
}

/** At most four places, the first and the last among them. */
function sample(length: number): number[] {
  if (length <= 4) return Array.from({ length }, (_, i) => i)
  return Array.from({ length: 4 }, (_, i) => Math.floor((i * (length - 1)) / 3))
}

const values = (tensors: readonly Tensor[]): number[][] => tensors.map((tensor) => [...tensor.hostValues()])

const outputsOf = (item: LayerCase, layer: Module): number[][] =>
  values(noGrad(() => callLayer(item, layer, inputsOf(item, false))))

describe.each([...byName])('%s', (_name, items) => {
  test.each(items.map((item) => [describeLayerCase(item), item] as const))('%s', async (_text, item) => {
    manualSeed(1)
    await init({ device: 'reference' })
    expect(difference(item, 1e-6)).toBe('')
    expect(await gradientMismatches(item)).toEqual([])

    await init({ device: 'wasm' })
    expect(difference(item, 1e-5)).toBe('')

    // A compiled training step computes the same loss and moves every parameter that has a gradient.
    const layer = makeLayer(item)
    const parameters = layer.namedParameters()
    const before = values([...parameters.values()])
    const inputs = inputsOf(item, false)
    const eager = parameters.size === 0 ? undefined : weightedSum(callLayer(item, makeLayer(item), inputs))
    if (eager !== undefined) {
      const optimizer = new SGD(layer, { learningRate: 0.125 })
      const step = compile((...given: Tensor[]) => {
        const loss = weightedSum(callLayer(item, layer, given))
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        return loss
      })
      const loss = step(...(inputs as Tensor<[]>[]))
      expect(mismatch('loss', loss.hostValues(), eager.hostValues(), { relative: 1e-5, absolute: 1e-5 })).toBe('')
      for (const [i, [name, parameter]] of [...parameters].entries()) {
        const slopes = item.gradients.parameters[name]
        const expected = before[i]!.map((value, k) => value - 0.125 * Number(slopes?.[k] ?? 0))
        expect(mismatch(name, parameter.hostValues(), expected, { relative: 2e-5, absolute: 2e-5 })).toBe('')
      }
    }

    // What goes through a file gives the same bits.
    const copy = makeLayer(item, false)
    await importState(await exportState(layer), copy)
    expect([...copy.stateDict().keys()]).toEqual(Object.keys(item.state))
    evaluateNow([])
    expect(outputsOf(item, copy)).toEqual(outputsOf(item, layer))
  })
})
