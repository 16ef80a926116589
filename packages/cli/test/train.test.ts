import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { readSafetensors } from 'neurite/formats'
import { describe, expect, test } from 'vitest'
import { jsonLines, run, start, temporaryFolder } from './support.ts'

const moons = ['train', 'mlp', '--epochs', '3', '--threads', '1']

const weightsOf = (folder: string, name: string): Buffer => readFileSync(join(folder, name, 'model.safetensors'))

describe('neurite train, without a terminal', () => {
  test('tells in plain lines what happens, and saves the model', async () => {
    const folder = temporaryFolder()
    const { code, stdout, stderr } = await run(moons, folder)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    // No line is drawn over another, and nothing is coloured.
    expect(stdout).not.toContain('\r')
    expect(stripVTControlCharacters(stdout)).toBe(stdout)
    for (const text of [
      'moons: two half circles',
      'epoch 1/3   loss ',
      'epoch 3/3   loss ',
      'Trained: 60 steps',
      'Loss while training',
      'step 60',
      'Test accuracy',
      'Confusion matrix',
      'What it learned',
      join('runs', 'mlp', 'model.safetensors'),
    ]) {
      expect(stdout).toContain(text)
    }
    const description = JSON.parse(readFileSync(join(folder, 'runs/mlp/model.json'), 'utf8'))
    expect(description).toMatchObject({
      format: 'neurite-model',
      recipe: 'mlp',
      inputShape: [2],
      classNames: ['0', '1'],
      preprocessing: { kind: 'points' },
      training: {
        data: 'moons',
        seed: 0,
        epochs: 3,
        batchSize: 20,
        steps: 60,
        mode: 'reproducible',
        interrupted: false,
      },
    })
    expect(description.library).toMatch(/^neurite \d+\.\d+\.\d+$/)
    expect(description.architecture[0]).toEqual({ type: 'Linear', inFeatures: 2, outFeatures: 32, bias: true })
    const { tensors } = readSafetensors(weightsOf(folder, 'runs/mlp'))
    expect([...tensors.keys()]).toEqual(['0.weight', '0.bias', '2.weight', '2.bias', '4.weight', '4.bias'])
    expect(tensors.get('0.weight')!.shape).toEqual([32, 2])
  })

  test('--json: nothing but JSON objects, the last one with the final metrics', async () => {
    const folder = temporaryFolder()
    const { code, stdout } = await run([...moons, '--json', '--batch', '50', '--out', 'here'], folder)
    expect(code).toBe(0)
    const events = jsonLines(stdout)
    const names = events.map(({ event }) => event)
    expect(names.filter((name) => name === 'step')).toHaveLength(24)
    expect(names.filter((name) => name === 'epoch')).toHaveLength(3)
    expect(names[0]).toBe('recipe')
    expect(events[0]).toMatchObject({ recipe: 'mlp', data: 'moons', seed: 0, trainExamples: 400, testExamples: 400 })
    const step = events.find(({ event }) => event === 'step')!
    for (const key of ['epoch', 'step', 'loss', 'accuracy', 'examplesPerSecond', 'secondsLeft']) {
      expect(typeof step[key]).toBe('number')
    }
    const last = events.at(-1)!
    expect(last).toMatchObject({ event: 'result', steps: 24, interrupted: false, testExamples: 400 })
    expect(last['testAccuracy']).toBeGreaterThan(0.5)
    const confusion = last['confusion'] as number[][]
    expect(confusion.flat().reduce((a, b) => a + b, 0)).toBe(400)
    expect(last['testAccuracy']).toBeCloseTo((confusion[0]![0]! + confusion[1]![1]!) / 400, 12)
    expect(last['saved']).toEqual({
      folder: 'here',
      weights: join('here', 'model.safetensors'),
      description: join('here', 'model.json'),
    })
  })

  test('the same seed gives the same weights, on one thread and on two; another seed others', async () => {
    const folder = temporaryFolder()
    const runs = [
      ['a', '--seed', '5', '--threads', '1'],
      ['b', '--seed', '5', '--threads', '2'],
      ['c', '--seed', '6', '--threads', '1'],
    ]
    for (const [out, ...options] of runs) {
      const { code } = await run(['train', 'mlp', '--epochs', '1', '--out', out!, ...options], folder)
      expect(code).toBe(0)
    }
    expect(weightsOf(folder, 'a').equals(weightsOf(folder, 'b'))).toBe(true)
    expect(weightsOf(folder, 'a').equals(weightsOf(folder, 'c'))).toBe(false)
  })

  test('--mode fast trains as well, and the description says so', async () => {
    const folder = temporaryFolder()
    const { code, stdout } = await run([...moons, '--mode', 'fast', '--json'], folder)
    expect(code).toBe(0)
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'result', mode: 'fast' })
  })

  test('a folder that cannot be written is told before the training', async () => {
    const { code, stdout, stderr } = await run([...moons, '--out', '/dev/null/model'])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^error: the model cannot be written to \/dev\/null\/model.*\n {2}expected: .*\n {2}fix: .*--out DIR\n$/,
    )
  })

  test('MNIST files that are not there are told', async () => {
    const { code, stderr } = await run(['train', 'digits', '--data', 'mnist', '--mirror', './nowhere'])
    expect(code).toBe(1)
    expect(stderr).toContain('nowhere')
    expect(stderr).toMatch(/\n {2}fix: /)
  })
})

