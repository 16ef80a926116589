/** Runs a sample as a program of a backend and says what differs from what was expected. */
import type { Backend } from '../../src/compiler/program.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import type { HostArray, Node } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import { binding } from '../../src/ops/index.ts'
import { mismatch } from '../support/closeness.ts'
import { fixtureWeights, toArray } from '../support/operation-fixtures.ts'
import { bindingsOf, type Sample, type SampleInput } from './samples.ts'

/** Relative and absolute error allowed; the absolute one grows with the inputs, since sums may cancel. */
const FORWARD = { relative: 1e-6, absolute: 2e-7 }
const BACKWARD = { relative: 2e-6, absolute: 1e-6 }
const LARGEST_SCALE = 1000

export function execute(backend: Backend, inputs: readonly SampleInput[], outputs: readonly Node[]): HostArray[] {
  const bindings = inputs.map(({ type }) => ({ kind: 'data' as const, type }))
  const program = backend.compile({ bindings, outputs, assignments: [] })
  try {
    return program.run(inputs.map(({ type, values }) => toArray(values, type.dtype)))
  } finally {
    program.free()
  }
}

/** The outputs of a sample; '' when they are as expected. */
export function checkForward(backend: Backend, sample: Sample): string {
  const outputs = sample.build(bindingsOf(sample.inputs))
  const results = execute(backend, sample.inputs, outputs)
  const differences = sample.outputs.map((expected, i) =>
    compare(`${sample.name}: output ${i}`, results[i]!, expected, FORWARD, scaleOf(sample)),
  )
  return differences.find((text) => text !== '') ?? ''
}

/** The gradients of a sample's first output, computed in one program with the output; '' when they are as expected. */
export function checkGradient(backend: Backend, sample: Sample, seedValues?: Float64Array): string {
  const inputs = bindingsOf(sample.inputs)
  const output = sample.build(inputs)[0]!
  const type = { shape: output.shape, dtype: 'float32' as const }
  const seed = binding({ index: inputs.length, type })
  const found = gradients(output, inputs, { seed })
  const nodes = found.filter((node) => node !== undefined)
  const weights = seedValues ?? fixtureWeights(elementCount(output.shape))
  const [, ...results] = execute(backend, [...sample.inputs, { type, values: weights }], [output, ...nodes])
  for (const [i, expected] of sample.gradients!.entries()) {
    const node = found[i]
    const result = node === undefined ? undefined : results[nodes.indexOf(node)]!
    if (expected === null && result !== undefined && inputs[i]!.dtype !== 'float32') {
      return `${sample.name}: input ${i} is ${inputs[i]!.dtype} and has a gradient`
    }
    if (inputs[i]!.dtype !== 'float32') continue
    // No gradient means that nothing flows: zeros.
    const size = elementCount(inputs[i]!.shape)
    const actual = result ?? new Float32Array(size)
    const text = compare(
      `${sample.name}: gradient of input ${i}`,
      actual,
      expected ?? new Float64Array(size),
      BACKWARD,
      scaleOf(sample),
    )
    if (text !== '') return text
  }
  return ''
}

function compare(
  what: string,
  actual: HostArray,
  expected: Float64Array,
  { relative, absolute }: typeof FORWARD,
  scale: number,
): string {
  if (!(actual instanceof Float32Array)) return mismatch(what, actual, expected, { relative: 0, absolute: 0 })
  return mismatch(what, actual, Float32Array.from(expected), { relative, absolute: absolute * scale })
}

function scaleOf({ inputs }: Sample): number {
  let scale = 1
  for (const { values } of inputs) {
    for (const value of values) if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value))
  }
  return Math.min(scale, LARGEST_SCALE)
}
