import type { DType, Node, Shape } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'

/** One input of a case: random numbers from a range, or the given values. */
export interface InputCase {
  readonly shape: Shape
  /** Default float32. */
  readonly dtype?: DType
  /** Default -2 to 2; whole numbers where the dtype is an integer. */
  readonly range?: readonly [number, number]
  /** Points that the values keep a distance from, since the function has a kink or a jump there. */
  readonly avoid?: readonly number[]
  readonly values?: readonly number[]
}

export interface OperationCase {
  /** Tells the case from the operation's others; default: the shapes of the inputs. */
  readonly name?: string
  readonly inputs: readonly InputCase[]
  readonly attributes?: unknown
  readonly build: (inputs: readonly Node[]) => Node
  /** Whether gradients of the float32 inputs can be compared with differences; default true. */
  readonly differentiable?: boolean
}

export type OperationCases = Readonly<Record<string, readonly OperationCase[]>>

/** The name under which a test reports a case. */
export function caseName({ name, inputs }: OperationCase): string {
  return name ?? inputs.map(({ shape, dtype = 'float32' }) => `${dtype}[${shape.join(',')}]`).join(' ')
}

/** Numbers from 0 to 1 that a seed decides (a 32-bit linear congruential generator is enough here). */
export function numbersFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 16777216
  }
}

const DISTANCE = 0.05

/** The values of an input, exact in float32; the same for the same seed. */
export function caseValues(input: InputCase, seed: number): Float64Array {
  const { shape, dtype = 'float32', avoid = [], values } = input
  if (values !== undefined) return Float64Array.from(values)
  const [low, high] = input.range ?? (dtype === 'bool' ? [0, 1] : [-2, 2])
  const next = numbersFrom(seed)
  return Float64Array.from({ length: elementCount(shape) }, () => {
    for (;;) {
      const x = low + (high - low) * next()
      if (dtype !== 'float32') return Math.round(x)
      if (avoid.every((point) => Math.abs(x - point) > DISTANCE)) return Math.fround(x)
    }
  })
}

const SHAPES: readonly Shape[] = [[2, 3], [1], [], [0, 3], [37]]
const WHOLE = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]

type Extra = Omit<InputCase, 'shape'>

/** One-input cases: every shape of the list, plus int32 where `integer`. */
function unary(build: (x: Node) => Node, extra: Extra = {}, integer = false): OperationCase[] {
  const cases = SHAPES.map((shape): OperationCase => ({ inputs: [{ shape, ...extra }], build: ([x]) => build(x!) }))
  if (integer) {
    const range = [-40, 40] as const
    cases.push({ inputs: [{ shape: [9], dtype: 'int32', range }], build: ([x]) => build(x!), differentiable: false })
  }
  return cases
}

interface BinaryOptions {
  readonly a?: Extra
  readonly b?: Extra
  readonly integer?: boolean
  readonly differentiable?: boolean
}

/** Two-input cases: equal and broadcast shapes, scalars, empty ones, plus int32 where `integer`. */
function binary(build: (a: Node, b: Node) => Node, options: BinaryOptions = {}): OperationCase[] {
  const { a = {}, b = {}, integer = false, differentiable = true } = options
  const pairs: [Shape, Shape][] = [
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 1, 3],
      [4, 1],
    ],
    [[], [5]],
    [[1], []],
    [
      [0, 3],
      [1, 3],
    ],
    [[33], [33]],
  ]
  const of = ([p, q]: readonly Node[]): Node => build(p!, q!)
  const cases = pairs.map(([p, q]): OperationCase => ({
    inputs: [
      { shape: p, ...a },
      { shape: q, ...b },
    ],
    build: of,
    differentiable,
  }))
  if (integer) {
    const range = [-30, 30] as const
    cases.push({
      inputs: [
        { shape: [4, 3], dtype: 'int32', range },
        { shape: [3], dtype: 'int32', range },
      ],
      build: of,
      differentiable: false,
    })
  }
  return cases
}

const comparison = (build: (a: Node, b: Node) => Node): OperationCase[] => {
  const values = [-1, 0, 1, 2, -2, 0.5, 1]
  const both = (dtype: DType, numbers: readonly number[]): InputCase[] => [
    { shape: [numbers.length], dtype, values: numbers },
    { shape: [numbers.length], dtype, values: numbers.toReversed() },
  ]
  return [
    ...binary(build, { integer: true, differentiable: false }),
    { name: 'ties', inputs: both('float32', values), build: ([a, b]) => build(a!, b!), differentiable: false },
  ]
}

const logical = (build: (a: Node, b: Node) => Node): OperationCase[] =>
  binary(build, { a: { dtype: 'bool' }, b: { dtype: 'bool' }, differentiable: false })

type Reduction = (x: Node, options?: { axes?: number | readonly number[]; keepDim?: boolean }) => Node

