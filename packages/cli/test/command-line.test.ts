import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ArgumentError } from 'neurite'
import { describe, expect, test } from 'vitest'
import { closest } from '../src/command-line/closest.ts'
import { runCommandLine } from '../src/command-line/program.ts'
import { predict } from '../src/commands/predict.ts'
import { listRecipes } from '../src/commands/recipes.ts'
import { train } from '../src/commands/train.ts'
import { root, run } from './support.ts'

describe('closest', () => {
  test.each([
    ['digit', 'digits'],
    ['dgits', 'digits'],
    ['idgits', 'digits'],
    ['Digits', 'digits'],
    ['minst', 'mnist'],
    ['percepton', 'perceptron'],
  ])('%s means %s', (word, meant) => {
    expect(closest(word, ['digits', 'mnist', 'perceptron', 'ball'])).toBe(meant)
  })

  test('it does not guess where nothing is near', () => {
    expect(closest('elephant', ['digits', 'ball'])).toBeUndefined()
  })
})

describe('help', () => {
  test('names the commands and shows examples', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const word of ['train', 'predict', 'recipes', 'Examples:']) expect(stdout).toContain(word)
  })

  test('of a command names every option', async () => {
    const { code, stdout } = await run(['train', '--help'])
    expect(code).toBe(0)
    const options = ['data', 'epochs', 'batch', 'seed', 'threads', 'mode', 'out', 'json', 'once', 'mirror']
    for (const option of options) expect(stdout).toContain(`--${option}`)
  })

  test('the version is that of the library', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'packages/neurite/package.json'), 'utf8'))
    expect((await run(['--version'])).stdout.trim()).toBe(`neurite ${version}`)
  })

  test('recipes lists every folder of the zoo with its data', async () => {
    const { code, stdout } = await run(['recipes'])
    expect(code).toBe(0)
    for (const name of ['digits', 'ball', 'mlp', 'perceptron', 'neuron']) expect(stdout).toContain(name)
    expect(stdout).toContain('--data mnist')
  })
})

describe('a wrong command line says what happened, what was expected and how to fix it, and ends with 2', () => {
  test.each([
    ['an unknown command', ['tran', 'digits'], "unknown command 'tran'", 'train'],
    ['an unknown option', ['train', 'digits', '--epoch', '3'], "unknown option '--epoch'", 'did you mean --epochs?'],
    ['an unknown recipe', ['train', 'digit'], "there is no recipe 'digit'", "did you mean 'digits'?"],
    ['unknown data', ['train', 'digits', '--data', 'minst'], "called 'minst'", "did you mean 'mnist'?"],
    ['data that no guess is near to', ['train', 'neuron', '--data', 'zebras'], "'zebras'", 'example'],
    ['no recipe', ['train'], "missing required argument 'recipe'", 'neurite train --help'],
    ['too much', ['train', 'digits', 'mlp'], 'too many arguments', 'neurite train --help'],
    ['no epochs', ['train', 'digits', '--epochs', '0'], "--epochs is '0'", 'a whole number, 1 or more'],
    ['half an epoch', ['train', 'digits', '--epochs', '0.5'], "--epochs is '0.5'", 'a whole number'],
    ['a batch of text', ['train', 'digits', '--batch', 'big'], "--batch is 'big'", '--batch 1'],
    ['a negative seed', ['train', 'digits', '--seed', '-1'], "--seed is '-1'", 'a whole number from 0'],
    ['too many threads', ['train', 'digits', '--threads', '1000'], "--threads is '1000'", 'from 1 to 256'],
    ['an unknown mode', ['train', 'digits', '--mode', 'fats'], "there is no mode 'fats'", "did you mean 'fast'?"],
    ['epochs where nothing is trained', ['train', 'neuron', '--epochs', '3'], 'does not take --epochs', 'leave out'],
  ])('%s', async (_name, words, what, hint) => {
    const error = await runCommandLine(words, { train, predict, recipes: listRecipes }).catch(
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof ArgumentError)) throw error
    expect(error.what).toContain(what)
    expect(error.expected).not.toBe('')
    expect(error.message).toContain(hint)
  })

  test('the process writes it to stderr and ends with 2', async () => {
    const { code, stdout, stderr } = await run(['train', 'digits', '--epoch', '3'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^error: .*unknown option '--epoch'\n {2}expected: .*--epochs.*\n {2}fix: did you mean --epochs\?\n$/,
    )
  })

  test('with --json the error is a JSON object as well', async () => {
    const { code, stdout } = await run(['train', 'digit', '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ event: 'error', what: "there is no recipe 'digit'" })
  })
})
