/** A plain model of the contraction kernels, and a harness that runs both. */
import { ModuleBuilder } from '../../src/backends/wasm/assembler.ts'
import { emitContraction } from '../../src/backends/wasm/contract/index.ts'
import type { ContractionOptions, ContractionSpec, EngineTraits, Tile } from '../../src/backends/wasm/contract/index.ts'
import { chunkLength, isDot, normalise } from '../../src/backends/wasm/contract/specification.ts'

const narrow: readonly Tile[] = ['4x8', '5x8', '6x8']
const wide: readonly Tile[] = ['4x16', '5x16', '6x16']

/** Every kind of code that the generator can write. */
export const tiles: readonly EngineTraits[] = [
  ...narrow.map((tile): EngineTraits => ({ tile, widened: false })),
  ...wide.map((tile): EngineTraits => ({ tile, widened: true })),
]

/** Reproducible random integers, from a linear congruential generator. */
export function randomSource(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** The lowest and the highest element that strides reach from element 0. */
function reach(spec: ContractionSpec, steps: readonly [number, number][], batch: 'a' | 'b' | 'c'): [number, number] {
  let [low, high] = [0, 0]
  for (const [size, stride] of [...steps, ...spec.batch.map((loop): [number, number] => [loop.size, loop[batch]])]) {
    const far = stride * Math.max(0, size - 1)
    if (far < 0) low += far
    else high += far
  }
  return [low, high]
}

/** Runs `visit` with the offsets of every batch element. */
function eachBatch(spec: ContractionSpec, visit: (a: number, b: number, c: number) => void): void {
  const walk = (depth: number, a: number, b: number, c: number): void => {
    const loop = spec.batch[depth]
    if (!loop) visit(a, b, c)
    else for (let i = 0; i < loop.size; i++) walk(depth + 1, a + i * loop.a, b + i * loop.b, c + i * loop.c)
  }
  walk(0, 0, 0, 0)
}

type Sum = (length: number, product: (k: number) => number) => number

/** The order that most contractions follow: chunks of K, each from zero, added in order. */
const sequential: Sum = (length, product) => {
  const chunk = chunkLength(length)
  let total = 0
  for (let first = 0; first < length; first += chunk) {
    let sum = 0
    for (let k = first; k < Math.min(first + chunk, length); k++) sum = Math.fround(sum + Math.fround(product(k)))
    total = first === 0 ? sum : Math.fround(total + sum)
  }
  return total
}

/** The order of scalar products: four lanes along k, in chunks, added as (0 + 1) + (2 + 3). */
const lanewise: Sum = (length, product) => {
  const chunk = chunkLength(length)
  const totals = [0, 0, 0, 0]
  for (let first = 0; first < length; first += chunk) {
    const sums = [0, 0, 0, 0]
    for (let k = first; k < Math.min(first + chunk, length); k++)
      sums[(k - first) % 4] = Math.fround(sums[(k - first) % 4]! + Math.fround(product(k)))
    for (let lane = 0; lane < 4; lane++) totals[lane] = Math.fround(totals[lane]! + sums[lane]!)
  }
  return Math.fround(Math.fround(totals[0]! + totals[1]!) + Math.fround(totals[2]! + totals[3]!))
}

const pad = 16
const untouched = -12345.5

export interface Case {
  readonly spec: ContractionSpec
  readonly memory: WebAssembly.Memory
  readonly a: number
  readonly b: number
  readonly c: number
  readonly scratch: number
  readonly cFirst: number
  readonly cLength: number
}

/** Places the operands in a memory of their own, filled with random numbers. */
export function place(spec: ContractionSpec, seed: number, scratchBytes = 1 << 18): Case {
  const [aLow, aHigh] = reach(
    spec,
    [
      [spec.m, spec.aRow],
      [spec.k, spec.aDepth],
    ],
    'a',
  )
  const [bLow, bHigh] = reach(
    spec,
    [
      [spec.k, spec.bDepth],
      [spec.n, spec.bColumn],
    ],
    'b',
  )
  const [cLow, cHigh] = reach(
    spec,
    [
      [spec.m, spec.cRow],
      [spec.n, 1],
    ],
    'c',
  )
  const aFirst = pad
  const bFirst = aFirst + aHigh - aLow + 1 + pad
  const cFirst = bFirst + bHigh - bLow + 1 + pad
  const cLength = cHigh - cLow + 1
  const scratch = Math.ceil((cFirst + cLength + pad) / 16) * 16
  const pages = Math.ceil((scratch * 4 + scratchBytes) / 65536) + 1
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const values = new Float32Array(memory.buffer)
  const random = randomSource(seed)
  // What lies around the operands must never reach a result.
  values.fill(NaN)
  for (let i = aFirst; i < aFirst + aHigh - aLow + 1; i++) values[i] = random(20001) / 10000 - 1
  for (let i = bFirst; i < bFirst + bHigh - bLow + 1; i++) values[i] = random(20001) / 10000 - 1
  return {
    spec,
    memory,
    a: aFirst - aLow,
    b: bFirst - bLow,
    c: cFirst - cLow,
    scratch: scratch * 4,
    cFirst: cFirst - pad,
    cLength: cLength + 2 * pad,
  }
}

/** The bits of C and of what surrounds it, as the model says. */
export function expected(at: Case): Int32Array {
  const { spec } = at
  const sum = isDot(normalise(spec).spec) ? lanewise : sequential
  const values = new Float32Array(at.memory.buffer)
  const result = new Float32Array(at.cLength).fill(untouched)
  eachBatch(spec, (a, b, c) => {
    for (let i = 0; i < spec.m; i++)
      for (let j = 0; j < spec.n; j++) {
        const from = at.a + a + i * spec.aRow
        const to = at.b + b + j * spec.bColumn
        result[at.c - at.cFirst + c + i * spec.cRow + j] = sum(
          spec.k,
          (k) => values[from + k * spec.aDepth]! * values[to + k * spec.bDepth]!,
        )
      }
  })
  return new Int32Array(result.buffer)
}

let serial = 0

/** The bits of C and of what surrounds it, computed by the kernel in `parts` calls. */
export function computed(at: Case, options: ContractionOptions, parts: number): Int32Array {
  const builder = new ModuleBuilder()
  const contraction = emitContraction(builder, at.spec, options)
  // A name of its own: V8 would give equal modules the code that it has, whatever its flags are now.
  const name = `run${serial++}`
  builder.export(name, contraction.function)
  const pages = at.memory.buffer.byteLength / 65536
  const bytes = builder.build({ shared: false, initialPages: 1, maximumPages: pages })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: at.memory } })
  const run = instance.exports[name] as (...parameters: number[]) => void
  const values = new Float32Array(at.memory.buffer)
  values.fill(untouched, at.cFirst, at.cFirst + at.cLength)
  if (at.scratch + contraction.scratchBytes > at.memory.buffer.byteLength) throw new Error('the scratch does not fit')
  // The parts run in reverse order, each with a dirty scratch, as threads might.
  for (let part = parts - 1; part >= 0; part--) {
    values.fill(NaN, at.scratch / 4)
    const lo = Math.floor((contraction.units * part) / parts)
    const hi = Math.floor((contraction.units * (part + 1)) / parts)
    run(at.a * 4, at.b * 4, at.c * 4, at.scratch, lo, hi)
  }
  const after = new Float32Array(at.memory.buffer, at.scratch + contraction.scratchBytes)
  if (!after.every(Number.isNaN)) throw new Error('the kernel wrote past its scratch')
  return new Int32Array(at.memory.buffer.slice(at.cFirst * 4, (at.cFirst + at.cLength) * 4))
}
