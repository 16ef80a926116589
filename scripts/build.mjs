import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, root } from './install.mjs'
import { replaceFolder } from './replace-folder.mjs'

/**
 * The public entry points of the library. A new one is added here, in `exports` of packages/neurite/package.json, in
 * `paths` of tsconfig.json and in `alias` of vitest.config.ts.
 * @type {Record<string, string>}
 */
export const entries = {
  index: 'packages/neurite/src/index.ts',
  data: 'packages/neurite/src/data/index.ts',
  formats: 'packages/neurite/src/formats/index.ts',
}

const neuriteOut = 'packages/neurite/dist'
const cliEntries = { main: 'packages/cli/src/main.ts', neurite: 'packages/cli/src/neurite.ts' }
const cliOut = 'packages/cli/dist'

/**
 * Bundles the library, minified as users load it. What several entries share stands in chunks of their own, so that the
 * engine's state exists once; all that the core entry loads at once is one chunk.
 * @param {string} dir
 * @returns {Promise<object>} which sources went into which file, and what each file imports
 */
async function buildLibrary(dir) {
  const { rolldown } = await import('rolldown')
  const { splitOperations } = await import('./split-operations.mjs')
  const { hideInternals } = await import('./hide-internals.mjs')
  const input = {
    cwd: root,
    external: [/^node:/],
    checks: { pluginTimings: false },
    platform: /** @type {const} */ ('neutral'),
    treeshake: { moduleSideEffects: false, propertyReadSideEffects: /** @type {const} */ (false) },
  }
  const splitting = splitOperations()
  const core = await coreModules((options) => rolldown({ ...input, ...options }), splitting)
  const bundle = await rolldown({
    ...input,
    input: entries,
    plugins: [splitting, hideInternals('index.js', 'core.js')],
  })
  const keepNames = { function: false, class: true }
  const { output } = await bundle.write({
    dir,
    format: 'esm',
    sourcemap: true,
    chunkFileNames: '[name].js',
    minifyInternalExports: false,
    comments: { annotation: false },
    // Names of classes stay: they appear in summaries and errors.
    minify: { compress: { target: 'es2022', keepNames }, mangle: { toplevel: true, keepNames } },
    codeSplitting: {
      groups: [
        { name: 'core', test: (id) => core.has(id) },
        // Who asks for points of the plane does not load what separates them, nor pictures: bundlers drop whole files.
        { name: 'separation', test: /src\/data\/separation\// },
        {
          name: 'planar',
          test: /src\/data\/generators\/(?:xor|circles|spirals|two-moons|blobs|planar|half-planes|truth-table)\.ts$/,
        },
      ],
    },
  })
  await bundle.close()
  const chunks = output.filter((file) => file.type === 'chunk')
  const names = new Set(chunks.map(({ fileName }) => fileName))
  const imports = (/** @type {string[]} */ files, /** @type {string} */ kind) =>
    files.map((path) => (names.has(path) ? { path, kind } : { path, kind, external: true }))
  const outputs = chunks.map((chunk) => {
    const inputs = Object.entries(chunk.modules).map(([id, { renderedLength }]) => [
      relative(root, id).replaceAll('\\', '/'),
      { bytesInOutput: renderedLength },
    ])
    const lazy = imports(chunk.dynamicImports, 'dynamic-import')
    return [
      chunk.fileName,
      { inputs: Object.fromEntries(inputs), imports: [...imports(chunk.imports, 'import-statement'), ...lazy] },
    ]
  })
  return { outputs: Object.fromEntries(outputs) }
}

/**
 * The modules of which the core entry needs anything at once: what it would hold without all that it loads with `import()`.
 * @param {(options: import('rolldown').InputOptions) => Promise<import('rolldown').RolldownBuild>} open
 * @param {import('rolldown').Plugin} splitting
 */
async function coreModules(open, splitting) {
  const later = { name: 'later', resolveDynamicImport: () => ({ id: 'later', external: true }) }
  const bundle = await open({ input: entries['index'] ?? '', plugins: [splitting, later] })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  const modules = output.flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []))
  return new Set(modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id))
}

/** @param {string} outdir */
async function buildCommandLine(outdir) {
  const esbuild = await import('esbuild')
  await esbuild.build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'warning',
    entryPoints: cliEntries,
    splitting: true,
    outdir,
    platform: 'node',
    minifyWhitespace: true,
    minifySyntax: true,
    // The library and the command's own dependencies are installed beside it.
    packages: 'external',
    // Without this, esbuild would follow `paths` of tsconfig.json into the sources and bundle a second engine.
    tsconfigRaw: {},
  })
}

/** @param {(path: string, content: Buffer) => void} visit */
function eachSource(visit) {
  for (const folder of ['packages/neurite/src', 'packages/cli/src', 'zoo']) {
    if (!existsSync(join(root, folder))) continue
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && /(?<!\.test)\.ts$/.test(file.name),
    )
    for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) visit(path, readFileSync(path))
  }
  const others = ['build', 'split-operations', 'hide-internals'].map((name) => `scripts/${name}.mjs`)
  for (const path of [...others, 'tsconfig.json', 'package-lock.json']) visit(path, readFileSync(join(root, path)))
}

function sourcesHash() {
  const hash = createHash('sha256')
  eachSource((path, content) => hash.update(path).update(content))
  return hash.digest('hex')
}

/**
 * Bundles the library, minified as users load it, and the command line into their dist folders, unless they are up to date.
 * @param {{ types?: boolean, log?: (line: string) => void }} options
 */
export async function build({ types = false, log = console.log } = {}) {
  const stamp = join(root, neuriteOut, '.stamp')
  const typesStamp = join(root, neuriteOut, 'types/.stamp')
  const wanted = sourcesHash()
  const isCurrent = (/** @type {string} */ file) => existsSync(file) && readFileSync(file, 'utf8') === wanted
  if (!isCurrent(stamp)) {
    log('Building the library and the command line ...')
    await replaceFolder(join(root, cliOut), buildCommandLine)
    await replaceFolder(join(root, neuriteOut), async (folder) => {
      const meta = await buildLibrary(folder)
      writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta))
      // The last thing that is written: whoever finds it finds both builds whole.
      writeFileSync(join(folder, '.stamp'), wanted)
    })
  }
  if (types && !isCurrent(typesStamp)) {
    log('Writing the type declarations ...')
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    await replaceFolder(join(root, neuriteOut, 'types'), (folder) => {
      const words = [compiler, '-p', 'packages/neurite/tsconfig.build.json', '--outDir', folder]
      const result = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
      if (result.status !== 0)
        throw new Error(`tsc could not write the type declarations:\n${result.stdout}${result.stderr}`)
      writeFileSync(join(folder, '.stamp'), wanted)
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled()
  await build({ types: true })
}
