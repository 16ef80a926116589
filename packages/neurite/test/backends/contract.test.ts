import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chooseTile } from '../../src/backends/wasm/contract/index.ts'
import type { ContractionSpec } from '../../src/backends/wasm/contract/index.ts'
import { needsNode24 } from '../support/node24.ts'
import { computed, expected, place, randomSource, tiles } from './contract-model.ts'

/** A plain product of row-major matrices; `ta` and `tb` say which operand is stored transposed. */
function product(m: number, n: number, k: number, ta = false, tb = false): ContractionSpec {
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

const every = (step: number, from: number) => tiles.filter((_, i) => i % step === from)

function smallProducts(rounds: number): void {
  const random = randomSource(1)
  for (let round = 0; round < rounds; round++) {
    const [m, n, k] = [1 + random(40), 1 + random(40), 1 + random(40)]
    check(product(m, n, k, round % 2 === 1, round % 4 > 1), round)
  }
}

function anyStrides(rounds: number): void {
  const random = randomSource(2)
  for (let round = 0; round < rounds; round++) {
    const [m, n, k] = [1 + random(9), 1 + random(20), 1 + random(20)]
    const plain = product(m, n, k, round % 2 === 1, round % 4 > 1)
    const [outer, inner] = [1 + random(4), 1 + random(4)]
    const broadcast = random(4)
    const batch = [
      { size: outer, a: broadcast & 1 ? 0 : inner * m * k, b: broadcast & 2 ? 0 : inner * k * n, c: inner * m * n },
      { size: inner, a: broadcast & 2 ? 0 : m * k, b: broadcast & 1 ? 0 : k * n, c: m * n },
    ]
    check({ ...plain, batch }, round)
    const [aRow, aDepth, bDepth, bColumn] = [random(6) - 2, random(6) - 2, random(6) - 2, random(6) - 2]
    check({ ...plain, batch, aRow: aRow * 21, aDepth, bDepth: bDepth * 30, bColumn }, round)
  }
}

function largeProducts(rounds: number): void {
  const random = randomSource(3)
  for (let round = 0; round < rounds; round++) {
    const [m, n, k] = [50 + random(40), 80 + random(60), 80 + random(90)]
    check(product(m, n, k, round % 2 === 1, round % 4 > 1), round, every(2, (round >> 2) & 1))
  }
}

function scalarProducts(rounds: number): void {
  const random = randomSource(4)
  for (let round = 0; round < rounds; round++) {
    const few = 1 + random(4)
    const [many, k] = [1 + random(50), 16 * few + random(60)]
    const [m, n] = round % 2 === 1 ? [few, many] : [many, few]
    const plain = product(m, n, k, false, true)
    check(plain, round, every(3, round % 3))
    check({ ...plain, aRow: -k - 1, bColumn: round % 3 === 0 ? 0 : -k, cRow: -n - 3 }, round, every(3, round % 3))
  }
}

describe('a contraction has the bits of the model, for every tile and any division of the work', () => {
  test('small products of every transposition', () => smallProducts(60))
  test('batches, broadcasts and any strides', () => anyStrides(40))
  test('large products of every transposition', () => largeProducts(16))
  test('few rows with many, and many with few', () => scalarProducts(60))

  test('an empty sum gives zeros, and empty products touch nothing', () => {
    check(product(5, 7, 0), 1)
    check(product(0, 7, 3), 1)
    check(product(5, 0, 3), 1)
    check({ ...product(5, 7, 3), batch: [{ size: 0, a: 15, b: 21, c: 35 }] }, 1)
  })

  test('long sums are cut into chunks', () => {
    check(product(7, 19, 1000), 1)
    check(product(3, 5, 785, true, true), 2)
    check(product(1, 37, 900), 3)
    check(product(41, 1, 901, true), 4)
  })

  test('several chunks, blocks of rows and blocks of columns', () => {
    check(product(300, 37, 390), 1, every(3, 0))
    check(product(139, 45, 790, true, true), 2, every(3, 1))
    check(product(133, 1050, 20, false, true), 3, every(3, 2))
    check(product(9, 1037, 80, true, false), 3, every(3, 0))
  })

  test('long scalar products, the last chunk of which may be shorter than a vector', () => {
    for (const k of [385, 390, 784, 1001, 1002, 1003, 38401]) {
      check(product(1, 9, k, false, true), k, every(3, k % 3))
      check(product(6, 3, k, false, true), k, every(3, k % 3))
      check(product(4, 5, k, false, true), k, every(3, k % 3))
    }
  })
})

function allKinds(): void {
  smallProducts(8)
  anyStrides(4)
  largeProducts(4)
  scalarProducts(12)
  check(product(139, 45, 790, true, true), 2, every(2, 0))
}

describe('the same bits from the optimising compiler', () => {
  beforeAll(() => setFlagsFromString('--no-liftoff'))
  afterAll(() => setFlagsFromString('--liftoff'))

  test('of this engine', allKinds)

  test('with widening', (context) => {
    if (Number.parseInt(process.versions.v8, 10) < 13) {
      // This engine cannot widen: the same test runs in one that can.
      const vitest = fileURLToPath(new URL('../../../../node_modules/vitest/vitest.mjs', import.meta.url))
      const file = fileURLToPath(import.meta.url)
      const run = spawnSync(needsNode24(context), [vitest, 'run', file, '-t', 'with widening'], { encoding: 'utf8' })
      expect(run.stdout + run.stderr).toContain('1 passed')
      expect(run.status).toBe(0)
      return
    }
    setFlagsFromString('--experimental-wasm-revectorize')
    try {
      allKinds()
    } finally {
      setFlagsFromString('--no-experimental-wasm-revectorize')
    }
  })
})

test('fused products are within rounding of the others, and equal for every division of the work', () => {
  setFlagsFromString('--experimental-wasm-relaxed-simd')
  const spec = product(50, 90, 500, false, true)
  const at = place(spec, 5)
  const exact = new Float32Array(expected(at).buffer)
  for (const engine of tiles) {
    const whole = new Float32Array(computed(at, { fused: true, engine }, 1).buffer)
    exact.forEach((value, i) => expect(Math.abs(whole[i]! - value)).toBeLessThanOrEqual(1e-4))
    expect(new Float32Array(computed(at, { fused: true, engine }, 3).buffer)).toEqual(whole)
  }
})

test('the tile fits the engine', () => {
  expect(chooseTile({ v8Major: 11, widened: false, fused: true })).toEqual({ tile: '4x8', widened: false })
  expect(chooseTile({ v8Major: undefined, widened: false, fused: true })).toEqual({ tile: '4x8', widened: false })
  expect(chooseTile({ v8Major: 13, widened: false, fused: true })).toEqual({ tile: '6x8', widened: false })
  expect(chooseTile({ v8Major: 13, widened: true, fused: false })).toEqual({ tile: '5x16', widened: true })
})
