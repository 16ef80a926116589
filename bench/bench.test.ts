import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Entry } from './measure.mjs'
import { cellName, measureWorkload } from './measure.mjs'
import { OptionError, parseOptions, peerNames, workloadNames } from './options.mjs'
import { gigaflops, jsonText, mainTable, productTable, resultsPage, round3 } from './report.mjs'
import { quantile, summary } from './statistics.mjs'
import type { System } from './systems.mjs'
import { verdicts } from './targets.mjs'
import { Timer } from './timer.mjs'

const entry = (workload: string, system: string, medianMs: number, more: Partial<Entry> = {}): Entry => ({
  workload,
  system,
  version: '1.2.3',
  node: '20.20.2',
  mode: null,
  threads: 1,
  medianMs,
  p10: medianMs / 2,
  p90: medianMs * 2,
  steps: 100,
  ...more,
})
const neurite = (workload: string, medianMs: number, more: Partial<Entry> = {}): Entry =>
  entry(workload, 'neurite', medianMs, { mode: 'reproducible', ...more })

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

  test.each([
    [['T9'], /workload T9 is unknown. Known: T1, T2/],
    [['--peers', 'keras'], /keras is unknown. Known: torch/],
    [['--peers', 'torch,,tfjs'], /an item is empty/],
    [['--peers'], /--peers needs a value/],
    [['--json', '--threads', '1'], /--json needs a value/],
    [['--threads', '3'], /3 is unknown. Known: 1, 2/],
    [['--nodes', '22'], /22 is unknown. Known: 20, 24/],
    [['--seconds', '-1'], /expected a number above 0/],
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

  test('the page keeps its notes', () => {
    const page = { date: '2030-01-02', machine: ['two cores'], targets: '', tables: ['| a |'], remarks: ['none'] }
    const first = resultsPage({ ...page, before: '' })
    const noted = first.replace('<!-- end of the notes -->', 'Tiles are too small.\n\n<!-- end of the notes -->')
    const second = resultsPage({ ...page, before: noted, date: '2030-01-03' })
    expect(second).toContain('Tiles are too small.')
    expect(second).toContain('2030-01-03')
    expect(second).not.toContain('2030-01-02')
    expect(resultsPage({ ...page, before: second })).toContain('Tiles are too small.')
  })
})

describe('targets', () => {
  const met = (entries: Entry[], name: string) =>
    verdicts(entries, [], undefined).find((one) => one.name.startsWith(name))

  test('ratios and their limits', () => {
    const torch = entry('T1', 'torch', 0.4, { node: null })
    expect(met([neurite('T1', 0.002), torch], 'T1: times as fast as PyTorch')).toMatchObject({
      measured: '200',
      met: true,
    })
    expect(met([neurite('T1', 0.01), torch], 'T1: times as fast as PyTorch')).toMatchObject({
      measured: '40.0',
      met: false,
    })
    const two = [neurite('T2', 8, { mode: 'fast' }), neurite('T2', 5, { mode: 'fast', threads: 2 })]
    expect(met(two, 'T2: 2 threads against 1 (Node 20')).toMatchObject({ measured: '1.60', met: true })
    expect(met([neurite('startup', 101)], 'startup')).toMatchObject({ target: '≤ 100', met: false })
    const rivals = [neurite('I1', 0.1), entry('I1', 'torch', 0.3), entry('I1', 'onnxruntime-node', 0.09)]
    expect(met(rivals, 'I1')).toMatchObject({ measured: '0.900', met: false })
  })

  test('what one side is missing for is not judged', () => {
    expect(verdicts([neurite('T1', 0.002), neurite('G1-512', 5, { mode: 'fast' })], [], undefined)).toEqual([])
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

  test('cells run in processes of their own; one that fails leaves the others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const source = (step: string) =>
      `let n = 0\nexport const workload = () => ({ step: () => { ${step} }, loss: (x) => -x })`
    const system = (name: string, step: string): System => {
      const module = join(folder, `${name}.mjs`)
      writeFileSync(module, source(step))
      const worker = fileURLToPath(new URL('worker.mjs', import.meta.url))
      const args = (workload: string, warmSeconds: number) => [
        worker,
        JSON.stringify({ module, workload, settings: {}, warmSeconds }),
      ]
      const shared = { node: '20.20.2', mode: null, threads: 1, version: '1', workloads: ['T1'], env: {} }
      return { ...shared, name, command: process.execPath, args, firstStepArgs: () => [] }
    }
    const systems = [
      system('good', 'return ++n'),
      system('lazy', 'return 1'),
      system('broken', "throw new Error('no such layer')"),
      system('dying', 'if (++n > 3) process.exit(3); return n'),
    ]
    const options = {
      seconds: 0.02,
      warmSeconds: 0.01,
      limitSeconds: 30,
      rounds: 2,
      log: () => {},
      betweenRounds: () => {},
    }
    const { entries, failures } = await measureWorkload('T1', systems, options)
    expect(entries.map((one) => one.system)).toEqual(['good'])
    expect(entries[0]!.steps).toBeGreaterThan(0)
    const reasons = Object.fromEntries(failures.map(({ cell, reason }) => [cell.split(',')[0], reason]))
    expect(reasons).toMatchObject({ lazy: expect.stringContaining('does not learn'), broken: 'no such layer' })
    expect(reasons['dying']).toContain('the process ended')
  })
})