describe('Ctrl-C', () => {
  const long = ['train', 'mlp', '--epochs', '1000000', '--threads', '1']

  test('ends the training cleanly, keeps what was learned, and says so', async () => {
    const folder = temporaryFolder()
    const running = start([...long, '--out', 'kept'], folder)
    await running.says('points/s')
    running.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('Ctrl-C: ending the training, keeping what was learned')
    expect(stdout).toContain('Ended early: ')
    expect(stdout).toContain('Test accuracy')
    const { training, metrics } = JSON.parse(readFileSync(join(folder, 'kept/model.json'), 'utf8'))
    expect(training.interrupted).toBe(true)
    expect(training.steps).toBeGreaterThan(100)
    // Two seconds of training are enough for the moons: what was kept is the trained network.
    expect(metrics.testAccuracy).toBeGreaterThan(0.95)
    expect(weightsOf(folder, 'kept').length).toBeGreaterThan(1000)
  })

  test('with --json the last event is the result all the same', async () => {
    const running = start([...long, '--json'], temporaryFolder())
    await running.says('"step":20')
    running.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'result', interrupted: true })
  })

  test('while data are being made there is nothing to keep', async () => {
    const folder = temporaryFolder()
    const running = start(['train', 'digits', '--out', 'none'], folder)
    await running.says('drawing digits')
    running.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(stdout).toContain('nothing was saved')
    expect(existsSync(join(folder, 'none/model.json'))).toBe(false)
  })
})

describe('examples without a network', () => {
  test('the neuron shows each step of its arithmetic', async () => {
    const { code, stdout } = await run(['train', 'neuron'])
    expect(code).toBe(0)
    for (const text of ['0.5 x 0.5 = 0.25', '0.6 x 0.7 = 0.42', '= 0.67', 'The neuron fires.'])
      expect(stdout).toContain(text)
  })

  test('the perceptron ends with its bound, or with the proof that no line exists', async () => {
    const blobs = await run(['train', 'perceptron'])
    expect(blobs.stdout).toContain('(R/gamma)^2')
    const xor = await run(['train', 'perceptron', '--data', 'xor'])
    expect(xor.stdout).toContain('no line separates these classes')
    expect(xor.stdout).toContain('(0, 0) x 0.500 + (1, 1) x 0.500')
    expect(xor.stdout).toContain('(0, 1) x 0.500 + (1, 0) x 0.500')
    const json = jsonLines((await run(['train', 'perceptron', '--data', 'xor', '--json'])).stdout)
    expect(json).toMatchObject([{ event: 'perceptron', separation: { separable: false } }])
  })
})
