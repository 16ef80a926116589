// Measures what a user's page downloads to import the core entry: its bundle and the chunks that it imports, less those
// that it loads only when they are needed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { root } from './install.mjs'

// docs/architecture.md tells what it consists of.
const LIMIT = 60 * 1024

/**
 * @param {string} dist folder with the bundles and meta.json
 * @param {string} entry name of the entry's file
 * @returns {{ files: string[], gzipBytes: number }} the entry with the chunks that it loads, gzipped
 */
export function entrySize(dist, entry) {
  const { outputs } = JSON.parse(readFileSync(join(dist, 'meta.json'), 'utf8'))
  const files = new Set([entry])
  let gzipBytes = 0
  for (const file of files) {
    for (const { path, external, kind } of outputs[file].imports) {
      if (!external && kind !== 'dynamic-import') files.add(path)
    }
    gzipBytes += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  }
  return { files: [...files], gzipBytes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, gzipBytes } = entrySize(join(root, 'packages/neurite/dist'), 'index.js')
  const line = `core entry: ${(gzipBytes / 1024).toFixed(1)} KB gzip in ${files.length} file(s), limit ${LIMIT / 1024} KB`
  console.log(line)
  process.exitCode = gzipBytes <= LIMIT ? 0 : 1
}
