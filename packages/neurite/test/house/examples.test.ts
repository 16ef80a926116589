import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { allExamples, docstringExamples, type Example, mismatch, pageExamples } from '../support/examples.ts'
import { repositoryRoot } from '../support/shared.ts'

// Inside the repository, so that imports of 'neurite' resolve to its sources; one per run, for runs beside each other.
const cache = join(repositoryRoot, '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'examples-'))
const examples = allExamples(repositoryRoot)
const fileOf = new Map(examples.map((example, index) => [example, join(folder, `example-${index}.ts`)]))

async function run(file: string): Promise<string[]> {
  const logged: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void logged.push(format(...values)))
  try {
    // A fresh library for each example: seeds and counters of one must not show in the next.
    vi.resetModules()
    await import(/* @vite-ignore */ pathToFileURL(file).href)
  } finally {
    log.mockRestore()
  }
  return logged
}

/** Internal docstrings may import from './' as their own file does; the example runs elsewhere. */
function write(example: Example, file: string): void {
  const home = dirname(join(repositoryRoot, example.place))
  const fromHere = (path: string): string => relative(folder, join(home, path)).replaceAll('\\', '/')
  const code = example.code.replace(/(?<=from ')\.{1,2}\/[^']+/g, fromHere)
  writeFileSync(file, `// ${example.place}\n${code}\nexport {}\n`)
}

let workFolder = ''
const startFolder = process.cwd()

beforeAll(() => {
  for (const [example, file] of fileOf) write(example, file)
  // Examples that save files leave them here.
  workFolder = mkdtempSync(join(tmpdir(), 'neurite-examples-'))
  process.chdir(workFolder)
})

afterAll(() => {
  process.chdir(startFolder)
  rmSync(workFolder, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

describe('docstring examples', () => {
  test.each(examples.map((example) => [example.place, example] as const))('%s', async (_, example) => {
    expect(mismatch(example, await run(fileOf.get(example)!))).toBeUndefined()
  })

  test('all type-check', () => {
    const config = {
      extends: '../../tsconfig.json',
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
      include: ['*.ts'],
      exclude: [],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc')
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
    const places = stdout.replace(/^.*example-(\d+)\.ts/gm, (_, index) => examples[Number(index)]!.place)
    expect({ status, errors: places }).toEqual({ status: 0, errors: '' })
  })
})

describe('the check of the examples itself', () => {
  const source = [
    '/**',
    ' * Adds.',
    ' *',
    ' * ```ts',
    ' * console.log(1 + 1) // → 2',
    ' * console.log("a\\nb")',
    ' * // → a',
    ' * // → b',
    ' * ```',
    ' */',
    'export const text = `',
    '```ts',
    'not an example',
    '```',
    '`',
  ].join('\n')

  test('finds the examples of docstrings, and no other fences', () => {
    const [example, ...others] = docstringExamples(source, 'add.ts')
    expect(others).toEqual([])
    expect(example?.place).toBe('add.ts:5')
    expect(example?.expected).toEqual(['2', 'a', 'b'])
  })

  test('finds the fences of a page that ask to be run', () => {
    const page = '```ts\nno\n```\n\n```ts run\nconsole.log(3) // → 3\n```\n'
    expect(pageExamples(page, 'page.md').map(({ place }) => place)).toEqual(['page.md:6'])
  })

  test('an example without a closing fence is an error', () => {
    expect(() => pageExamples('```ts run\nconsole.log(3)\n', 'page.md')).toThrow('page.md:1')
  })

  test('runs an example: a right one passes, a wrong one fails', async () => {
    const [right] = docstringExamples(source, 'add.ts')
    const file = join(folder, 'right.ts')
    write(right!, file)
    const logged = await run(file)
    expect(mismatch(right!, logged)).toBeUndefined()
    expect(mismatch({ ...right!, expected: ['3', 'a', 'b'] }, logged)).toContain('add.ts:5 promises\n    3')
  })

  test('an example that logs nothing it promises, or promises nothing, fails', () => {
    const [example] = docstringExamples(source, 'add.ts')
    expect(mismatch(example!, [])).toContain('but logs')
    expect(mismatch({ ...example!, expected: [] }, ['2'])).toContain('shows no result')
  })
})
