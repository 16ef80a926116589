import { describe, expect, test } from 'vitest'
import { ReferenceBackend, evaluateAllNodes, evaluateGraph } from '../../src/backends/reference/index.ts'
import type { GraphProgram } from '../../src/compiler/program.ts'
import { ArgumentError, ShapeError, StateError } from '../../src/errors.ts'
import type { DType, Shape, TensorType } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'

const type = (shape: Shape, dtype: DType = 'float32'): TensorType => ({ shape, dtype })

describe('evaluateGraph', () => {
  test('takes the values of sources from their attributes and from the environment', () => {
    const scalar = { value: 2.5 }
    const roots = [
      ops.iota(3),
      ops.constant(0.1),
      ops.scalar(scalar),
      ops.scalar(scalar, 'int32'),
      ops.data({ data: Uint8Array.of(0, 7), shape: [2], dtype: 'bool' }),
      ops.state({ id: 4, shape: [1], dtype: 'float32' }),
      ops.input({ index: 1, shape: [1], dtype: 'float32' }),
      ops.binding({ index: 2, type: type([1]) }),
    ]
    const values = evaluateGraph(roots, {
      state: ({ id }) => Float64Array.of(id),
      input: (index) => Float64Array.of(index * 10),
      binding: (index) => Float64Array.of(index * 100),
    })
    expect(values.map((value) => [...value])).toEqual([[0, 1, 2], [0.1], [2.5], [2], [0, 1], [4], [10], [200]])
  })

  test('throws for a source without a value', () => {
    expect(() => evaluateGraph([ops.input({ index: 0, shape: [], dtype: 'float32' })])).toThrow(StateError)
  })

  test('evaluateAllNodes keeps the value of every node', () => {
    const x = ops.constant(3)
    const squared = ops.square(x)
    const values = evaluateAllNodes([ops.neg(squared)])
    expect([...values.entries()].map(([node, value]) => [node.operation.name, value[0]])).toEqual([
      ['constant', 3],
      ['square', 9],
      ['neg', -9],
    ])
    expect(values.get(x)![0]).toBe(3)
  })
})

describe('programs', () => {
  const bindings: GraphProgram['bindings'] = [
    { kind: 'state', type: type([2]) },
    { kind: 'data', type: type([2]) },
    { kind: 'scalar', type: type([]) },
  ]
  const [weight, input, rate] = bindings.map((binding, index) => ops.binding({ index, type: binding.type }))
  const next = ops.sub(weight!, ops.mul(input!, rate!))
  const program: GraphProgram = {
    bindings,
    outputs: [weight!, ops.greater(next, 0), ops.cast(next, 'int32')],
    assignments: [{ binding: 0, value: next }],
  }

  test('return values of the declared dtypes and write states at their end', () => {
    const backend = new ReferenceBackend()
    const state = backend.createState(type([2]), Float32Array.of(1, 2))
    const executable = backend.compile(program)
    const outputs = executable.run([state, Float32Array.of(10, -10), 0.25])
    expect(outputs).toEqual([Float32Array.of(1, 2), Uint8Array.of(0, 1), Int32Array.of(-1, 4)])
    expect(state.read()).toEqual(Float32Array.of(-1.5, 4.5))
    expect(executable.describe()).toContain('sub')
  })

  test('keep states in float64: nothing is rounded between runs', () => {
    const backend = new ReferenceBackend()
    const state = backend.createState(type([2]), Float32Array.of(1, 1))
    const executable = backend.compile(program)
    for (let i = 0; i < 10; i++) executable.run([state, Float32Array.of(1, 1), 1e-9])
    expect(state.values[0]).toBeCloseTo(1 - 1e-8, 15)
    expect(state.read()[0]).toBe(1)
  })

  test('assignments read the values from before the run: two states can be swapped', () => {
    const backend = new ReferenceBackend()
    const [p, q] = [1, 2].map((value) => backend.createState(type([1]), Float32Array.of(value)))
    const [a, b] = [0, 1].map((index) => ops.binding({ index, type: type([1]) }))
    const states = [0, 1].map(() => ({ kind: 'state' as const, type: type([1]) }))
    const assignments = [
      { binding: 0, value: b! },
      { binding: 1, value: a! },
    ]
    const outputs = backend.compile({ bindings: states, outputs: [a!], assignments }).run([p!, q!])
    expect([p!.read()[0], q!.read()[0], outputs[0]![0]]).toEqual([2, 1, 1])
  })

  test('what is returned is a copy', () => {
    const backend = new ReferenceBackend()
    const state = backend.createState(type([2]), Float32Array.of(1, 2))
    state.read()[0] = 9
    expect(state.read()[0]).toBe(1)
  })

  test('wrong bindings are errors', () => {
    const backend = new ReferenceBackend()
    const state = backend.createState(type([2]))
    const executable = backend.compile(program)
    const data = Float32Array.of(1, 2)
    expect(() => executable.run([state, data])).toThrow(ArgumentError)
    expect(() => executable.run([state, Float32Array.of(1), 1])).toThrow(ShapeError)
    expect(() => executable.run([data, data, 1])).toThrow(StateError)
    expect(() => state.write(Float32Array.of(1, 2, 3))).toThrow(ShapeError)
    state.free()
    expect(() => state.read()).toThrow(StateError)
    expect(() => executable.run([state, data, 1])).toThrow(/freed/)
  })
})
