import { describe, expect, test } from 'vitest'
import { ModuleBuilder } from '../../src/backends/wasm/assembler.ts'
import { emitNestedContraction } from '../../src/backends/wasm/contract/index.ts'
import type { EngineTraits, NestedSpec } from '../../src/backends/wasm/contract/index.ts'
import { chunksOf, mergeLoops, plainSpec } from '../../src/backends/wasm/contract/nested-specification.ts'
import { randomSource, tiles } from './contract-model.ts'

const page = 65536
const untouched = 7

interface Picture {
  readonly images: number
  readonly size: number
  readonly channels: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly outputs: number
}

function positionsOf({ size, kernel, stride, dilation }: Picture): number {
  return Math.floor((size - dilation * (kernel - 1) - 1) / stride) + 1
}

/** Channels-last convolution: rows are images and positions, the depth is the taps and the channels. */
function forward(picture: Picture, turned: boolean): NestedSpec {
  const { images, size, channels: c, kernel, stride, dilation, outputs: n } = picture
  const p = positionsOf(picture)
  return {
    batch: [],
    rows: [
      { size: images, a: size * size * c, c: p * p * n },
      { size: p, a: stride * size * c, c: p * n },
      { size: p, a: stride * c, c: n },
    ],
    depth: [
      { size: kernel, a: dilation * size * c, b: turned ? kernel * c : kernel * c * n },
      { size: kernel, a: dilation * c, b: turned ? c : c * n },
      { size: c, a: 1, b: turned ? 1 : n },
    ],
    n,
    bColumn: turned ? kernel * kernel * c : 1,
  }
}

/** The gradient of the filters: rows are taps and channels, the depth is images and positions. */
function filterGradient(picture: Picture): NestedSpec {
  const { images, size, channels: c, kernel, stride, dilation, outputs: n } = picture
  const p = positionsOf(picture)
  return {
    batch: [],
    rows: [
      { size: kernel, a: dilation * size * c, c: kernel * c * n },
      { size: kernel, a: dilation * c, c: c * n },
      { size: c, a: 1, c: n },
    ],
    depth: [
      { size: images, a: size * size * c, b: p * p * n },
      { size: p, a: stride * size * c, b: p * n },
      { size: p, a: stride * c, b: n },
    ],
    n,
    bColumn: 1,
  }
}

type Loop = { readonly size: number }
const farthest = (loops: readonly Loop[], stride: (loop: never) => number): number =>
  loops.reduce((sum, loop) => sum + (loop.size - 1) * stride(loop as never), 0)

function offsets<L extends Loop>(loops: readonly L[], stride: (loop: L) => number): number[] {
  let all = [0]
  for (const loop of loops)
    all = all.flatMap((at) => Array.from({ length: loop.size }, (_, i) => at + i * stride(loop)))
  return all
}

/** Where chunks of the depth end, in steps. */
function chunkEnds(spec: NestedSpec): Set<number> {
  const sizes = mergeLoops(spec).depth.map(({ size }) => size)
  const { level, length } = chunksOf(sizes)
  const inner = sizes.slice(level + 1).reduce((a, b) => a * b, 1)
  const period = sizes[level]! * inner
  const total = sizes.reduce((a, b) => a * b, 1)
  const ends = new Set<number>()
  for (let start = 0; start < total; start += period) {
    for (let at = length * inner; at < period; at += length * inner) ends.add(start + at)
    ends.add(start + period)
  }
  return ends
}

function expected(spec: NestedSpec, a: Float32Array, b: Float32Array, length: number): Float32Array {
  const c = new Float32Array(length).fill(untouched)
  const aRows = offsets(spec.rows, (loop) => loop.a)
  const cRows = offsets(spec.rows, (loop) => loop.c)
  const aSteps = offsets(spec.depth, (loop) => loop.a)
  const bSteps = offsets(spec.depth, (loop) => loop.b)
  const ends = chunkEnds(spec)
  for (const [row, aRow] of aRows.entries()) {
    for (let j = 0; j < spec.n; j++) {
      let total: number | undefined
      let sum = 0
      for (const [k, aStep] of aSteps.entries()) {
        sum = Math.fround(sum + Math.fround(a[aRow + aStep]! * b[bSteps[k]! + j * spec.bColumn]!))
        if (!ends.has(k + 1)) continue
        total = total === undefined ? sum : Math.fround(total + sum)
        sum = 0
      }
      c[cRows[row]! + j] = total!
    }
  }
  return c
}

