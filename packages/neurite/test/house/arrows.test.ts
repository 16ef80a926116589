import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { violation } from '../../../../scripts/arrows-rule.mjs'
import { repositoryRoot } from '../support/shared.ts'

const library = 'packages/neurite/src'

test.each([
  ['nn/linear.ts', '../tensor/tensor.ts'],
  ['graph/autodiff.ts', '../ops/registry.ts'],
  ['graph/node.ts', '../errors.ts'],
  ['ops/exp.ts', '../math/exp.ts'],
  ['backends/reference/evaluate.ts', '../../ops/registry.ts'],
  ['backends/wasm/kernels/map.ts', '../../../compiler/program.ts'],
  ['train/fit.ts', '../data/loader.ts'],
  ['index.ts', './tensor/index.ts'],
])('%s may import %s', (importer, specifier) => {
  expect(violation(`${library}/${importer}`, specifier, 'load')).toBeUndefined()
})

test.each([
  ['tensor/tensor.ts', '../nn/linear.ts', 'tensor may not import nn'],
  ['ops/exp.ts', '../tensor/tensor.ts', 'ops may not import tensor'],
  ['ops/exp.ts', '../graph/autodiff.ts', 'ops may not import graph/autodiff'],
  ['graph/node.ts', '../ops/exp.ts', 'graph may not import ops'],
  ['backends/reference/evaluate.ts', '../../compiler/fuse.ts', 'backends/reference may not import compiler'],
  ['backends/wasm/map.ts', '../reference/evaluate.ts', 'backends/wasm may not import backends'],
  ['data/loader.ts', '../train/fit.ts', 'data may not import train'],
  ['formats/npy.ts', '../train/fit.ts', 'formats may not import train'],
  ['math/exp.ts', '../tensor/tensor.ts', 'math may not import tensor'],
  ['nn/linear.ts', '../../../cli/src/main.ts', 'is outside'],
  ['nn/linear.ts', 'lodash', 'no run-time dependency'],
  ['data/mnist.ts', 'node:fs', 'Browsers cannot load'],
  ['extras/thing.ts', '../tensor/tensor.ts', 'no known room'],
])('%s may not import %s', (importer, specifier, message) => {
  expect(violation(`${library}/${importer}`, specifier, 'load')).toContain(message)
})

test('the library may import() and name the types of what only Node has', () => {
  expect(violation(`${library}/data/mnist.ts`, 'node:fs', 'lazy')).toBeUndefined()
})

test('the reference backend names the compiler in types, and shares no code with it', () => {
  const reference = `${library}/backends/reference/reference-backend.ts`
  expect(violation(reference, '../../compiler/program.ts', 'type')).toBeUndefined()
  expect(violation(reference, '../../compiler/program.ts', 'load')).toContain('may not import compiler')
  expect(violation(reference, '../../compiler/program.ts', 'lazy')).toContain('may not import compiler')
})

test('the command line imports the entry points, never the sources', () => {
  expect(violation('packages/cli/src/main.ts', '../../neurite/src/index.ts', 'load')).toContain("import from 'neurite'")
  expect(violation('packages/cli/src/main.ts', 'neurite', 'load')).toBeUndefined()
})

/** Runs the check of the test command on files in a folder of their own. */
function checkFiles(files: Record<string, string>): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'neurite-arrows-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const config = join(repositoryRoot, 'scripts/arrows.oxlintrc.json')
    const oxlint = join(repositoryRoot, 'node_modules/oxlint/bin/oxlint')
    const { status, stdout } = spawnSync(process.execPath, [oxlint, '-c', config, '.'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { status, stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.each([
  ['import', "import { fit } from '../train/fit.ts'\nexport const a = fit"],
  ['import type', "import type { Fit } from '../train/fit.ts'\nexport type A = Fit"],
  ['export from', "export { fit } from '../train/fit.ts'"],
  ['export all', "export * from '../train/fit.ts'"],
  ['import()', "export const a = await import('../train/fit.ts')"],
  ['import type()', "export type A = import('../train/fit.ts').Fit"],
])('the check fails on a forbidden %s', (_, text) => {
  const { status, stdout } = checkFiles({
    [`${library}/tensor/bad.ts`]: text,
    [`${library}/train/fit.ts`]: 'export const fit = 1\nexport type Fit = number\n',
  })
  expect(stdout).toContain('tensor may not import train')
  expect(status).not.toBe(0)
})

test('the check fails on files that import each other', () => {
  const { status, stdout } = checkFiles({
    [`${library}/math/a.ts`]: "import { b } from './b.ts'\nexport const a = (): number => b()\n",
    [`${library}/math/b.ts`]: "import { a } from './a.ts'\nexport const b = (): number => a()\n",
  })
  expect(stdout).toContain('no-cycle')
  expect(status).not.toBe(0)
})

test('operations may need each other, since their derivatives do', () => {
  const { status } = checkFiles({
    [`${library}/ops/a.ts`]: "import { b } from './b.ts'\nexport const a = (): number => b()\n",
    [`${library}/ops/b.ts`]: "import { a } from './a.ts'\nexport const b = (): number => a()\n",
  })
  expect(status).toBe(0)
})

test('the check passes on files in order', () => {
  const { status } = checkFiles({
    [`${library}/nn/a.ts`]: "import { t } from '../tensor/t.ts'\nexport const a = t\n",
    [`${library}/tensor/t.ts`]: 'export const t = 1\n',
  })
  expect(status).toBe(0)
})
