// Builds the lab into apps/lab/dist: plain files that any static host can serve.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build as buildLibrary } from './build.mjs'
import { ensureInstalled, root } from './install.mjs'
import { replaceFolder } from './replace-folder.mjs'

const lab = join(root, 'apps/lab')
export const labOut = join(lab, 'dist')

/** @param {string} folder @returns {string[]} every file below, as paths from it with forward slashes, sorted */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'))
    .sort()
}

/** Changes with everything that the built lab depends on. */
function sourcesHash() {
  const hash = createHash('sha256')
  for (const folder of ['apps/lab/src', 'apps/lab/public']) {
    for (const file of filesIn(join(root, folder))) hash.update(file).update(readFileSync(join(root, folder, file)))
  }
  const others = ['apps/lab/vite.config.ts', 'apps/lab/index.html', 'package-lock.json', 'scripts/lab-build.mjs']
  for (const file of [...others, 'packages/neurite/dist/.stamp']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** The pages with their prose, rendered here, once. */
async function prerender() {
  const esbuild = await import('esbuild')
  const outfile = join(root, `.cache/lab-prerender-${process.pid}.mjs`)
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['apps/lab/src/prerender.tsx'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  const { pages } = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  return pages()
}

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/**
 * Builds the lab, unless it is up to date.
 * @param {{ log?: (line: string) => void }} options
 */
export async function buildLab({ log = console.log } = {}) {
  await buildLibrary({ log })
  const stamp = join(labOut, '.stamp')
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  log('Building the lab ...')
  // A test runner sets another environment, which would make another build.
  process.env['NODE_ENV'] = 'production'
  await replaceFolder(labOut, (folder) => buildInto(folder, wanted))
}

/** @param {string} folder @param {string} version */
async function buildInto(folder, version) {
  const vite = await import('vite')
  await vite.build({ root: lab, logLevel: 'warn', configFile: join(lab, 'vite.config.ts'), build: { outDir: folder } })
  const template = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const page of await prerender()) {
    const up = '../'.repeat(page.folder.split('/').length - 1) || './'
    const html = template
      .replace('lang="en" data-root="./"', `lang="${page.language}" data-root="${up}" data-chapter="${page.chapter}"`)
      .replaceAll('="./', `="${up}`)
      .replace(`data-root="${up}`, `data-root="${up}`)
      .replace(
        /<title>.*<\/title>/,
        () =>
          `<title>${escaped(page.title)}</title>\n    <meta name="description" content="${escaped(page.description)}" />`,
      )
      .replace('<div id="app"></div>', () => `<div id="app">${page.body}</div>`)
    const file = join(folder, page.folder, 'index.html')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, html)
  }
  rmSync(join(folder, '.vite'), { recursive: true, force: true })
  writeServiceWorker(folder, version)
  writeFileSync(join(folder, '.stamp'), version)
}

/**
 * Keeps every file of this build, so that the lab works without a network after the first visit.
 * @param {string} folder @param {string} version
 */
function writeServiceWorker(folder, version) {
  const files = filesIn(folder).filter((file) => !file.startsWith('.') && !/\.woff$|latin-ext/.test(file))
  const addresses = files.map((file) => file.replace(/(^|\/)index\.html$/, '$1'))
  const code = readFileSync(join(lab, 'src/service-worker.js'), 'utf8')
    .replace("'VERSION'", () => JSON.stringify(version.slice(0, 16)))
    .replace("['FILES']", () => JSON.stringify(addresses.map((address) => (address === '' ? './' : address))))
  writeFileSync(join(folder, 'service-worker.js'), code)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled()
  await buildLab()
}