function computed(
  spec: NestedSpec,
  a: Float32Array,
  b: Float32Array,
  length: number,
  engine: EngineTraits,
  parts: number,
): Float32Array {
  const builder = new ModuleBuilder()
  const contraction = emitNestedContraction(builder, spec, { fused: false, engine })
  builder.export('run', contraction.function)
  const pad = 64
  const [aAt, bAt] = [pad, pad + a.length + pad]
  const cAt = bAt + b.length + pad
  const scratch = (cAt + length + pad) * 4
  const pages = Math.ceil((scratch + contraction.scratchBytes + 256) / page)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const bytes = builder.build({ shared: false, initialPages: 1, maximumPages: pages })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  const run = instance.exports['run'] as (...parameters: number[]) => void
  // What lies around the operands must never reach a result.
  const values = new Float32Array(memory.buffer).fill(NaN)
  values.set(a, aAt)
  values.set(b, bAt)
  values.fill(untouched, cAt, cAt + length)
  for (let part = parts - 1; part >= 0; part--) {
    values.fill(NaN, scratch / 4)
    const bound = (i: number): number => Math.floor((contraction.units * i) / parts)
    run(aAt * 4, bAt * 4, cAt * 4, scratch, bound(part), bound(part + 1))
  }
  if (!values.subarray((scratch + contraction.scratchBytes) / 4).every(Number.isNaN)) {
    throw new Error('the kernel wrote past its scratch')
  }
  return values.slice(cAt, cAt + length)
}

function check(spec: NestedSpec, seed: number): void {
  expect(plainSpec(mergeLoops(spec)), 'the loops must not merge into a plain product').toBeUndefined()
  const random = randomSource(seed)
  const fill = (length: number): Float32Array => Float32Array.from({ length }, () => random(20001) / 10000 - 1)
  const a = fill(farthest(spec.rows, (l: { a: number }) => l.a) + farthest(spec.depth, (l: { a: number }) => l.a) + 1)
  const b = fill(farthest(spec.depth, (l: { b: number }) => l.b) + (spec.n - 1) * spec.bColumn + 1)
  const length = farthest(spec.rows, (l: { c: number }) => l.c) + spec.n
  const wanted = new Int32Array(expected(spec, a, b, length).buffer)
  for (const [index, engine] of tiles.entries()) {
    const parts = 1 + ((seed + index) % 4)
    const got = new Int32Array(computed(spec, a, b, length, engine, parts).buffer)
    const first = got.findIndex((bits, i) => bits !== wanted[i])
    expect(first, `first difference in C of ${engine.tile} in ${parts} parts of ${JSON.stringify(spec)}`).toBe(-1)
  }
}

describe('contractions over nested loops give the bits of their definition, for every tile and division', () => {
  const random = randomSource(5)
  const pictures = Array.from({ length: 24 }, (): Picture => {
    const [kernel, dilation] = [2 + random(2), 1 + random(2)]
    return {
      images: 2 + random(3),
      size: dilation * (kernel - 1) + 3 + random(9),
      channels: 1 + random(12),
      kernel,
      stride: 1 + random(2),
      dilation,
      outputs: 1 + random(40),
    }
  })

  test.each(pictures.map((picture, i) => ({ i, picture })))('forward $i', ({ i, picture }) => {
    check(forward(picture, i % 2 === 0), i)
  })

  test.each(pictures.map((picture, i) => ({ i, picture })))('gradient of the filters $i', ({ i, picture }) => {
    check(filterGradient(picture), i)
  })

  const base = { images: 2, size: 6, kernel: 3, stride: 1, dilation: 1, outputs: 20 }
  test.each([75, 130, 150, 300])('a depth of %i channels, cut into chunks', (channels) => {
    check(forward({ ...base, channels }, channels % 4 === 2), channels)
  })

  test('rows that are read one by one, where the innermost loop wastes registers', () => {
    check(forward({ ...base, images: 12, size: 9, channels: 4 }, true), 1)
  })

  test.each([1, 2, 3, 4])('short runs of rows, some of which share each panel (%i)', (seed) => {
    check(forward({ ...base, images: 8, size: 16, channels: 8, kernel: 4, stride: 2 }, seed % 2 === 0), seed)
  })
})
