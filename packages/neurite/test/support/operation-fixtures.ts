/** What PyTorch computes for the operations, read from test/fixtures (scripts/fixtures says how it was made). */
import { readFileSync } from 'node:fs'
import type { DType, HostArray, Node } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import type { ConvolutionAttributes } from '../../src/ops/support/convolution-rules.ts'
import { repositoryRoot } from './shared.ts'

/** NaN and the infinities are stored by their names. */
export type StoredNumber = number | string

export interface StoredTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly values: readonly StoredNumber[]
}

export interface OperationFixture {
  readonly operation: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly inputs: readonly StoredTensor[]
  readonly outputs: readonly StoredTensor[]
  /** Per input the gradient of sum(outputs[0] * fixtureWeights), or null; absent where none is compared. */
  readonly gradients?: readonly (readonly StoredNumber[] | null)[]
}

export function readFixture<T>(path: string): T {
  return JSON.parse(readFileSync(`${repositoryRoot}/packages/neurite/test/fixtures/${path}`, 'utf8')) as T
}

export const fixtureGroups = [
  'elementwise',
  'reductions',
  'movement',
  'products',
  'indexing',
  'normalisation',
  'convolution',
] as const

export function readOperationFixtures(): OperationFixture[] {
  return fixtureGroups.flatMap((name) => readFixture<OperationFixture[]>(`operations/${name}.json`))
}

export function storedValues(values: readonly StoredNumber[]): Float64Array {
  return Float64Array.from(values, Number)
}

/** The same factors as in scripts/fixtures: different neighbours, some of them 0 or negative. */
export function fixtureWeights(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (((7 * i + 3) % 11) - 5) / 4)
}

export function toArray(values: Float64Array, dtype: DType): HostArray {
  if (dtype === 'float32') return Float32Array.from(values)
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values)
}

export function dataNode({ dtype, shape, values }: StoredTensor): Node {
  return ops.data({ data: toArray(storedValues(values), dtype), shape, dtype })
}

export function describeFixture({ operation, attributes, inputs }: OperationFixture): string {
  const shapes = inputs.map(({ dtype, shape }) => `${dtype}[${shape.join(',')}]`).join(', ')
  return `${operation}(${shapes}) ${JSON.stringify(attributes)}`
}

/** Attributes as the script writes them; each builder below knows which of them it gets. */
interface Attributes {
  readonly axis: number
  readonly axis0: number
  readonly axis1: number
  readonly axes: readonly number[]
  readonly shape: readonly number[]
  readonly order: readonly number[]
  readonly start: number & readonly number[]
  readonly end: number
  readonly size: number & readonly number[]
  readonly step: number & readonly number[]
  readonly startAxis: number
  readonly endAxis: number
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly value: StoredNumber
  readonly diagonal: number
  readonly transposed?: readonly boolean[]
  readonly classes: number
  readonly k: number
  readonly dtype: DType
  readonly exponent: number
  readonly rows: number
  readonly depth: number
  readonly kernelSize: number | readonly number[]
  readonly outputSize: number | readonly number[]
  readonly eps: number
  readonly centred: boolean
}

type Build = (inputs: readonly Node[], attributes: Attributes) => Node | readonly Node[]
type Unary = (x: Node, options: object) => Node
type Binary = (a: Node, b: Node) => Node

const unary =
  (build: Unary): Build =>
  ([x], attributes) =>
    build(x!, attributes)
const binary =
  (build: Binary): Build =>
  ([a, b]) =>
    build(a!, b!)
const both = ({ values, indices }: { values: Node; indices: Node }): Node[] => [values, indices]

const UNARY =
  'neg abs sign floor ceil round trunc sqrt rsqrt exp expm1 log log1p sin cos tanh sigmoid erf softplus relu ' +
  'leakyRelu elu gelu silu square reciprocal clamp step isNaN logicalNot ' +
  'sum mean max min prod variance logSumExp argmax argmin argsort'
const BINARY =
  'add sub mul div maximum minimum pow equal notEqual less lessEqual greater greaterEqual logicalAnd logicalOr embedding'

const named = ops as unknown as Readonly<Record<string, Unary & Binary>>

