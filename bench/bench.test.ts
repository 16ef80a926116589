import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Entry } from './measure.mjs'
import { writeArrays } from './arrays-file.mjs'
import type { Failure } from './measure.mjs'
import { cellName, disagreement, measureWorkload } from './measure.mjs'
import type { Values } from './networks.mjs'
import { fingerprint, networkNames, networkOf } from './networks.mjs'
import { OptionError, parseOptions, partsOf, peerNames, workloadNames } from './options.mjs'
import { gigaflops, jsonText, mainTable, productTable, resultsPage, round3 } from './report.mjs'
import { quantile, summary } from './statistics.mjs'
import type { System } from './systems.mjs'
import { entry, neurite } from './test-entries.ts'
import { Timer } from './timer.mjs'

describe('options', () => {
  test('by default everything runs', () => {
    const options = parseOptions([], 20)
    expect(options).toMatchObject({ workloads: workloadNames, peers: peerNames, threads: [1, 2], nodes: [20, 24] })
    expect(options.isFull).toBe(true)
    expect(parseOptions([], 24).nodes).toEqual([24])
  })

  test('a part, in the order of the table', () => {
    const options = parseOptions(['T2', 'T1', '--peers', 'tfjs,torch', '--json', 'cells.json', '--threads=1'], 20)
    expect(options).toMatchObject({
      workloads: ['T1', 'T2'],
      peers: ['torch', 'tfjs'],
      json: 'cells.json',
      threads: [1],
    })
    expect(options.isFull).toBe(false)
    expect(parseOptions(['--peers', 'none'], 20).peers).toEqual([])
    expect(parseOptions(['--json', 'cells.json'], 20).isFull).toBe(true)
  })

  test('quick takes few steps, and a part of the run writes no page', () => {
    const options = parseOptions(['T3', 'I4', '--quick', '--limit', '5'], 20)
    expect(options).toMatchObject({ workloads: ['T3', 'I4'], rounds: 1, starts: 1, limitSeconds: 5, isFull: false })
    expect(options.seconds).toBeLessThan(0.1)
    expect(parseOptions(['--quick'], 20).isFull).toBe(false)
    expect(parseOptions([], 20).limitSeconds).toBe(60)
  })

  test('workloads of several parts', () => {
    expect(partsOf(['T3', 'G1', 'startup'])).toEqual(['T3', 'G1-512', 'G1-1024', 'startup', 'startup-T3'])
  })

  test.each([
    [['T9'], /workload T9 is unknown. Known: T1, T2/],
    [['--peers', 'keras'], /keras is unknown. Known: torch/],
    [['--peers', 'torch,,tfjs'], /an item is empty/],
    [['--peers'], /--peers needs a value/],
    [['--json', '--threads', '1'], /--json needs a value/],
    [['--threads', '3'], /3 is unknown. Known: 1, 2/],
    [['--nodes', '22'], /22 is unknown. Known: 20, 24/],
    [['--seconds', '-1'], /expected a number above 0/],
    [['--limit', 'soon'], /expected a number above 0/],
    [['--rounds', '1.5'], /expected a whole number above 0/],
    [['--fast'], /--fast is unknown. Known: --peers/],
  ])('%j is refused', (args, message) => {
    expect(() => parseOptions(args, 20)).toThrow(OptionError)
    expect(() => parseOptions(args, 20)).toThrow(message)
  })
})

describe('numbers', () => {
  test('quantiles', () => {
    const samples = [5, 1, 4, 2, 3]
    expect(summary(samples)).toEqual({ medianMs: 3, p10: 1, p90: 5 })
    expect(samples).toEqual([5, 1, 4, 2, 3])
    expect(() => quantile([], 0.5)).toThrow('at least one sample')
  })

  test('three digits', () => {
    expect([0.001234, 0.5, 1, 12.345, 1234.5].map(round3)).toEqual(['0.00123', '0.500', '1.00', '12.3', '1235'])
    expect(round3(Infinity)).toBe('-')
  })
})

