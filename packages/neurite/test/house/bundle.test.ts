import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../../../scripts/build.mjs'
import { entrySize } from '../../../../scripts/size.mjs'
import { repositoryRoot } from '../support/shared.ts'

interface Metafile {
  outputs: Record<
    string,
    {
      inputs: Record<string, { bytesInOutput: number }>
      imports: { path: string; kind?: string; external?: boolean }[]
    }
  >
}

const library = join(repositoryRoot, 'packages/neurite')
const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as Record<string, unknown>
const entryNames = Object.keys(manifest['exports'] as object)
  .filter((name) => name !== './package.json')
  .map((name) => name.replace(/^\./, 'neurite'))

/** A project of a user: an empty folder in which the built library is installed. */
let project = ''
let meta: Metafile

beforeAll(async () => {
  await build({ types: true, log: () => {} })
  meta = JSON.parse(readFileSync(join(library, 'dist/meta.json'), 'utf8')) as Metafile
  project = mkdtempSync(join(tmpdir(), 'neurite-user-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(library, join(project, 'node_modules/neurite'), 'junction')
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

function node(code: string, ...flags: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', code], {
    cwd: project,
    encoding: 'utf8',
  })
  return stdout + stderr
}

test('the library has no run-time dependency', () => {
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
    expect(manifest).not.toHaveProperty(field)
  }
  const outside = Object.values(meta.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
  expect(outside.filter(({ path }) => !path.startsWith('node:'))).toEqual([])
})

test('each source is in one bundle only, so that the state of the engine exists once', () => {
  const homes = new Map<string, string[]>()
  for (const [output, { inputs }] of Object.entries(meta.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput > 0) homes.set(input, [...(homes.get(input) ?? []), output])
    }
  }
  expect(homes.size).toBeGreaterThan(0)
  expect([...homes].filter(([, outputs]) => outputs.length > 1)).toEqual([])
})

test('the core entry loads no data, no formats and no training loop before they are used', async () => {
  const { files } = entrySize(join(library, 'dist'), 'index.js')
  const loaded = files.flatMap((file) => Object.keys(meta.outputs[file]!.inputs))
  expect(loaded.some((path) => path.includes('src/tensor/'))).toBe(true)
  expect(loaded.filter((path) => /src\/(data|formats|compiler|backends)\/|training-loop/.test(path))).toEqual([])
})

test('what ships is minified, keeps the names of classes, and tells where in the sources an error was thrown', () => {
  const names = `
    import * as neurite from 'neurite'
    const isClass = (value) => typeof value === 'function' && /^class\\b/.test(Function.prototype.toString.call(value))
    const classes = Object.entries(neurite).filter(([, value]) => isClass(value))
    const lost = classes.filter(([name, value]) => value.name.replace(/^_/, '') !== name).map(([name]) => name)
    console.log(classes.length > 40, lost.join())`
  expect(node(names)).toBe('true \n')
  const thrown = `
    import { setThreads } from 'neurite'
    try { setThreads(0) } catch (error) { console.log(/src.runtime.device\\.ts:\\d+/.test(error.stack)) }`
  expect(node(thrown, '--enable-source-maps')).toBe('true\n')
})

test('a device is loaded at its first use', () => {
  const code = `
    import { compile, init, parameter, tensor } from 'neurite'
    const w = parameter(tensor([1, 2]))
    const double = compile((x) => x.mul(2).add(w))
    const y = double(tensor([3, 4]))
    console.log(String(y), String(w))
    console.log(await y.toText())
    console.log(String(double(tensor([5, 6]))))
    await init({ device: 'reference' })
    console.log(await double(tensor([7, 8])).toText())`
  expect(node(code).split('\n')).toEqual([
    'Tensor(shape=[2], dtype=float32, not evaluated: await t.data()) tensor([1., 2.], requiresGrad=true)',
    'tensor([ 7., 10.])',
    'tensor([11., 14.])',
    'tensor([15., 18.])',
    '',
  ])
})

test('what is loaded on demand works with the same engine and the same classes', () => {
  const code = `
    import { Adam, crossEntropy, evaluate, exportState, fit, importState, Linear, predictClasses } from 'neurite'
    import { DataLoader, TensorDataset } from 'neurite/data'
    const data = TensorDataset.fromArrays({ inputs: [[-1], [1]], labels: [0, 1] })
    const model = new Linear(1, 2)
    const optimizer = new Adam(model, { learningRate: 0.5 })
    const { steps } = await fit(model, new DataLoader(data, { batchSize: 2 }), { loss: crossEntropy, optimizer, epochs: 20 })
    const { accuracy } = await evaluate(model, data, { loss: crossEntropy })
    await importState(await exportState(model, optimizer), model, optimizer)
    console.log(steps, accuracy, ...(await predictClasses(model, data)), optimizer.typeName, model.typeName)`
  expect(node(code)).toBe('20 1 0 1 Adam Linear\n')
})

test('every entry loads in plain Node and exports something', () => {
  for (const name of entryNames) {
    expect(node(`console.log(Object.keys(await import('${name}')).length > 0)`), name).toBe('true\n')
  }
})

test('every entry has declarations that a strict project accepts', () => {
  const imports = entryNames.map(
    (name, index) => `import * as entry${index} from '${name}'\nconsole.log(entry${index})\n`,
  )
  writeFileSync(join(project, 'use.ts'), imports.join(''))
  const strictest = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
  const target = { target: 'es2022', module: 'nodenext', lib: ['es2023', 'dom', 'esnext.disposable'], types: [] }
  const compilerOptions = { ...target, ...strictest, noEmit: true, preserveSymlinks: true }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }))
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

test('the size of an entry counts the chunks that it loads', async () => {
  const folder = join(project, 'sized')
  mkdirSync(folder)
  const noise = Array.from({ length: 4000 }, (_, index) => ((index * 2654435761) >>> 0).toString(36)).join('')
  writeFileSync(join(folder, 'index.js'), "import './chunk.js'\n")
  writeFileSync(join(folder, 'chunk.js'), `console.log("${noise}")\n`)
  writeFileSync(join(folder, 'other.js'), `console.log("${noise}")\n`)
  const outputs = {
    'index.js': {
      imports: [
        { path: 'chunk.js', kind: 'import-statement' },
        { path: 'other.js', kind: 'dynamic-import' },
        { path: 'node:fs', external: true },
      ],
    },
    'chunk.js': { imports: [] },
    'other.js': { imports: [] },
  }
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ outputs }))
  const { files, gzipBytes } = entrySize(folder, 'index.js')
  expect(files).toEqual(['index.js', 'chunk.js'])
  expect(gzipBytes).toBeGreaterThan(gzipSync(noise, { level: 9 }).length)
})
