/** Random programs give on wasm what the definitions give, and the same bits on one thread and on three. */
import { beforeAll, expect, test } from 'vitest'
import { ReferenceBackend } from '../../src/backends/reference/index.ts'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import type { Backend, StateStorage } from '../../src/compiler/program.ts'
import type { HostArray } from '../../src/graph/node.ts'
import { type RandomProgram, randomProgram } from './random-program.ts'

const reference = new ReferenceBackend()
const single = new WasmBackend({ threads: 1 })
const several = new WasmBackend({ threads: 3 })

beforeAll(() => several.team.ready())

/** The outputs of two runs, the second of which reads the states that the first one wrote, and the states at the end. */
function execute(backend: Backend, { program, values }: RandomProgram): HostArray[] {
  const storage = program.bindings.map(({ kind, type }, i): StateStorage | HostArray =>
    kind === 'state' ? backend.createState(type, values[i]) : values[i]!,
  )
  const executable = backend.compile(program)
  const states = storage.filter((item): item is StateStorage => 'read' in item)
  const results = [...executable.run(storage), ...executable.run(storage), ...states.map((state) => state.read())]
  executable.free()
  for (const state of states) state.free()
  return results
}

/** Float32 loses digits in proportion to the largest numbers that are added. */
const RELATIVE = 5e-5
const ABSOLUTE = 2e-6

function difference(actual: HostArray, expected: HostArray): string | undefined {
  if (actual.length !== expected.length) return `has ${actual.length} elements instead of ${expected.length}`
  let largest = 0
  for (const x of expected) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x))
  for (const [i, e] of expected.entries()) {
    const a = actual[i]!
    if (Object.is(a, e) || a === e || Math.abs(a - e) <= ABSOLUTE + RELATIVE * largest) continue
    return `has element ${i} = ${a} instead of ${e}`
  }
  return undefined
}

/** What is wrong with a program; undefined where nothing is. */
function fault(random: RandomProgram): string | undefined {
  let expected: HostArray[]
  let actual: HostArray[]
  let shared: HostArray[]
  try {
    expected = execute(reference, random)
    actual = execute(single, random)
    shared = execute(several, random)
  } catch (error) {
    return String(error instanceof Error ? error.stack : error)
  }
  for (const [i, result] of expected.entries()) {
    const text = difference(actual[i]!, result)
    if (text !== undefined) return `result ${i} ${text}`
    const [one, three] = [actual[i]!, shared[i]!].map(({ buffer }) => Buffer.from(buffer))
    if (!one!.equals(three!)) return `result ${i} differs between one thread and three`
  }
  return undefined
}

/** All seeds that fail, and the shortest of their programs. */
function faults(seeds: readonly number[], options: { readonly large: boolean }): string {
  const failed = seeds.flatMap((seed) => {
    const random = randomProgram(seed, options)
    const what = fault(random)
    return what === undefined ? [] : [{ seed, text: `seed ${seed}: ${what}\n${random.text}` }]
  })
  if (failed.length === 0) return ''
  const shortest = failed.reduce((a, b) => (b.text.length < a.text.length ? b : a))
  return `seeds ${failed.map(({ seed }) => seed).join(', ')} fail; ${shortest.text}`
}

/** NEURITE_FUZZ=1000:2000 tries other seeds. */
const [from, to] = (process.env['NEURITE_FUZZ'] ?? '0:300').split(':').map(Number) as [number, number]
const seeds = Array.from({ length: to - from }, (_, i) => from + i)

test('small programs', () => {
  expect(seeds.length).toBeGreaterThan(0)
  expect(faults(seeds, { large: false })).toBe('')
})

test('programs that threads share', () => {
  expect(several.team.threads).toBe(3)
  expect(faults(seeds.slice(0, seeds.length / 10), { large: true })).toBe('')
})
