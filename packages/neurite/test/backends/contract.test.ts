import { describe, expect, test } from 'vitest'
import type { ContractionSpec } from '../../src/backends/wasm/contract/index.ts'
import { computed, expected, place, randomSource, tiles } from './contract-model.ts'

/** A plain product of row-major matrices; `ta` and `tb` say which operand is stored transposed. */
export function product(m: number, n: number, k: number, ta = false, tb = false): ContractionSpec {
  return {
    m,
    n,
    k,
    batch: [],
    aRow: ta ? 1 : k,
    aDepth: ta ? m : 1,
    bDepth: tb ? 1 : n,
    bColumn: tb ? k : 1,
    cRow: n,
  }
}

function check(spec: ContractionSpec, seed: number, engines = tiles): void {
  const at = place(spec, seed)
  const wanted = expected(at)
  engines.forEach((engine, index) => {
    const parts = 1 + ((seed + index) % 4)
    const got = computed(at, { fused: false, engine }, parts)
    const first = got.findIndex((bits, i) => bits !== wanted[i])
    expect(first, `first difference in C of ${engine.tile} in ${parts} parts of ${JSON.stringify(spec)}`).toBe(-1)
  })
}

describe('contraction', () => {
  test('small products of every transposition have the bits of the model, for every tile', () => {
    const random = randomSource(1)
    for (let round = 0; round < 60; round++) {
      const [m, n, k] = [1 + random(40), 1 + random(40), 1 + random(40)]
      check(product(m, n, k, round % 2 === 1, round % 4 > 1), round)
    }
  })

  test('long sums are cut into chunks', () => {
    check(product(7, 19, 1000), 1)
    check(product(3, 5, 785, true, true), 2)
    check(product(1, 37, 900), 3)
    check(product(41, 1, 901, true), 4)
  })

  test('an empty sum gives zeros, and empty products touch nothing', () => {
    check(product(5, 7, 0), 1)
    check(product(0, 7, 3), 1)
    check(product(5, 0, 3), 1)
    check({ ...product(5, 7, 3), batch: [{ size: 0, a: 15, b: 21, c: 35 }] }, 1)
  })

  test('batches, broadcasts and any strides', () => {
    const random = randomSource(2)
    for (let round = 0; round < 40; round++) {
      const [m, n, k] = [1 + random(9), 1 + random(20), 1 + random(20)]
      const plain = product(m, n, k, round % 2 === 1, round % 4 > 1)
      const [outer, inner] = [1 + random(4), 1 + random(4)]
      const broadcast = random(4)
      const batch = [
        { size: outer, a: broadcast & 1 ? 0 : inner * m * k, b: broadcast & 2 ? 0 : inner * k * n, c: inner * m * n },
        { size: inner, a: broadcast & 2 ? 0 : m * k, b: broadcast & 1 ? 0 : k * n, c: m * n },
      ]
      check({ ...plain, batch }, round)
      const signs = [0, 1, 2, 3].map(() => random(6) - 2)
      const [aRow, aDepth, bDepth, bColumn] = signs as [number, number, number, number]
      check({ ...plain, batch, aRow: aRow * 21, aDepth, bDepth: bDepth * 30, bColumn }, round)
    }
  })
})
describe('packed contraction', () => {
  test('odd shapes of every transposition have the bits of the model', () => {
    const random = randomSource(3)
    for (let round = 0; round < 16; round++) {
      const [m, n, k] = [50 + random(40), 80 + random(60), 80 + random(90)]
      check(product(m, n, k, round % 2 === 1, round % 4 > 1), round)
    }
  })

  test('several chunks, blocks of rows and blocks of columns', () => {
    check(
      product(300, 37, 390),
      1,
      tiles.filter((_, i) => i % 3 === 0),
    )
    check(
      product(139, 45, 790, true, true),
      2,
      tiles.filter((_, i) => i % 3 === 1),
    )
    check(
      product(133, 1050, 20, false, true),
      3,
      tiles.filter((_, i) => i % 3 === 2),
    )
    check(
      product(9, 1037, 80, true, false),
      3,
      tiles.filter((_, i) => i % 3 === 0),
    )
  })
})

describe('scalar products', () => {
  test('few rows with many, and many with few', () => {
    const random = randomSource(4)
    for (let round = 0; round < 40; round++) {
      const few = 1 + random(4)
      const [many, k] = [1 + random(50), 16 * few + random(60)]
      const [m, n] = round % 2 === 1 ? [few, many] : [many, few]
      const plain = product(m, n, k, false, true)
      check(plain, round)
      check({ ...plain, aRow: -k - 1, bColumn: round % 3 === 0 ? 0 : -k, cRow: -n - 3 }, round)
    }
  })

  test('long ones are cut into chunks, of which the last may be shorter than a vector', () => {
    for (const k of [385, 390, 784, 1001, 1002, 1003, 38401]) {
      check(product(1, 9, k, false, true), k)
      check(product(6, 3, k, false, true), k)
      check(product(4, 5, k, false, true), k)
    }
  })
})