/** Reductions over all axes, one, several and kept ones, of one element and of an empty tensor where that has a value. */
function reduction(build: Reduction, options: { integer?: boolean; empty?: boolean; extra?: Extra } = {}) {
  const { integer = false, empty = true, extra = {} } = options
  const cases: OperationCase[] = [
    { name: 'all', inputs: [{ shape: [2, 3, 4], ...extra }], build: ([x]) => build(x!) },
    { name: 'axis 1', inputs: [{ shape: [2, 3, 4], ...extra }], build: ([x]) => build(x!, { axes: 1 }) },
    { name: 'axes 0 and -1', inputs: [{ shape: [2, 3, 4], ...extra }], build: ([x]) => build(x!, { axes: [0, -1] }) },
    { name: 'kept', inputs: [{ shape: [3, 5], ...extra }], build: ([x]) => build(x!, { axes: [1], keepDim: true }) },
    { name: 'long', inputs: [{ shape: [37], ...extra }], build: ([x]) => build(x!) },
    { name: 'size 1', inputs: [{ shape: [3, 1], ...extra }], build: ([x]) => build(x!, { axes: 1 }) },
    { name: 'scalar', inputs: [{ shape: [], ...extra }], build: ([x]) => build(x!) },
    { name: 'no rows', inputs: [{ shape: [0, 3], ...extra }], build: ([x]) => build(x!, { axes: 1 }) },
  ]
  if (empty) cases.push({ name: 'empty', inputs: [{ shape: [2, 0] }], build: ([x]) => build(x!, { axes: 1 }) })
  if (integer) {
    const inputs: InputCase[] = [{ shape: [3, 4], dtype: 'int32', range: [-9, 9] }]
    cases.push({ name: 'int32', inputs, build: ([x]) => build(x!, { axes: 0 }), differentiable: false })
  }
  return cases
}

const positions = (build: typeof ops.argmax): OperationCase[] =>
  [
    { name: 'flat', inputs: [{ shape: [3, 4] }], build: ([x]: readonly Node[]) => build(x!) },
    { name: 'axis 0', inputs: [{ shape: [3, 4] }], build: ([x]: readonly Node[]) => build(x!, { axis: 0 }) },
    {
      name: 'ties, kept',
      inputs: [{ shape: [2, 4], values: [1, 3, 3, 1, 0, -1, -1, 0] }],
      build: ([x]: readonly Node[]) => build(x!, { axis: -1, keepDim: true }),
    },
    {
      name: 'NaN',
      inputs: [{ shape: [2, 3], values: [1, NaN, NaN, 3, 2, Infinity] }],
      build: ([x]: readonly Node[]) => build(x!, { axis: 1 }),
    },
    {
      name: 'int32',
      inputs: [{ shape: [5], dtype: 'int32' as const, range: [-9, 9] as const }],
      build: ([x]: readonly Node[]) => build(x!),
    },
  ].map((item) => ({ ...item, differentiable: false }))

function rows(build: (x: Node, axis: number) => Node): OperationCase[] {
  const at =
    (axis: number) =>
    ([x]: readonly Node[]): Node =>
      build(x!, axis)
  return [
    { name: 'last axis', inputs: [{ shape: [3, 5] }], build: at(-1) },
    { name: 'first axis', inputs: [{ shape: [4, 2, 3] }], build: at(0) },
    { name: 'size 1', inputs: [{ shape: [3, 1] }], build: at(1) },
    { name: 'scalar', inputs: [{ shape: [] }], build: at(0) },
    { name: 'no rows', inputs: [{ shape: [0, 3] }], build: at(1) },
    { name: 'empty rows', inputs: [{ shape: [2, 0] }], build: at(1) },
    { name: 'long', inputs: [{ shape: [37], range: [-30, 30] }], build: at(0) },
  ]
}

const positive: Extra = { range: [0.2, 3] }
const nonZero: Extra = { avoid: [0], range: [-2, 2] }
const atWhole: Extra = { avoid: WHOLE }

const casts: OperationCase[] = (['float32', 'int32', 'uint8', 'bool'] as const).flatMap((from) =>
  (['float32', 'int32', 'uint8', 'bool'] as const)
    .filter((to) => to !== from)
    .map((to): OperationCase => ({
      name: `${from} to ${to}`,
      inputs: [{ shape: [3, 5], dtype: from, range: from === 'bool' ? [0, 1] : [from === 'uint8' ? 0 : -40, 90] }],
      attributes: { dtype: to },
      build: ([x]) => ops.cast(x!, to),
      differentiable: false,
    })),
)