describe('tables', () => {
  const entries = [
    neurite('T1', 0.002),
    neurite('T1', 0.004, { threads: 2 }),
    entry('T1', 'torch', 0.4, { node: null }),
    entry('T1', 'torch', 0.2, { node: null, threads: 2 }),
  ]
  const rowOf = (table: string, name: string) =>
    table
      .split('\n')
      .find((line) => line.startsWith(`| ${name} `))
      ?.split('|')
      .slice(2, -1)
      .map((cell) => cell.trim())

  test('a ratio compares equal numbers of threads', () => {
    const table = mainTable(entries)
    expect(table.split('\n')[0]).toContain('÷ reproducible 20')
    expect(rowOf(table, 'torch, 1 thread')).toEqual(['0.400', '0.200', '0.800', '200'])
    expect(rowOf(table, 'torch, 2 threads')).toEqual(['0.200', '0.100', '0.400', '50.0'])
    expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1)
  })

  test('products are shares of the peaks of as many cores', () => {
    const product = neurite('G1-512', 10, { threads: 2 })
    expect(gigaflops(product)).toBeCloseTo(26.84, 2)
    const peaks = { fma128: 50, fma256: 100, mulAdd128: 40, mulAdd256: 80 }
    const blas = entry('G1-512', 'openblas', 5, { node: null, threads: 2 })
    const table = productTable([product, blas, entry('T1', 'torch', 1)], peaks)
    const cells = ['26.8', '27 %', '34 %', '13 %', '17 %', '50 %']
    expect(rowOf(table, 'neurite, reproducible, Node 20, 2 threads')).toEqual(cells)
    expect(rowOf(productTable([product], undefined), cellName(product))).toEqual(['26.8', '-', '-', '-', '-', '-'])
    expect(productTable(entries, peaks)).toBe('')
  })

  test('the JSON has the agreed keys and nothing else', () => {
    const written = JSON.parse(jsonText([{ ...entries[0]!, extra: 1 } as Entry]))
    const keys = ['workload', 'system', 'version', 'node', 'mode', 'threads', 'medianMs', 'p10', 'p90', 'steps']
    expect(written.map(Object.keys)).toEqual([keys])
    expect(written[0]).toMatchObject({ system: 'neurite', mode: 'reproducible', medianMs: 0.002 })
  })

  test('cells without a figure stand in the table', () => {
    const failure = { system: 'tfjs-cpu', node: null, threads: 1, reason: 'too slow' }
    const failures: Failure[] = [
      { ...failure, workload: 'T1', cell: 'tfjs-cpu, 1 thread', limitMs: 60_000 },
      { ...failure, workload: 'T6', cell: 'tfjs-wasm, 1 thread' },
      { ...failure, workload: 'T6', cell: 'neurite, fast, Node 24, 1 thread', system: 'neurite' },
    ]
    const table = mainTable(entries, failures)
    expect(rowOf(table, 'tfjs-cpu, 1 thread')?.[0]).toBe('> 60 s')
    expect(rowOf(table, 'tfjs-wasm, 1 thread')?.[0]).toBe('cannot')
    expect(rowOf(table, 'neurite, fast, Node 24, 1 thread')?.[0]).toBe('failed')
    expect(table).toContain('**T6**')
  })

  test('the page keeps its notes', () => {
    const page = { date: '2030-01-02', machine: ['two cores'], targets: '', tables: ['| a |'], remarks: ['none'] }
    const first = resultsPage({ ...page, before: '' })
    const noted = first
      .replace('<!-- end of the notes -->', 'Tiles are too small.\n\n<!-- end of the notes -->')
      .replace('<!-- end of the costs -->', 'T3: packing.\n\n<!-- end of the costs -->')
    const second = resultsPage({ ...page, before: noted, date: '2030-01-03' })
    expect(second).toContain('Tiles are too small.')
    expect(second).toContain('2030-01-03')
    expect(second).not.toContain('2030-01-02')
    expect(second.indexOf('T3: packing.')).toBeGreaterThan(second.indexOf('largest remaining cost'))
    expect(resultsPage({ ...page, before: second })).toMatch(/Tiles are too small\.[^]*T3: packing\./)
  })
})

describe('networks', () => {
  test('weights and batches depend on nothing but their names', () => {
    const { parameters, batch } = networkOf('T4')
    networkOf('T7')
    const bytes = (values: Record<string, Values>) => Object.values(values).map(({ data }) => Buffer.from(data.buffer))
    const same = (a: Record<string, Values>, b: Record<string, Values>) =>
      bytes(a).every((one, index) => one.equals(bytes(b)[index]!))
    expect(same(networkOf('T4').parameters, parameters)).toBe(true)
    expect(same(networkOf('I3').parameters, networkOf('T5').parameters)).toBe(true)
    expect(same(networkOf('I3').batch, networkOf('T5').batch)).toBe(false)
    expect(new Set(batch['labels']!.data)).toEqual(new Set(Array.from({ length: 65 }, (_, label) => label)))
    for (const name of networkNames) {
      const arrays = networkOf(name)
      for (const { shape, data } of Object.values({ ...arrays.parameters, ...arrays.batch })) {
        expect(data).toHaveLength(shape.reduce((product, length) => product * length, 1))
      }
    }
  })

  test('a file holds every array where its description says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    writeArrays(folder)
    const { parameters, batch } = JSON.parse(readFileSync(join(folder, 'T4.json'), 'utf8'))
    const bytes = readFileSync(join(folder, 'T4.bin'))
    const { offset, dtype, shape } = parameters['output.bias']
    expect([dtype, shape]).toEqual(['float32', [65]])
    expect(bytes.readFloatLE(offset + 4 * 64)).toBe(networkOf('T4').parameters['output.bias']!.data[64])
    expect(bytes.readInt32LE(batch.labels.offset)).toBe(networkOf('T4').batch['labels']!.data[0])
    expect(batch.labels.offset + 4 * 32 * 64).toBe(bytes.length)
  })

  test('systems that compute something else are told', () => {
    expect(disagreement([2.3, 2.2001], [2.3, 2.2, 2.1])).toBeUndefined()
    expect(disagreement([2.3, 2.21], [2.3, 2.2])).toContain('step 2 gives 2.21 where others have 2.2')
    expect(disagreement([Number.NaN], [2.3])).toContain('step 1')
    expect(disagreement([], [2.3])).toBeUndefined()
    expect(fingerprint([1, -2])).toBe(1)
    expect(fingerprint([-2, 1])).not.toBe(1)
  })
})

