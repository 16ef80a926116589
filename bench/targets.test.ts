import { describe, expect, test } from 'vitest'
import type { Entry, Failure } from './measure.mjs'
import { verdicts } from './targets.mjs'
import { entry, neurite } from './test-entries.ts'

describe('targets', () => {
  const met = (entries: Entry[], name: string, failures: Failure[] = []) =>
    verdicts(entries, failures, undefined).find((one) => one.name.startsWith(name))
  const fast = (workload: string, medianMs: number, major: string, threads = 1) =>
    neurite(workload, medianMs, { mode: 'fast', node: `${major}.1.0`, threads })

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

  test('networks against PyTorch, two threads against one', () => {
    const torch = ['T5', 'T7'].map((workload) => entry(workload, 'torch', 100, { node: null }))
    const cells = [...torch, fast('T5', 120, '20'), fast('T5', 77, '24'), fast('T7', 90, '24'), fast('T7', 60, '24', 2)]
    expect(met(cells, 'T5: times as fast as PyTorch (Node 20')).toMatchObject({ target: '≥ 0.85', met: false })
    expect(met(cells, 'T5: times as fast as PyTorch (Node 24')).toMatchObject({ target: '≥ 1.3', met: false })
    expect(met(cells, 'T7: times as fast as PyTorch (Node 24')).toMatchObject({ measured: '1.11', target: '≥ 1.15' })
    expect(met(cells, 'T7: times as fast as PyTorch (Node 20')).toBeUndefined()
    expect(met(cells, 'T7: 2 threads against 1 (Node 24')).toMatchObject({ measured: '1.50', met: true })
  })

  test('the fastest JavaScript peer counts, or the limit where none finished', () => {
    const peers = [
      entry('T6', 'tfjs-cpu', 9000),
      entry('T6', 'jax-js', 4100),
      entry('T6', 'jax-js', 10, { threads: 2 }),
    ]
    const name = 'T6: times as fast as the fastest JavaScript peer (Node 24'
    expect(met([fast('T6', 200, '24'), ...peers], name)).toMatchObject({ measured: '20.5', target: '≥ 20', met: true })
    const unfinished = { workload: 'T6', system: 'jax-js', node: '24.1.0', threads: 1, cell: '', reason: '' }
    expect(met([fast('T6', 200, '24')], name, [{ ...unfinished, limitMs: 60_000 }])).toMatchObject({
      name: expect.stringContaining('none finished'),
      measured: '300',
      met: true,
    })
    expect(met([fast('T6', 200, '24')], name, [unfinished])).toBeUndefined()
  })

  test('inference against ONNX Runtime, and the first step of T3', () => {
    const runtimes = [entry('I2', 'onnxruntime-web', 2), entry('I2', 'onnxruntime-node', 0.5)]
    const cells = [...runtimes, fast('I2', 1, '24')]
    expect(met(cells, 'I2: times as fast as onnxruntime-web (Node 24, fast, 1')).toMatchObject({ measured: '2.00' })
    expect(met(cells, 'I2: times as long as onnxruntime-node')).toMatchObject({ target: '≤ 1.5', met: false })
    expect(met(cells, 'I2: times as long as onnxruntime-node (Node 24, fast, 2')).toBeUndefined()
    const started = [fast('startup-T3', 340, '24', 2), fast('T3', 100, '24', 2), fast('T3', 20, '24')]
    expect(met(started, 'startup-T3')).toMatchObject({ measured: '240', target: '≤ 250', met: true })
  })

  test('what one side is missing for is not judged', () => {
    expect(verdicts([neurite('T1', 0.002), neurite('G1-512', 5, { mode: 'fast' })], [], undefined)).toEqual([])
  })
})
