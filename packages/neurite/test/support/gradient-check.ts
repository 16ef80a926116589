import { evaluateGraph } from '../../src/backends/reference/index.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import type { Node, TensorType } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import { add, binding, mul, sum } from '../../src/ops/index.ts'
import type { OperationCase } from './operation-cases.ts'
import { caseValues, numbersFrom } from './operation-cases.ts'

/** A closed graph with its inputs as bindings 0, 1, ... and float64 values for them. */
export interface BoundCase {
  readonly inputs: readonly Node[]
  readonly values: readonly Float64Array[]
  readonly output: Node
}

/** The graph of a case, with values that `seed` decides. */
export function bindCase({ inputs, build }: OperationCase, seed = 1): BoundCase {
  const nodes = inputs.map(({ shape, dtype = 'float32' }, index) => binding({ index, type: { shape, dtype } }))
  return { inputs: nodes, values: inputs.map((input, i) => caseValues(input, seed + 17 * i)), output: build(nodes) }
}

/** The value of a node on the reference backend. */
export function evaluateAt(root: Node, values: readonly Float64Array[]): Float64Array {
  return evaluateGraph([root], { binding: (index) => values[index]! })[0]!
}

export interface GradientMismatch {
  readonly order: 1 | 2
  readonly input: number
  readonly element: number
  readonly analytic: number
  readonly numeric: number
}

export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

const TOLERANCE: Tolerance = { relative: 1e-5, absolute: 1e-7 }
const STEP = 1e-3

/** Says whether two numbers agree; NaN agrees with NaN only. */
export function isClose(actual: number, expected: number, { relative, absolute }: Tolerance = TOLERANCE): boolean {
  if (Object.is(actual, expected) || actual === expected) return true
  return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected)
}

/**
 * Compares the gradients of a case, and the gradients of its gradients, with five-point central differences in float64.
 * Returns what disagrees: an empty list is what tests want.
 */
export function gradientMismatches(item: OperationCase, seed = 1): GradientMismatch[] {
  const { inputs, values, output } = bindCase(item, seed)
  const all = [...values]
  const loss = weighted(output, all, seed)
  const wanted = inputs.filter(({ dtype }) => dtype === 'float32')
  const first = gradients(loss, wanted)
  const mismatches = compare(1, loss, inputs, wanted, first, all)
  const known = first.filter((gradient) => gradient !== undefined)
  if (known.length === 0) return mismatches
  const second = known.map((gradient, i) => weighted(gradient, all, seed + i + 1)).reduce((a, b) => add(a, b))
  return [...mismatches, ...compare(2, second, inputs, wanted, gradients(second, wanted), all)]
}

/** `sum(node * weights)` with fixed weights, so that no element's error can hide behind another's. */
function weighted(node: Node, values: Float64Array[], seed: number): Node {
  const type: TensorType = { shape: node.shape, dtype: 'float32' }
  const next = numbersFrom(seed + 1000)
  const index = values.push(Float64Array.from({ length: elementCount(node.shape) }, () => 0.5 + next())) - 1
  return sum(mul(node, binding({ index, type })))
}

function compare(
  order: 1 | 2,
  loss: Node,
  inputs: readonly Node[],
  wanted: readonly Node[],
  found: readonly (Node | undefined)[],
  values: readonly Float64Array[],
): GradientMismatch[] {
  return wanted.flatMap((node, i) => {
    const input = inputs.indexOf(node)
    const gradient = found[i]
    const analytic = gradient === undefined ? undefined : evaluateAt(gradient, values)
    return Array.from({ length: elementCount(node.shape) }, (_, element) => ({
      order,
      input,
      element,
      analytic: analytic?.[element] ?? 0,
      numeric: difference(loss, values, input, element),
    })).filter((entry) => !isClose(entry.analytic, entry.numeric))
  })
}

function difference(loss: Node, values: readonly Float64Array[], input: number, element: number): number {
  const at = (shift: number): number => {
    const moved = values[input]!.slice()
    moved[element]! += shift
    return evaluateAt(loss, values.with(input, moved))[0]!
  }
  return (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP)
}
