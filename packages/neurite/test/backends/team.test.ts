import { afterEach, describe, expect, test } from 'vitest'
import { WasmBackend } from '../../src/backends/wasm/backend.ts'
import type { Executable } from '../../src/compiler/program.ts'
import { NeuriteError } from '../../src/errors.ts'
import type { HostArray, Node } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { runChild } from '../proof/support/child.ts'

const size = 160
const values = Float32Array.from({ length: size * size }, (_, i) => ((i * 7919) % 257) / 257 - 0.5)

/** Large enough to be shared: softmax(x x) x. */
function compileLarge(backend: WasmBackend): Executable {
  const type = { shape: [size, size], dtype: 'float32' } as const
  const x: Node = ops.binding({ index: 0, type })
  const outputs = [ops.matmul(ops.softmax(ops.matmul(x, x), 1), x)]
  return backend.compile({ bindings: [{ kind: 'data', type }], outputs, assignments: [] })
}

const single = new WasmBackend({ threads: 1 })
const expected: HostArray = compileLarge(single).run([values])[0]!
const backends: WasmBackend[] = []

/** Runs the program and compares every bit. */
function expectSame(program: Executable): void {
  const [found] = program.run([values])
  expect(Buffer.from(found!.buffer).equals(Buffer.from(expected.buffer))).toBe(true)
}

async function backendWith(threads: number): Promise<{ backend: WasmBackend; program: Executable }> {
  const backend = new WasmBackend({ threads })
  backends.push(backend)
  const program = compileLarge(backend)
  await backend.team.ready()
  expect(backend.team.threads).toBe(threads)
  return { backend, program }
}

/** Ends the workers, which otherwise wait for the end of this process. */
afterEach(() => {
  for (const backend of backends.splice(0)) backend.setThreads(1)
})

test('the program of these tests is shared among threads', () => {
  expect(compileLarge(single).describe()).toContain('parallel')
})

describe('setThreads', () => {
  test('may be called at any time while programs exist', async () => {
    const backend = new WasmBackend({ threads: 1 })
    backends.push(backend)
    const program = compileLarge(backend)
    for (const threads of [1, 2, 4, 1, 3, 2, 1, 4]) {
      backend.setThreads(threads)
      // Before the workers are ready the steps run on one thread.
      expectSame(program)
      await backend.team.ready()
      expect(backend.team.threads).toBe(threads)
      for (let i = 0; i < 20; i++) expectSame(program)
    }
  })

  test('many times in a row, without waiting, leaves a team that works', async () => {
    const { backend, program } = await backendWith(2)
    for (let i = 0; i < 12; i++) backend.setThreads(1 + (i % 4))
    await backend.team.ready()
    expect(backend.team.threads).toBe(4)
    for (let i = 0; i < 50; i++) expectSame(program)
  })

  test('beyond the room of an older program runs that one on one thread, and a new one on all', async () => {
    const { backend, program } = await backendWith(2)
    const room = backend.team.maximum
    backend.setThreads(room + 1)
    await backend.team.ready()
    expect(backend.team.threads).toBe(room + 1)
    expectSame(program)
    const later = compileLarge(backend)
    expect(backend.team.maximum).toBe(room + 1)
    expectSame(later)
  })

  test('refuses what is no number of threads', () => {
    expect(() => single.setThreads(0)).toThrow(/setThreads\(0\)\n {2}expected: .+\n {2}fix: .+/)
    expect(() => single.setThreads(1.5)).toThrow(/setThreads\(1\.5\)/)
  })
})

test('a program is shared where its code and its memory lie beyond two gibibytes', async () => {
  const { backend } = await backendWith(2)
  const program = compileLarge(backend)
  // Reserved, never written: it takes no memory of the machine.
  backend.heap.allocate(2 ** 31, 'a large model')
  for (let i = 0; i < 3; i++) expectSame(program)
  expect(backend.team.threads).toBe(2)
})

test('programs come and go, and the memory grows, under a team', async () => {
  const { backend, program } = await backendWith(2)
  for (let i = 0; i < 10; i++) {
    backend.heap.allocate(3_000_000, 'something else')
    const other = compileLarge(backend)
    expectSame(other)
    other.free()
    expectSame(program)
  }
})

describe('a worker that fails', () => {
  const fails = (run: () => unknown): NeuriteError => {
    try {
      run()
    } catch (error) {
      expect(error).toBeInstanceOf(NeuriteError)
      return error as NeuriteError
    }
    throw new Error('the step did not fail')
  }

  test('in the middle of a step makes the step fail, and the next one works', async () => {
    const { backend, program } = await backendWith(2)
    expectSame(program)
    // The worker is told to run a program that it was never given: it fails while this thread waits at a barrier.
    const team = backend.team as unknown as {
      command(kind: number, program: number, region: number, length: number): void
    }
    const command = team.command.bind(team)
    let wrong = true
    team.command = (kind, number, region, length) => {
      command(kind, wrong ? number + 1000 : number, region, length)
      wrong = false
    }
    const { what, expected: wanted, fix, cause } = fails(() => program.run([values]))
    expect(what).toContain('a thread failed')
    expect(wanted).toBe('all threads to finish')
    expect(fix).toContain('setThreads(1)')
    expect(cause).toBeInstanceOf(WebAssembly.RuntimeError)
    for (let i = 0; i < 5; i++) expectSame(program)
    backend.setThreads(3)
    await backend.team.ready()
    expect(backend.team.threads).toBe(3)
    expectSame(program)
  })

  test('by a bad module makes the step fail, and the next one works', async () => {
    const { backend, program } = await backendWith(2)
    const { team } = backend
    const registered = (team as unknown as { programs: Map<number, { module: { bytes: Uint8Array } }> }).programs
    const [entry] = registered.values()
    const good = entry!.module.bytes
    Object.assign(entry!.module, { bytes: new Uint8Array(good.length) })
    expect(fails(() => program.run([values])).what).toContain('a thread failed')
    Object.assign(entry!.module, { bytes: good })
    expectSame(program)
    await team.ready()
    expect(team.threads).toBe(2)
    expectSame(program)
  })

  test('between two steps is noticed: steps go on without it', async () => {
    const { backend, program } = await backendWith(2)
    expectSame(program)
    const { workers } = backend.team as unknown as { workers: { terminate(): Promise<unknown> }[] }
    await workers[0]!.terminate()
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (let i = 0; i < 5; i++) expectSame(program)
    expect(backend.team.threads).toBe(1)
  }, 20_000)
})

describe('in a process of its own', () => {
  test('workers do not keep Node alive', async () => {
    const text = await runChild('run-team.ts', { limit: 20_000 })
    expect(JSON.parse(text)).toEqual({ threads: 3, finite: true })
  })

  test('without SharedArrayBuffer everything runs on one thread', async () => {
    const found = JSON.parse(await runChild('run-without-threads.ts')) as { shared: boolean; threads: number }
    expect(found).toMatchObject({ shared: false, threads: 1 })
  })
})
