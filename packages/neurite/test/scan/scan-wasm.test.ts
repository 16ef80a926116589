/** Scans as compiled programs: values and gradients against the reference backend, on every thread count the same bits. */
import { afterAll, describe, expect, test } from 'vitest'
import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import type { Node } from '../../src/graph/node.ts'
import type { Backend } from '../../src/compiler/program.ts'
import { add, mul, sum } from '../../src/ops/index.ts'
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

afterAll(() => wasm.setThreads(1))
