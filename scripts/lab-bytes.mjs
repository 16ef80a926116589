import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { labOut } from './lab-build.mjs'

/** @param {string} file a file of the built lab, gzipped */
const gzipped = (file) => gzipSync(readFileSync(join(labOut, file)), { level: 9 }).length

/** The chunks that a chunk loads at once. @param {string} file @returns {string[]} */
function loadsAtOnce(file) {
  const code = readFileSync(join(labOut, file), 'utf8')
  const found = code.matchAll(/(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w$*{},\s]+?from\s*)?["']\.\/([\w.-]+\.js)["']/g)
  return [...found].map(([, name]) => `assets/${name}`)
}

/** A file with everything that it loads at once. @param {string} file @param {Set<string>} files */
function withImports(file, files = new Set()) {
  if (files.has(file)) return files
  files.add(file)
  for (const next of loadsAtOnce(file)) withImports(next, files)
  return files
}

/** Chunks by the beginning of their names. @param {string} name */
const chunks = (name) =>
  readdirSync(join(labOut, 'assets'))
    .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))
    .map((file) => `assets/${file}`)

/**
 * What a visit of a chapter loads before anything can be clicked, in bytes of gzip: page, style, program, chapter, its
 * text and the engine with the chunks that it asks for when it opens a run. Fonts are counted separately.
 * @param {string} chapter
 */
export function firstBytes(chapter) {
  const html = readFileSync(join(labOut, chapter, 'index.html'), 'utf8')
  const [, entry] = /<script type="module"[^>]*src="[./]*(assets\/[\w.-]+\.js)"/.exec(html) ?? []
  const [, style] = /<link rel="stylesheet"[^>]*href="[./]*(assets\/[\w.-]+\.css)"/.exec(html) ?? []
  if (entry === undefined || style === undefined) throw new Error('the page names no program or no style')
  const page = withImports(entry)
  const [worker] = chunks('worker')
  const engine = withImports(/** @type {string} */ (worker))
  // The engine loads its backend and the float64 definitions when a run opens; they count as well.
  for (const file of readdirSync(join(labOut, 'assets'))) {
    if (/^(backend|wasm-backend|trace-entries|reference)[\w.-]*\.js$/.test(file)) withImports(`assets/${file}`, engine)
  }
  const sizes = {
    page: gzipSync(html, { level: 9 }).length + gzipped(style),
    program: [...page].reduce((sum, file) => sum + gzipped(file), 0),
    engine: [...engine].reduce((sum, file) => sum + gzipped(file), 0),
    language: Math.max(...chunks('en').concat(chunks('de')).map(gzipped)),
  }
  return { ...sizes, files: [...page, ...engine], total: sizes.page + sizes.program + sizes.engine + sizes.language }
}

/** What entering a chapter loads beside that: definition, scene, words of one language. */
export function chapterChunks() {
  const names = ['chapter', 'scene', 'text.en', 'text.de', 'plane-bench', 'judge', 'value-card', 'code']
  return names.flatMap(chunks).map((file) => ({ file, bytes: gzipped(file) }))
}