/** Cases of the elementwise operations and the reductions, by operation name. */
export const operationCases: OperationCases = {
  add: binary(ops.add, { integer: true }),
  sub: binary(ops.sub, { integer: true }),
  mul: binary(ops.mul, { integer: true }),
  div: binary(ops.div, { b: nonZero }),
  maximum: binary(ops.maximum, { a: { range: [-2, 0] }, b: { range: [-0.9, 2] }, integer: true }),
  minimum: binary(ops.minimum, { a: { range: [-2, 0] }, b: { range: [-0.9, 2] }, integer: true }),
  pow: binary(ops.pow, { a: positive }),
  neg: unary(ops.neg, {}, true),
  abs: unary(ops.abs, nonZero, true),
  sign: unary(ops.sign, nonZero, true),
  floor: unary(ops.floor, atWhole),
  ceil: unary(ops.ceil, atWhole),
  round: unary(ops.round, atWhole),
  trunc: unary(ops.trunc, atWhole),
  sqrt: unary(ops.sqrt, positive),
  rsqrt: unary(ops.rsqrt, positive),
  exp: unary(ops.exp),
  expm1: unary(ops.expm1),
  log: unary(ops.log, positive),
  log1p: unary(ops.log1p, { range: [-0.7, 3] }),
  sin: unary(ops.sin, { range: [-7, 7] }),
  cos: unary(ops.cos, { range: [-7, 7] }),
  tanh: unary(ops.tanh),
  sigmoid: unary(ops.sigmoid, { range: [-6, 6] }),
  erf: unary(ops.erf),
  square: unary(ops.square, {}, true),
  reciprocal: unary(ops.reciprocal, { range: [-2, -0.3] }),
  softplus: unary(ops.softplus, { range: [-8, 8] }),
  relu: unary(ops.relu, nonZero, true),
  leakyRelu: unary((x) => ops.leakyRelu(x, { negativeSlope: 0.2 }), nonZero),
  elu: unary((x) => ops.elu(x, { alpha: 0.7 }), nonZero),
  gelu: [
    ...unary((x) => ops.gelu(x)),
    ...unary((x) => ops.gelu(x, { approximate: 'tanh' })).map((item) => ({
      ...item,
      name: `tanh ${caseName(item)}`,
    })),
  ],
  silu: unary(ops.silu, { range: [-8, 8] }),
  step: unary((x) => ops.step(x, { threshold: 0.5 }), { avoid: [0.5] }),
  clamp: [
    ...unary((x) => ops.clamp(x, { min: -1, max: 1 }), { avoid: [-1, 1] }, true),
    { name: 'min only', inputs: [{ shape: [6], avoid: [0.3] }], build: ([x]) => ops.clamp(x!, { min: 0.3 }) },
    { name: 'max only', inputs: [{ shape: [6], avoid: [0.3] }], build: ([x]) => ops.clamp(x!, { max: 0.3 }) },
  ],
  isNaN: unary(ops.isNaN).map((item) => ({ ...item, differentiable: false })),
  detach: unary(ops.detach).map((item) => ({ ...item, differentiable: false })),
  equal: comparison(ops.equal),
  notEqual: comparison(ops.notEqual),
  less: comparison(ops.less),
  lessEqual: comparison(ops.lessEqual),
  greater: comparison(ops.greater),
  greaterEqual: comparison(ops.greaterEqual),
  logicalAnd: logical(ops.logicalAnd),
  logicalOr: logical(ops.logicalOr),
  logicalNot: [
    { inputs: [{ shape: [7], dtype: 'bool' }], build: ([x]) => ops.logicalNot(x!), differentiable: false },
    { inputs: [{ shape: [0], dtype: 'bool' }], build: ([x]) => ops.logicalNot(x!), differentiable: false },
  ],
  where: [
    {
      inputs: [{ shape: [2, 3], dtype: 'bool' }, { shape: [2, 3] }, { shape: [2, 3] }],
      build: ([condition, a, b]) => ops.where(condition!, a!, b!),
    },
    {
      inputs: [{ shape: [2, 1], dtype: 'bool' }, { shape: [3] }, { shape: [] }],
      build: ([condition, a, b]) => ops.where(condition!, a!, b!),
    },
    {
      inputs: [
        { shape: [5], dtype: 'bool' },
        { shape: [5], dtype: 'int32' },
        { shape: [], dtype: 'int32' },
      ],
      build: ([condition, a, b]) => ops.where(condition!, a!, b!),
      differentiable: false,
    },
  ],
  cast: casts,
  sum: reduction(ops.sum, { integer: true }),
  prod: [
    ...reduction(ops.prod, { integer: true, extra: { range: [-1.5, 1.5] } }),
    {
      name: 'zeros',
      inputs: [{ shape: [4, 5], values: [0, 2, 3, 1, -1, 0, 1, 0, 4, 2, 1, 2, 3, 4, 5, 0, 0, 0, 1, 2] }],
      build: ([x]) => ops.prod(x!, { axes: 1 }),
    },
  ],
  max: reduction(ops.max, { integer: true, empty: false }),
  min: reduction(ops.min, { integer: true, empty: false }),
  mean: reduction(ops.mean),
  variance: [
    ...reduction((x, options) => ops.variance(x, { ...options, correction: 0 })),
    { name: 'unbiased', inputs: [{ shape: [3, 5] }], build: ([x]) => ops.variance(x!, { axes: 1 }) },
  ],
  argmax: positions(ops.argmax),
  argmin: positions(ops.argmin),
  logSumExp: reduction(ops.logSumExp),
  softmax: rows(ops.softmax),
  logSoftmax: rows(ops.logSoftmax),
}
