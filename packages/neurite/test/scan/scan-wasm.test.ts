/** Scans as compiled programs: values and gradients against the reference backend, on every thread count the same bits. */
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { emitProgramModule } from '../../src/backends/wasm/codegen/program-module.ts'
import { compileProgram } from '../../src/compiler/compile.ts'
import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import type { Node } from '../../src/graph/node.ts'
import type { Backend, HostArray } from '../../src/compiler/program.ts'
import {
  add,
  binding,
  full,
  gather,
  matmul,
  mul,
  permute,
  reshape,
  scan,
  slice,
  sum,
  tanh,
} from '../../src/ops/index.ts'
import { caseValues } from '../support/operation-cases.ts'
import { toArray } from '../support/operation-fixtures.ts'
import { bindCase } from '../support/gradient-check.ts'
import { scanCases } from './cases.ts'

const reference = new ReferenceBackend()
const wasm = new WasmBackend({ threads: 1 })

/** The output, its gradients, and the gradients of their sum. */
function everything(item: (typeof scanCases)[number]): {
  outputs: Node[]
  run: (backend: Backend) => ArrayLike<number>[]
} {
  const { inputs, values, output } = bindCase(item)
  const wanted = inputs.filter(({ dtype }) => dtype === 'float32')
  const known = (nodes: readonly (Node | undefined)[]): Node[] => nodes.filter((node) => node !== undefined)
  const first = known(gradients(sum(mul(output, output)), wanted))
  const total = first.map((node) => sum(mul(node, node))).reduce((a, b) => add(a, b))
  const outputs = [output, ...first, ...known(gradients(total, wanted))]
  const bindings = inputs.map(({ shape, dtype }) => ({ kind: 'data' as const, type: { shape, dtype } }))
  const run = (backend: Backend): ArrayLike<number>[] => {
    const program = backend.compile({ bindings, outputs, assignments: [] })
    try {
      return program.run(inputs.map(({ dtype }, i) => toArray(values[i]!, dtype)))
    } finally {
      program.free()
    }
  }
  return { outputs, run }
}

describe('values and gradients', () => {
  for (const item of scanCases) {
    test(`${item.name}, compiled`, () => {
      const { run } = everything(item)
      const wanted = run(reference)
      for (const [i, got] of run(wasm).entries()) {
        const scale = Math.max(1, ...Array.from(wanted[i]!, Math.abs))
        const worst = Math.max(0, ...Array.from(got, (x, at) => Math.abs(x - wanted[i]![at]!) / scale))
        expect(worst, `result ${i}`).toBeLessThan(1e-5)
      }
    })
  }
})

type Sizes = readonly [batch: number, hidden: number]
const packed: Sizes = [32, 96]
/** Few rows, whose products are packed for loops that are long enough; the last by one thread alone. */
const fewRows: readonly Sizes[] = [
  [1, 320],
  [2, 160],
  [3, 130],
]

/** A recurrent layer and its gradients. */
function large(T: number, [B, H]: Sizes = packed): { inputs: Node[]; outputs: Node[] } {
  const types = [
    [T, B, H],
    [H, H],
    [B, H],
  ].map((shape) => ({ shape, dtype: 'float32' as const }))
  const inputs = types.map((type, index) => binding({ index, type }))
  const [x, u, h0] = inputs as [Node, Node, Node]
  const { stacks } = scan(([h], [p]) => ({ carries: [tanh(add(p!, matmul(h!, permute(u, [1, 0]))))] }), {
    carries: [h0],
    sequences: [x],
  })
  const found = gradients(sum(mul(stacks[0]!, stacks[0]!)), inputs)
  return { inputs, outputs: [stacks[0]!, ...found.map((node) => node!)] }
}

const digest = (bits: NodeJS.ArrayBufferView): string => createHash('sha256').update(bits).digest('hex')

/** Weights are so small that 16 steps do not blow up a rounding. */
async function largeResults(backend: Backend, T: number, sizes: Sizes): Promise<HostArray[]> {
  const { inputs, outputs } = large(T, sizes)
  const bindings = inputs.map(({ shape, dtype }) => ({ kind: 'data' as const, type: { shape, dtype } }))
  const program = backend.compile({ bindings, outputs, assignments: [] })
  const values = inputs.map(({ shape }, i) => Float32Array.from(caseValues({ shape, range: [-0.1, 0.1] }, i + 1)))
  program.run(values)
  if (backend instanceof WasmBackend) await backend.team.ready()
  const results = program.run(values)
  program.free()
  return results
}

async function largeBits(backend: WasmBackend, T = 16, sizes = packed): Promise<string[]> {
  const results = await largeResults(backend, T, sizes)
  return results.map((result) => digest(result))
}

