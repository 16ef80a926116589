import { expect, test } from 'vitest'
import { convertNumber, exactFunction } from '../../src/graph/exact-functions.ts'
import type { DType, MapOperation, TensorType } from '../../src/graph/node.ts'
import { castOperation } from '../../src/ops/cast.ts'
import { operations } from '../../src/ops/index.ts'

const FLOATS = [0, -0, 0.5, -0.5, 1, -1.5, 2.5, 3.5, -2.5, 3e9, -3e9, 1e-40, Infinity, -Infinity, NaN]
const INTEGERS = [0, 1, -1, 2, 7, -8, 46341, 65536, 2147483647, -2147483648]
const TRUTHS = [0, 1]

const NUMBERS: Record<DType, readonly number[]> = {
  float32: FLOATS,
  int32: INTEGERS,
  uint8: [0, 1, 200, 255],
  bool: TRUTHS,
}

/** Every combination of the values of the inputs, one combination after the other. */
function combinations(inputs: readonly DType[]): number[][] {
  return inputs.reduce<number[][]>(
    (rows, dtype) => rows.flatMap((row) => NUMBERS[dtype].map((value) => [...row, value])),
    [[]],
  )
}

const type = (dtype: DType, count: number): TensorType => ({ dtype, shape: [count] })

/** What the definition in `ops/` says, lane by lane. */
function defined(
  operation: MapOperation<unknown>,
  inputs: readonly DType[],
  rows: number[][],
  attributes: unknown,
): number[] {
  const types = inputs.map((dtype) => type(dtype, rows.length))
  const output = operation.infer(types, attributes)
  const columns = inputs.map((_, column) => Float64Array.from(rows, (row) => row[column]!))
  return [...operation.evaluate(columns, { inputs: types, output, attributes })]
}

/** Operations by name, with the dtypes of their inputs. */
const CASES: readonly (readonly [string, readonly DType[]])[] = [
  ...[
    'add',
    'sub',
    'mul',
    'maximum',
    'minimum',
    'equal',
    'notEqual',
    'less',
    'lessEqual',
    'greater',
    'greaterEqual',
  ].flatMap((name) => [[name, ['float32', 'float32']] as const, [name, ['int32', 'int32']] as const]),
  ['div', ['float32', 'float32']],
  ...['neg', 'abs', 'sign'].flatMap((name) => [[name, ['float32']] as const, [name, ['int32']] as const]),
  ...['sqrt', 'floor', 'ceil', 'round', 'trunc'].map((name) => [name, ['float32']] as const),
  ['where', ['bool', 'float32', 'float32']],
  ['where', ['bool', 'int32', 'int32']],
  ['logicalAnd', ['bool', 'bool']],
  ['logicalOr', ['bool', 'bool']],
  ['logicalNot', ['bool']],
]

test.each(CASES)('%s of constants is folded to what its definition gives (%s)', (name, inputs) => {
  const operation = operations.find((each) => each.name === name) as MapOperation<unknown>
  const rows = combinations(inputs)
  const compute = exactFunction(
    operation.scalar,
    operation.infer(
      inputs.map((dtype) => type(dtype, 1)),
      {},
    ).dtype,
  )!
  expect(rows.map(([a, b, c]) => compute(a!, b!, c!))).toEqual(defined(operation, inputs, rows, {}))
})

const DTYPES = ['float32', 'int32', 'uint8', 'bool'] as const

test.each(DTYPES.flatMap((from) => DTYPES.map((to) => [from, to] as const)))(
  'a %s constant becomes %s as by cast',
  (from, to) => {
    const rows = combinations([from])
    const cast = castOperation as unknown as MapOperation<unknown>
    expect(rows.map(([x]) => convertNumber(x!, to))).toEqual(defined(cast, [from], rows, { dtype: to }))
  },
)
