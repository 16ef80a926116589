/**
 * A sample inside a random fused neighbourhood: its inputs come out of an elementwise chain and its output runs through
 * another. The chains in front give back exactly the sample's numbers, and the chain behind has a known derivative, so what
 * is expected follows from what the sample expects.
 */
import type { Node } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { fixtureWeights } from '../support/operation-fixtures.ts'
import { numbersFrom } from '../support/operation-cases.ts'
import type { Sample, SampleInput } from './samples.ts'

type Random = () => number

const GRID = 32
const LARGEST_EXACT = 4096
const LARGEST_CURVED = 50

/** Inputs that chains can reproduce without rounding: multiples of 1/32. */
export function roundToGrid(values: Float64Array): Float64Array {
  return values.map((value) => Math.round(value * GRID) / GRID)
}

/** Whether a sample has such inputs, of moderate size, and a result that can be followed through chains. */
export function canSurround({ inputs, outputs, gradients }: Sample): boolean {
  const exact = inputs.every(({ values }) =>
    values.every((value) => Number.isInteger(value * GRID) && Math.abs(value) <= LARGEST_EXACT),
  )
  const finite = [outputs[0]!, ...(gradients ?? [])].every((values) => values === null || values.every(Number.isFinite))
  return exact && finite && outputs[0]!.length > 0
}

export interface Surrounded {
  readonly sample: Sample
  /** The gradient to start from, with which the sample's own output receives exactly its weights. */
  readonly seed: Float64Array
}

export function surround(sample: Sample, seed: number): Surrounded {
  const random = numbersFrom(seed)
  const before = sample.inputs.map((input) => chooseBefore(input, random))
  const links = chooseAfter(sample.outputs[0]!, random)
  let values = sample.outputs[0]!
  const slopes = new Float64Array(values.length).fill(1)
  for (const { compute, slope } of links) {
    for (const [i, value] of values.entries()) slopes[i]! *= slope(value)
    values = values.map(compute)
  }
  const weights = fixtureWeights(values.length)
  return {
    seed: weights.map((weight, i) => weight / slopes[i]!),
    sample: {
      name: `${sample.name} between ${before.map(({ name }) => name).join(', ')} and ${links.map(({ name }) => name).join(', ')}`,
      inputs: before.map(({ input }) => input),
      build(nodes) {
        const [first] = sample.build(nodes.map((node, i) => before[i]!.build(node)))
        return [links.reduce((x, { build }) => build(x), ops.cast(first!, 'float32'))]
      },
      outputs: [values],
      gradients: sample.gradients?.map((gradient, i) => gradient?.map((value) => value * before[i]!.factor) ?? null),
    },
  }
}

interface Before {
  readonly name: string
  readonly input: SampleInput
  readonly build: (x: Node) => Node
  readonly factor: number
}

function pick<T>(choices: readonly T[], random: Random): T {
  return choices[Math.floor(random() * choices.length)]!
}

/** x is made from another binding: x = factor * y + shift and the like, all exact in float32. */
function chooseBefore({ type, values }: SampleInput, random: Random): Before {
  const { shape, dtype } = type
  const from = (name: string, factor: number, build: (y: Node) => Node, inverse: (x: number) => number): Before => ({
    name,
    input: { type, values: values.map(inverse) },
    build,
    factor,
  })
  if (dtype === 'bool') return from('logicalNot', 1, ops.logicalNot, (x) => 1 - x)
  if (dtype === 'uint8') {
    const wide = { type: { shape, dtype: 'int32' as const }, values }
    return { name: 'cast', input: wide, build: (y) => ops.cast(y, 'uint8'), factor: 1 }
  }
  if (dtype === 'int32') {
    const shift = Math.floor(random() * 9) - 4
    return from(
      `add ${shift}`,
      1,
      (y) => ops.neg(ops.sub(-shift, y)),
      (x) => x - shift,
    )
  }
  const shift = Math.floor(random() * 65 - 32) / GRID
  const factor = pick([0.25, 0.5, 2, 4, -2, -0.5], random)
  return pick(
    [
      from(
        'mul, add',
        factor,
        (y) => ops.add(ops.mul(y, factor), shift),
        (x) => (x - shift) / factor,
      ),
      from(
        'sub, neg',
        -1,
        (y) => ops.neg(ops.sub(y, shift)),
        (x) => shift - x,
      ),
      from(
        'div, sub',
        1 / factor,
        (y) => ops.sub(ops.div(y, factor), shift),
        (x) => (x + shift) * factor,
      ),
      // A factor of its own for each element, taken back by another.
      from(
        'mul by a tensor, div by it, add',
        1,
        (y) => {
          const count = elementCount(shape)
          const tensor = ops.where(ops.less(ops.reshape(ops.iota(count), shape), count >> 1), 2, 0.5)
          return ops.add(ops.div(ops.mul(y, tensor), tensor), shift)
        },
        (x) => x - shift,
      ),
      from(
        'where',
        1,
        (y) => ops.where(ops.less(y, shift), ops.add(y, 0), ops.mul(y, 1)),
        (x) => x,
      ),
    ],
    random,
  )
}

interface Link {
  readonly name: string
  readonly build: (x: Node) => Node
  readonly compute: (x: number) => number
  /** Never 0. */
  readonly slope: (x: number) => number
}

const scale = (factor: number): Link => ({
  name: `mul ${factor}`,
  build: (x) => ops.mul(x, factor),
  compute: (x) => x * factor,
  slope: () => factor,
})
const LINEAR: readonly Link[] = [
  scale(0.75),
  scale(-1.5),
  { name: 'add 1.25', build: (x) => ops.add(x, 1.25), compute: (x) => x + 1.25, slope: () => 1 },
  { name: '2 - x', build: (x) => ops.sub(2, x), compute: (x) => 2 - x, slope: () => -1 },
]
const CURVED: readonly Link[] = [
  {
    name: 'x + sin(x) / 4',
    build: (x) => ops.add(x, ops.mul(ops.sin(x), 0.25)),
    compute: (x) => x + Math.sin(x) / 4,
    slope: (x) => 1 + Math.cos(x) / 4,
  },
  {
    name: 'x + tanh(x) / 2',
    build: (x) => ops.add(x, ops.mul(ops.tanh(x), 0.5)),
    compute: (x) => x + Math.tanh(x) / 2,
    slope: (x) => 1 + (1 - Math.tanh(x) ** 2) / 2,
  },
  {
    name: 'x + softplus(x)',
    build: (x) => ops.add(x, ops.softplus(x)),
    compute: (x) => x + Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    slope: (x) => 1 + 1 / (1 + Math.exp(-x)),
  },
  {
    name: 'x + relu(x + 100)',
    build: (x) => ops.add(x, ops.relu(ops.add(x, 100))),
    compute: (x) => x + Math.max(x + 100, 0),
    slope: (x) => (x > -100 ? 2 : 1),
  },
]

function chooseAfter(values: Float64Array, random: Random): Link[] {
  const isModerate = values.every((value) => Math.abs(value) <= LARGEST_CURVED)
  const first = isModerate ? pick(CURVED, random) : pick(LINEAR, random)
  const links = [pick(LINEAR, random), first, pick(LINEAR, random)]
  return random() < 0.5 ? links : links.slice(1)
}
