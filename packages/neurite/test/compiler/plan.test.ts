/** Order, fusion and memory of whole programs. */
import { describe, expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import { compileProgram } from '../../src/compiler/compile.ts'
import { bytesOf } from '../../src/compiler/memory-plan.ts'
import type { GraphProgram } from '../../src/compiler/program.ts'
import { MemoryError } from '../../src/errors.ts'
import type { Node, Shape } from '../../src/graph/node.ts'
import { RandomStream } from '../../src/math/random.ts'
import * as ops from '../../src/ops/index.ts'

const wasm = new WasmBackend({ threads: 1 })
const reference = new ReferenceBackend()
const options = { limitBytes: 2 ** 30 }

function inputs(shapes: readonly Shape[], kind: 'data' | 'state' = 'data'): { nodes: Node[]; program: GraphProgram } {
  const types = shapes.map((shape) => ({ shape, dtype: 'float32' }) as const)
  const nodes = types.map((type, index) => ops.binding({ index, type }))
  return { nodes, program: { bindings: types.map((type) => ({ kind, type })), outputs: [], assignments: [] } }
}

function randomProgram(stream: RandomStream): GraphProgram {
  const { nodes, program } = inputs([
    [12, 12],
    [12, 12],
    [12, 12],
  ])
  const pool = [...nodes]
  const pick = (): Node => pool[stream.integer(pool.length)]!
  for (let i = 0; i < 20; i++) {
    const made = [
      () => ops.add(pick(), pick()),
      () => ops.mul(pick(), pick()),
      () => ops.tanh(pick()),
      () => ops.matmul(pick(), pick()),
      () => ops.softmax(pick(), 1),
      () => ops.transpose(pick(), 0, 1),
      () => ops.sub(pick(), ops.mean(pick(), { axes: 0 })),
      () => ops.cumsum(pick(), 1),
    ][stream.integer(8)]!
    pool.push(ops.tanh(made()))
  }
  return { ...program, outputs: [pool.at(-1)!, pick(), ops.sum(pick())] }
}

test('buffers that live at the same time never share bytes, in 60 random programs, unless one takes over the place of the other', () => {
  const stream = new RandomStream(9, 'programs')
  let shared = 0
  let handedOn = 0
  for (let round = 0; round < 60; round++) {
    const plan = compileProgram(randomProgram(stream), options)
    const lives = new Map<number, { start: number; end: number; first: number; last: number }>()
    const touch = (id: number, bytes: number, time: number, first = time): void => {
      const start = plan.memory.offsets.get(id)!
      const life = lives.get(id) ?? { start, end: start + bytes, first, last: time }
      lives.set(id, { ...life, last: Math.max(life.last, time) })
    }
    for (const [time, kernel] of plan.kernels.entries()) {
      for (const buffer of [...kernel.reads, ...kernel.writes]) {
        touch(buffer.id, bytesOf(buffer), time, buffer.origin.kind === 'host' ? -1 : time)
      }
    }
    for (const buffer of plan.outputs) touch(buffer.id, bytesOf(buffer), plan.kernels.length)
    const all = [...lives.values()]
    for (const [i, a] of all.entries()) {
      expect(a.end).toBeLessThanOrEqual(plan.memory.bytes)
      for (const b of all.slice(i + 1)) {
        if (a.start >= b.end || b.start >= a.end) continue
        shared++
        const [before, after] = a.first < b.first || (a.first === b.first && a.last < b.last) ? [a, b] : [b, a]
        if (before.last < after.first) continue
        expect(before).toMatchObject({ last: after.first, start: after.start, end: after.end })
        expect(plan.kernels[after.first]!.kind).toBe('loop')
        handedOn++
      }
    }
  }
  expect(shared).toBeGreaterThan(100)
  expect(handedOn).toBeGreaterThan(20)
})

describe('a result is written over what its kernel is the last to read', () => {
  /** Whether the first output lies where the product does that it is made from. */
  function takesOver(make: (product: Node, other: Node) => Node[]): boolean {
    const { nodes, program } = inputs([
      [8, 8],
      [8, 8],
    ])
    const product = ops.matmul(nodes[0]!, nodes[1]!)
    const plan = compileProgram({ ...program, outputs: make(product, ops.matmul(nodes[1]!, nodes[1]!)) }, options)
    const { target } = plan.kernels.flatMap((kernel) => (kernel.kind === 'contract' ? [kernel.statement] : []))[0]!
    return plan.memory.offsets.get(plan.outputs[0]!.id) === plan.memory.offsets.get(target.buffer.id)
  }

  test.each<[string, boolean, (product: Node, other: Node) => Node[]]>([
    ['element by element', true, (product) => [ops.relu(product)]],
    ['row by row', true, (product) => [ops.softmax(product, 1)]],
    ['with another value of the same place', true, (product, other) => [ops.add(product, ops.tanh(other))]],
    ['not where it is read in another order', false, (p) => [ops.add(p, ops.transpose(p, 0, 1))]],
    ['not where it is read later', false, (product) => [ops.relu(product), ops.matmul(product, product)]],
    ['not where it is a result itself', false, (product) => [ops.relu(product), product]],
    ['not by a smaller result', false, (product) => [ops.sum(product, { axes: 1 })]],
  ])('%s', (_, expected, make) => {
    expect(takesOver(make)).toBe(expected)
  })
})

test('a program over the limit names its three largest buffers', () => {
  const { nodes, program } = inputs([[1000, 1000]])
  const large = ops.matmul(ops.tanh(nodes[0]!), nodes[0]!)
  const run = (): unknown => compileProgram({ ...program, outputs: [large] }, { limitBytes: 2 ** 20 })
  expect(run).toThrow(MemoryError)
  expect(run).toThrow(
    /its largest buffers are ([^;]+ \[1000, 1000\] 3\.8 MiB(; )?){3}\n {2}expected: at most 1\.0 MiB\n/,
  )
})

describe('states', () => {
  const start = [new Float32Array([1, 2, 3, 4]), new Float32Array([5, 6, 7, 8])]
  /** Runs on both backends and gives the states afterwards. */
  function after(make: (a: Node, b: Node) => { outputs?: Node[]; values: [Node, Node] }): number[][] {
    const { nodes, program } = inputs(
      [
        [2, 2],
        [2, 2],
      ],
      'state',
    )
    const { outputs = [], values } = make(nodes[0]!, nodes[1]!)
    const assignments = values.map((value, binding) => ({ binding, value }))
    const found = [wasm, reference].map((backend) => {
      const states = start.map((initial) => backend.createState({ shape: [2, 2], dtype: 'float32' }, initial))
      const results = backend.compile({ ...program, outputs, assignments }).run(states)
      return [...states.map((state) => [...state.read()]), ...results.map((result) => [...result])]
    })
    expect(found[0]).toEqual(found[1])
    return found[0]!
  }

  test('swap', () => {
    expect(after((a, b) => ({ values: [b, a] }))).toEqual([
      [5, 6, 7, 8],
      [1, 2, 3, 4],
    ])
  })

  test('swap and change', () => {
    expect(after((a, b) => ({ values: [ops.add(b, a), ops.sub(a, b)] }))).toEqual([
      [6, 8, 10, 12],
      [-4, -4, -4, -4],
    ])
  })

  test('a state turned in place, and read by the other', () => {
    const turned = after((a, b) => ({ values: [ops.transpose(a, 0, 1), ops.matmul(a, b)] }))
    expect(turned).toEqual([
      [1, 3, 2, 4],
      [19, 22, 43, 50],
    ])
  })

  test('outputs and later readers see the value before the write', () => {
    const [a, b, before, sum] = after((x, y) => ({
      values: [ops.add(x, 1), ops.add(y, ops.sum(x))],
      outputs: [x, ops.sum(x, { axes: 1 })],
    }))
    expect([a, b, before, sum]).toEqual([
      [2, 3, 4, 5],
      [15, 16, 17, 18],
      [1, 2, 3, 4],
      [3, 7],
    ])
  })
})

describe('fusion', () => {
  const kinds = (program: GraphProgram): string[] => compileProgram(program, options).kernels.map(({ kind }) => kind)

  test('softmax cross-entropy with its gradient by the logits is one loop', () => {
    const { nodes, program } = inputs([
      [64, 10],
      [64, 10],
    ])
    const [logits, targets] = nodes as [Node, Node]
    const losses = ops.neg(ops.sum(ops.mul(ops.logSoftmax(logits, 1), targets), { axes: 1 }))
    const gradient = ops.sub(ops.softmax(logits, 1), targets)
    expect(kinds({ ...program, outputs: [losses, gradient] })).toEqual(['loop'])
  })

  test('an Adam update is one map per parameter, in one function', () => {
    const shapes: Shape[] = Array.from({ length: 8 }, (_, i) => (i < 4 ? [30, 50] : [70, 20]))
    const { nodes, program } = inputs(shapes, 'state')
    const assignments = [0, 4].flatMap((first) => {
      const [p, g, m, v] = nodes.slice(first, first + 4) as [Node, Node, Node, Node]
      const mean = ops.add(ops.mul(m, 0.9), ops.mul(g, 0.1))
      const square = ops.add(ops.mul(v, 0.999), ops.mul(ops.square(g), 0.001))
      const next = ops.sub(p, ops.div(mean, ops.add(ops.sqrt(square), 1e-8)))
      return [next, mean, square].map((value, i) => ({ binding: first + [0, 2, 3][i]!, value }))
    })
    const both = { ...program, assignments }
    const { kernels, memory } = compileProgram(both, options)
    expect(kernels.map((kernel) => kernel.kind === 'loop' && kernel.flat)).toEqual([true, true])
    expect(kernels.map(({ writes }) => writes.every(({ origin }) => origin.kind === 'state'))).toEqual([true, true])
    expect(memory.bytes).toBe(0)
    const size = (program: GraphProgram): number =>
      Number(/(\d+) bytes of code/.exec(wasm.compile(program).describe())![1])
    // The second parameter adds a call, not a second function.
    expect(size(both)).toBeLessThan(1.2 * size({ ...program, assignments: assignments.slice(0, 3) }))
  })
})
