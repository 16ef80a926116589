import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../support/shared.ts'

const bannedExpressions = {
  'Math.exp(1)': 'Math.exp',
  "Math['tanh'](1)": 'Math.tanh',
  'Math.hypot(3, 4)': 'Math.hypot',
  '2 ** 3': 'The ** operator',
  'Math.random()': 'Math.random has no seed',
}

const bannedFiles = {
  'a function taken out of Math': ['export const { cos } = Math\n', 'Math.cos'],
  any: ['export const f = (x: any): unknown => x\n', 'no-explicit-any'],
  'a silenced type error': ['// @ts-ignore\nexport const a: number = 1\n', 'ban-ts-comment'],
  'an unused variable': ['const a = 1\nexport {}\n', 'no-unused-vars'],
  'a promise nobody waits for': ['const f = async (): Promise<void> => {}\nf()\nexport {}\n', 'no-floating-promises'],
} as const

const rooms = {
  data: 'packages/neurite/src/data',
  reference: 'packages/neurite/src/backends/reference',
  tests: 'packages/neurite/test/data',
}
const allowed = `${rooms.data}/allowed.ts`

/** What the project's lint says, by file. */
const found = new Map<string, string>()
let folder = ''

/** Puts all files into an otherwise empty repository with the project's lint settings, and lints them in one go. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'neurite-lint-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const rules = join(repositoryRoot, 'scripts/lint-rules.mjs')
  const config = readFileSync(join(repositoryRoot, '.oxlintrc.json'), 'utf8')
  write('.oxlintrc.json', config.replace('./scripts/lint-rules.mjs', rules))
  write('tsconfig.json', '{ "compilerOptions": { "strict": true } }')
  write(allowed, 'export const a = Math.sqrt(2) + Math.fround(0.1)\n')
  for (const [index, expression] of Object.keys(bannedExpressions).entries()) {
    for (const room of Object.values(rooms)) write(`${room}/expression-${index}.ts`, `export const a = ${expression}\n`)
  }
  for (const [index, [text]] of Object.values(bannedFiles).entries()) write(`${rooms.data}/file-${index}.ts`, text)

  const oxlint = join(repositoryRoot, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '-f', 'unix', '.'], {
    cwd: folder,
    encoding: 'utf8',
  })
  for (const line of stdout.split('\n')) {
    const path = line.split(':')[0]!
    found.set(path, `${found.get(path) ?? ''}${line}\n`)
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(Object.entries(bannedExpressions))('%s is an error in the library', (expression, message) => {
  const file = `expression-${Object.keys(bannedExpressions).indexOf(expression)}.ts`
  expect(found.get(`${rooms.data}/${file}`)).toContain(message)
  expect(found.get(`${rooms.reference}/${file}`)).toBeUndefined()
  expect(found.get(`${rooms.tests}/${file}`)).toBeUndefined()
})

test.each(Object.entries(bannedFiles))('%s is an error', (name, [, message]) => {
  const file = `file-${Object.keys(bannedFiles).indexOf(name)}.ts`
  expect(found.get(`${rooms.data}/${file}`)).toContain(message)
})

test('functions that every engine rounds alike are free', () => {
  expect(found.get(allowed)).toBeUndefined()
})
