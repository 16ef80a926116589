import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, root } from './install.mjs'

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
const cliEntry = 'packages/cli/src/main.ts'
const cliOut = 'packages/cli/dist'

/** @returns {import('esbuild').BuildOptions} */
const shared = () => ({
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  sourcemap: true,
  logLevel: 'warning',
  metafile: true,
  // Identifiers stay: class names appear in summaries and errors, and a stack trace should be readable.
  minifyWhitespace: true,
  minifySyntax: true,
})

/** @param {(path: string, content: Buffer) => void} visit */
function eachSource(visit) {
  for (const folder of ['packages/neurite/src', 'packages/cli/src', 'zoo']) {
    if (!existsSync(join(root, folder))) continue
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && /(?<!\.test)\.ts$/.test(file.name),
    )
    for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) visit(path, readFileSync(path))
  }
  for (const path of ['scripts/build.mjs', 'package-lock.json']) visit(path, readFileSync(join(root, path)))
}

function sourcesHash() {
  const hash = createHash('sha256')
  eachSource((path, content) => hash.update(path).update(content))
  return hash.digest('hex')
}

/**
 * Bundles the library and the command line into their dist folders, unless they are up to date.
 * @param {{ types?: boolean, log?: (line: string) => void }} options
 */
export async function build({ types = false, log = console.log } = {}) {
  const stamp = join(root, neuriteOut, '.stamp')
  const typesStamp = join(root, neuriteOut, 'types/.stamp')
  const wanted = sourcesHash()
  const isCurrent = (/** @type {string} */ file) => existsSync(file) && readFileSync(file, 'utf8') === wanted
  if (!isCurrent(stamp)) {
    log('Building the library and the command line ...')
    const esbuild = await import('esbuild')
    rmSync(join(root, neuriteOut), { recursive: true, force: true })
    // Splitting puts what several entries share into chunks of its own, so that the engine's state exists once.
    const library = await esbuild.build({
      ...shared(),
      entryPoints: entries,
      outdir: neuriteOut,
      splitting: true,
      chunkNames: 'chunk-[hash]',
      external: ['node:*'],
    })
    writeFileSync(join(root, neuriteOut, 'meta.json'), JSON.stringify(library.metafile))
    rmSync(join(root, cliOut), { recursive: true, force: true })
    await esbuild.build({
      ...shared(),
      entryPoints: { main: cliEntry },
      outdir: cliOut,
      platform: 'node',
      // The library and the command's own dependencies are installed beside it.
      packages: 'external',
      // Without this, esbuild would follow `paths` of tsconfig.json into the sources and bundle a second engine.
      tsconfigRaw: {},
    })
    writeFileSync(stamp, wanted)
  }
  if (types && !isCurrent(typesStamp)) {
    log('Writing the type declarations ...')
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const result = spawnSync(process.execPath, [compiler, '-p', 'packages/neurite/tsconfig.build.json'], {
      cwd: root,
      encoding: 'utf8',
    })
    if (result.status !== 0)
      throw new Error(`tsc could not write the type declarations:\n${result.stdout}${result.stderr}`)
    mkdirSync(join(root, neuriteOut, 'types'), { recursive: true })
    writeFileSync(typesStamp, wanted)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled()
  await build({ types: true })
}
