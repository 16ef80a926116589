import { describe, expect, test } from 'vitest'
import { ModuleBuilder } from '../../src/backends/wasm/assembler.ts'
import { emitPrepacked } from '../../src/backends/wasm/contract/index.ts'
import type { EngineTraits } from '../../src/backends/wasm/contract/index.ts'
import { chunkLength } from '../../src/backends/wasm/contract/specification.ts'
import { packedElements } from '../../src/compiler/scan-plan.ts'
import { randomSource, tiles } from './contract-model.ts'

interface Product {
  readonly m: number
  readonly n: number
  readonly k: number
  /** B is stored by columns. */
  readonly turned: boolean
}

function expected({ m, n, k, turned }: Product, a: Float32Array, b: Float32Array): Float32Array {
  const chunk = chunkLength(k)
  const c = new Float32Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let first = 0; first < k; first += chunk) {
        let sum = 0
        for (let at = first; at < Math.min(first + chunk, k); at++)
          sum = Math.fround(sum + Math.fround(a[i * k + at]! * b[turned ? j * k + at : at * n + j]!))
        c[i * n + j] = first === 0 ? sum : c[i * n + j]! + sum
      }
    }
  }
  return c
}

/** What the code computes when the units are packed and multiplied in `parts`, the last first. */
function computed(product: Product, a: Float32Array, b: Float32Array, engine: EngineTraits, parts: number) {
  const { m, n, k, turned } = product
  const builder = new ModuleBuilder()
  const contraction = emitPrepacked(
    builder,
    {
      batch: [],
      rows: [{ size: m, a: k, c: n }],
      depth: [{ size: k, a: 1, b: turned ? 1 : n }],
      n,
      bColumn: turned ? k : 1,
    },
    { fused: false, engine },
  )!
  builder.export('pack', contraction.pack)
  builder.export('run', contraction.function)
  const pad = 64
  const [aAt, bAt] = [pad, 2 * pad + a.length]
  const cAt = bAt + b.length + pad
  const packed = 16 * Math.ceil((cAt + m * n + pad) / 16)
  const scratch = 16 * Math.ceil((packed + packedElements(k, n) + pad) / 16)
  const pages = Math.ceil((4 * (scratch + pad) + contraction.scratchBytes) / 65536)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const bytes = builder.build({ shared: false, initialPages: 1, maximumPages: pages })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  const [pack, run] = [exports['pack'], exports['run']] as ((...parameters: number[]) => void)[]
  // What lies around the operands must never reach a result.
  const values = new Float32Array(memory.buffer).fill(NaN)
  values.set(a, aAt)
  values.set(b, bAt)
  const bound = (i: number, of: number): number => Math.floor((contraction.units * i) / of)
  const packers = contraction.packsApart ? parts : 1
  for (let part = packers - 1; part >= 0; part--)
    pack!(4 * bAt, 4 * packed, bound(part, packers), bound(part + 1, packers))
  for (let part = parts - 1; part >= 0; part--)
    run!(4 * aAt, 4 * packed, 4 * cAt, 4 * scratch, bound(part, parts), bound(part + 1, parts))
  const guards = [
    values.subarray(packed + packedElements(k, n), scratch),
    values.subarray(scratch + Math.ceil(contraction.scratchBytes / 4)),
    values.subarray(cAt + m * n, packed),
  ]
  if (!guards.every((guard) => guard.every(Number.isNaN))) throw new Error('the code wrote beyond its memory')
  return values.slice(cAt, cAt + m * n)
}

function check(product: Product, seed: number): void {
  const random = randomSource(seed)
  const fill = (length: number): Float32Array => Float32Array.from({ length }, () => random(20001) / 10000 - 1)
  const [a, b] = [fill(product.m * product.k), fill(product.k * product.n)]
  const wanted = new Int32Array(expected(product, a, b).buffer)
  for (const [index, engine] of tiles.entries()) {
    const parts = 1 + ((seed + index) % 4)
    const got = new Int32Array(computed(product, a, b, engine, parts).buffer)
    const first = got.findIndex((bits, i) => bits !== wanted[i])
    expect(first, `first difference of ${engine.tile} in ${parts} parts of ${JSON.stringify(product)}`).toBe(-1)
  }
}

/** With B stored by columns, and by rows. */
function checkBoth(m: number, n: number, k: number, seed: number): void {
  check({ m, n, k, turned: true }, seed)
  check({ m, n, k, turned: false }, seed + 1)
}

describe('products whose right factor is packed before a loop give the bits of their definition', () => {
  test.each([1, 2, 3, 5, 8, 33])('of %i rows', (m) => {
    const random = randomSource(m)
    for (let round = 0; round < 12; round++)
      check({ m, n: 8 + random(150), k: 8 + random(90), turned: round % 2 === 0 }, round)
  })

  test.each([
    [1, 120, 30],
    [1, 128, 31],
    [1, 1024, 9],
    [2, 64, 33],
    [3, 96, 10],
  ])('of %i rows, %i columns in whole panels, and a depth of %i that is not', (m, n, k) => checkBoth(m, n, k, 1))

  test.each([
    [1, 70, 500],
    [2, 130, 390],
    [3, 24, 1001],
    [6, 40, 770],
  ])('of %i rows, %i columns and a depth of %i in several chunks', (m, n, k) => checkBoth(m, n, k, 3))
})