describe('products packed before the loop', () => {
  test.each([packed, ...fewRows])('of %i rows and %i columns, against float64', async (...sizes) => {
    const wanted = await largeResults(reference, 16, sizes)
    const found = await largeResults(wasm, 16, sizes)
    for (const [i, result] of found.entries()) {
      const exact = wanted[i]!
      const scale = Math.max(1, ...Array.from(exact, Math.abs))
      const worst = Math.max(0, ...Array.from(result, (x, at) => Math.abs(x - exact[at]!) / scale))
      expect(worst, `result ${i}`).toBeLessThan(1e-5)
    }
  })
})

describe('the same bits', () => {
  const backend = new WasmBackend({ threads: 1 })
  afterAll(() => backend.setThreads(1))

  test.each([packed, ...fewRows])('on 1, 2 and 4 threads (%i rows, %i columns)', async (...sizes) => {
    backend.setThreads(1)
    const wanted = await largeBits(backend, 16, sizes)
    for (const threads of [2, 4]) {
      backend.setThreads(threads)
      const found = await largeBits(backend, 16, sizes)
      expect(backend.team.threads).toBe(threads)
      expect(found).toEqual(wanted)
    }
  })

  test.each([packed, ...fewRows])('step by step, without a loop (%i rows, %i columns)', async (...sizes) => {
    const T = 3
    const [B, H] = sizes
    const { inputs } = large(T, sizes)
    const [x, u, h0] = inputs as [Node, Node, Node]
    const at = (t: number): Node => reshape(slice(x, { start: [t, 0, 0], size: [1, B, H] }), [B, H])
    let h = h0
    const steps: Node[] = []
    for (let t = 0; t < T; t++) steps.push((h = tanh(add(at(t), matmul(h, permute(u, [1, 0]))))))
    const bindings = inputs.map(({ shape, dtype }) => ({ kind: 'data' as const, type: { shape, dtype } }))
    const values = inputs.map(({ shape }, i) => Float32Array.from(caseValues({ shape, range: [-0.1, 0.1] }, i + 1)))
    const results = backend.compile({ bindings, outputs: steps, assignments: [] }).run(values)
    const [stacked] = await largeBits(backend, T, sizes)
    expect(stacked).toBe(digest(Buffer.concat(results.map(({ buffer }) => Buffer.from(buffer)))))
  })
})

describe('the loop', () => {
  const moduleOf = (T: number) => {
    const { inputs, outputs } = large(T)
    const bindings = inputs.map(({ shape, dtype }) => ({ kind: 'data' as const, type: { shape, dtype } }))
    const plan = compileProgram({ bindings, outputs, assignments: [] }, { limitBytes: 2 ** 31 })
    const engine = { tile: '4x8' as const, widened: false }
    const memory = wasm.heap.memoryImport
    return { plan, module: emitProgramModule(plan, { fused: false, engine, memory, threads: 1 }) }
  }

  test('does not grow with the number of steps', () => {
    const [few, many] = [moduleOf(100), moduleOf(500)]
    expect(many.module.functions).toBe(few.module.functions)
    // Numbers in the code take a byte or two more.
    expect(many.module.bytes.length - few.module.bytes.length).toBeLessThan(60)
  })

  test('runs the forward pass once, and the products of the weights after it', () => {
    const { kernels } = moduleOf(8).plan
    expect(kernels.filter(({ kind }) => kind === 'scan')).toHaveLength(2)
    const inside = kernels.flatMap((kernel) =>
      kernel.kind === 'scan' ? kernel.plan.kernels.map(({ kind }) => kind) : [],
    )
    expect(inside.filter((kind) => kind === 'contract')).toHaveLength(2)
    expect(kernels.filter(({ kind }) => kind === 'contract')).toHaveLength(1)
  })

  test('keeps no stack of a carry of which only the end is read', () => {
    const x = binding({ index: 0, type: { shape: [1000, 64], dtype: 'float32' } })
    const { carries } = scan(([s], [p]) => ({ carries: [add(s!, p!)] }), { carries: [full([64], 0)], sequences: [x] })
    const bindings = [{ kind: 'data' as const, type: { shape: x.shape, dtype: x.dtype } }]
    const plan = compileProgram({ bindings, outputs: carries, assignments: [] }, { limitBytes: 2 ** 31 })
    expect(plan.memory.bytes).toBeLessThan(4 * 64 * 1010)
  })

  test('a bad index inside is told', () => {
    const x = binding({ index: 0, type: { shape: [2, 1], dtype: 'int32' } })
    const table = binding({ index: 1, type: { shape: [3], dtype: 'float32' } })
    const { outputs } = scan((_, [i]) => ({ carries: [], outputs: [gather(table, 0, i!)] }), {
      carries: [],
      sequences: [x],
    })
    const bindings = [x, table].map(({ shape, dtype }) => ({ kind: 'data' as const, type: { shape, dtype } }))
    const program = wasm.compile({ bindings, outputs, assignments: [] })
    const values = Float32Array.of(1, 2, 3)
    expect([...program.run([Int32Array.of(2, 0), values])[0]!]).toEqual([3, 1])
    expect(() => program.run([Int32Array.of(0, 7), values])).toThrow('index 7 along axis 0')
  })
})