describe('timing', () => {
  test('a step that does not learn fails', async () => {
    const losses = [3, 2, 1]
    const timer = new Timer({ step: () => losses.shift() ?? 0.5, loss: (loss) => loss as number })
    await timer.warm(0.001)
    expect((await timer.slice(0.001)).samples.length).toBeGreaterThan(0)
    await timer.finish()
    const constant = new Timer({ step: () => 1, loss: (loss) => loss as number })
    await constant.warm(0.001)
    await expect(constant.finish()).rejects.toThrow('it does not learn: the loss was 1 and is 1')
  })

  test('the first steps are handed out to be compared', async () => {
    let n = 0
    const timer = new Timer({ step: () => ++n, agree: (result) => 10 * (result as number) })
    expect((await timer.warm(0.001)).agreed).toEqual([10, 20, 30, 40, 50])
    expect((await new Timer({ step: () => 1 }).warm(0.001)).agreed).toEqual([])
  })

  test('asynchronous steps are awaited, each counted', async () => {
    let ended = 0
    const timer = new Timer({ step: () => Promise.resolve().then(() => ++ended) })
    await timer.warm(0.001)
    const before = ended
    const { samples, steps } = await timer.slice(0.001)
    // The slice warms up again before it counts.
    expect(ended - before).toBeGreaterThanOrEqual(steps)
    expect(steps % samples.length).toBe(0)
    expect(timer.result).toBe(ended)
  })

  /** A system whose module is the text of its step and of the number that must agree. */
  const systemOf = (name: string, step: string, { agreed = 'x', threads = 1 } = {}): System => {
    const module = join(mkdtempSync(join(tmpdir(), 'bench-')), `${name}.mjs`)
    const workload = `() => ({ step: () => { ${step} }, loss: (x) => -x, agree: (x) => ${agreed} })`
    writeFileSync(module, `let n = 0\nexport const workload = ${workload}`)
    const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
    const args = (workload: string, warmSeconds: number) => [
      worker,
      JSON.stringify({ module, workload, settings: {}, warmSeconds }),
    ]
    const shared = { node: '20.20.2', mode: null, version: '1', workloads: ['T1'], env: {} }
    return { ...shared, name, threads, command: process.execPath, args, firstStepArgs: () => [] }
  }
  const options = { seconds: 0.02, warmSeconds: 0.01, rounds: 2, log: () => {}, betweenRounds: () => {} }
  const reasonsOf = (failures: Failure[]) => failures.map(({ system, reason }) => [system, reason])

  test('cells run in processes of their own; one that fails leaves the others', async () => {
    const systems = [
      systemOf('good', 'return ++n'),
      systemOf('lazy', 'return 1', { agreed: '++n' }),
      systemOf('broken', "throw new Error('no such layer')"),
      systemOf('different', 'return ++n', { agreed: 'x + 1' }),
      systemOf('dying', 'if (++n > 3) process.exit(3); return n'),
    ]
    const { entries, failures } = await measureWorkload('T1', systems, { ...options, limitSeconds: 60 })
    expect(entries.map((one) => one.system)).toEqual(['good'])
    expect(entries[0]!.steps).toBeGreaterThan(0)
    expect(Object.fromEntries(reasonsOf(failures))).toMatchObject({
      lazy: expect.stringContaining('does not learn'),
      broken: 'no such layer',
      different: 'it computes something else: step 1 gives 2 where others have 1',
      dying: expect.stringContaining('the process ended'),
    })
    expect(failures.every(({ limitMs }) => limitMs === undefined)).toBe(true)
  })

  test('a cell over the limit did not finish, and is not tried with more threads', async () => {
    const systems = [systemOf('endless', 'for (;;);'), systemOf('endless', 'return ++n', { threads: 2 })]
    const { entries, failures } = await measureWorkload('T1', systems, { ...options, limitSeconds: 0.5 })
    expect(entries).toEqual([])
    expect(reasonsOf(failures)).toEqual([
      ['endless', 'did not finish its first steps within 0.5 s'],
      ['endless', 'not tried, since it did not finish with 1 thread'],
    ])
    expect(failures.map(({ limitMs }) => limitMs)).toEqual([500, 500])
  })
})
