import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'
import { repositoryRoot } from '../../support/shared.ts'

const folder = `${repositoryRoot}/packages/neurite/test/proof/support`

/** One file of this folder with all that it imports, as a script for browsers that sets `globalThis[globalName]`. */
export async function browserBundle(file: string, globalName: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: 'iife',
    globalName,
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

/** The same as a module for Node, in a folder that goes away with the test; gives its path. */
export async function nodeBundle(file: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'neurite-proof-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const outfile = join(home, 'program.mjs')
  await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'silent',
  })
  return outfile
}