const builders: Readonly<Record<string, Build>> = {
  ...Object.fromEntries(UNARY.split(' ').map((name) => [name, unary(named[name]!)])),
  ...Object.fromEntries(BINARY.split(' ').map((name) => [name, binary(named[name]!)])),
  pow: ([a, b], { exponent }) => ops.pow(a!, b ?? exponent),
  where: ([c, a, b]) => ops.where(c!, a!, b!),
  cast: ([x], { dtype }) => ops.cast(x!, dtype),
  standardise: ([x], attributes) => ops.standardise(x!, attributes),
  softmax: ([x], { axis }) => ops.softmax(x!, axis),
  logSoftmax: ([x], { axis }) => ops.logSoftmax(x!, axis),
  reshape: ([x], { shape }) => ops.reshape(x!, shape),
  permute: ([x], { order }) => ops.permute(x!, order),
  transpose: ([x], { axis0, axis1 }) => ops.transpose(x!, axis0, axis1),
  expand: ([x], { shape }) => ops.expand(x!, shape),
  squeeze: ([x], { axis }) => ops.squeeze(x!, axis),
  unsqueeze: ([x], { axis }) => ops.unsqueeze(x!, axis),
  flatten: ([x], { startAxis, endAxis }) => ops.flatten(x!, startAxis, endAxis),
  slice: ([x], { start, size, step }) => ops.slice(x!, { start, size, step }),
  split: ([x], { size, axis }) => ops.split(x!, size, axis),
  flip: ([x], { axes }) => ops.flip(x!, axes),
  pad: ([x], { before, after, value }) => ops.pad(x!, { before, after, value: Number(value) }),
  concat: (inputs, { axis }) => ops.concat(inputs, axis),
  stack: (inputs, { axis }) => ops.stack(inputs, axis),
  tril: ([x], { diagonal }) => ops.tril(x!, diagonal),
  triu: ([x], { diagonal }) => ops.triu(x!, diagonal),
  maskedFill: ([x, mask], { value }) => ops.maskedFill(x!, mask!, Number(value)),
  arange: (_, { start, end, step }) => ops.arange(start, end, step),
  windows: ([x], attributes) => ops.windows(x!, attributes),
  overlapAdd: ([x], attributes) => ops.overlapAdd(x!, attributes as unknown as Parameters<typeof ops.overlapAdd>[1]),
  place: (parts, attributes) => ops.place(parts, attributes as unknown as Parameters<typeof ops.place>[1]),
  contiguous: ([x]) => ops.contiguous(x!),
  contraction: ([a, b], { rows, depth }) => ops.contraction(a!, b!, { rows, depth }),
  convolution: ([x, w], attributes) => ops.convolution(x!, w!, attributes as unknown as ops.ConvolutionOptions),
  transposedConvolution: ([y, w], attributes) =>
    ops.transposedConvolution(y!, w!, attributes as unknown as ops.TransposedConvolutionOptions),
  convolutionWeightGradient: ([x, y], attributes) =>
    ops.convolutionWeightGradient(x!, y!, attributes as unknown as ConvolutionAttributes),
  maxPool: ([x], { kernelSize, ...options }) => ops.maxPool(x!, kernelSize, options as unknown as ops.MaxPoolOptions),
  avgPool: ([x], { kernelSize, ...options }) => ops.avgPool(x!, kernelSize, options as unknown as ops.AvgPoolOptions),
  adaptiveAvgPool: ([x], { outputSize }) => ops.adaptiveAvgPool(x!, outputSize),
  upsample: ([x], attributes) => ops.upsample(x!, attributes),
  matmul([a, b], { transposed: [first = false, second = false] = [] }) {
    return ops.matmul(first ? ops.transpose(a!, 0, 1) : a!, second ? ops.transpose(b!, 0, 1) : b!)
  },
  gather: ([x, index], { axis }) => ops.gather(x!, axis, index!),
  scatterAdd: ([base, index, source], { axis }) => ops.scatterAdd(base!, axis, index!, source!),
  indexSelect: ([x, indices], { axis }) => ops.indexSelect(x!, axis, indices!),
  oneHot: ([indices], { classes }) => ops.oneHot(indices!, classes),
  sort: ([x], attributes) => both(ops.sort(x!, attributes)),
  topk: ([x], { k, ...options }) => both(ops.topk(x!, k, options)),
  cumsum: ([x], { axis }) => ops.cumsum(x!, axis),
}

/** The operation of a fixture applied to other inputs than the stored ones. */
export function buildFixture(fixture: OperationFixture, inputs: readonly Node[]): readonly Node[] {
  const build = builders[fixture.operation]
  if (build === undefined) throw new Error(`no builder for the fixture operation '${fixture.operation}'`)
  const result = build(inputs, fixture.attributes as unknown as Attributes)
  return Array.isArray(result) ? result : [result as Node]
}
