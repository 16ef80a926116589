import { DataError } from '../errors.ts'
import { download } from './download.ts'
import type { DownloadOptions } from './download.ts'
import { environmentVariable, nodeModules } from './node.ts'
import type { NodeModules } from './node.ts'

const publicMirror = 'https://ossci-datasets.s3.amazonaws.com/mnist/'
const variable = 'NEURITE_MNIST_MIRROR'

/** Where the files come from: a folder of this machine, or an address. */
export type Mirror =
  { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'address'; readonly base: string }

/** The mirror of the option, else of the environment variable, else the public one. */
export function findMirror(option: string | URL | undefined): Mirror {
  const chosen = String(option ?? environmentVariable(variable) ?? publicMirror)
  const node = nodeModules()
  if (node === undefined || /^https?:/i.test(chosen)) {
    return { kind: 'address', base: chosen.endsWith('/') ? chosen : `${chosen}/` }
  }
  return { kind: 'folder', folder: /^file:/i.test(chosen) ? node.url.fileURLToPath(chosen) : chosen }
}

/** How to get the files otherwise, for errors. */
export const useOtherMirror = `pass another mirror (a folder or an address with the four files) as option or in ${variable}`

/** Reads one file from the mirror, compressed or not. */
export async function readFromMirror(
  mirror: Mirror,
  file: string,
  options: Omit<DownloadOptions, 'fix'>,
): Promise<Uint8Array> {
  if (mirror.kind === 'address') {
    return download(`${mirror.base}${file}.gz`, { ...options, fix: useOtherMirror })
  }
  options.signal?.throwIfAborted()
  const { fs, path } = nodeModules()!
  const compressed = path.join(mirror.folder, `${file}.gz`)
  const bytes = (await readIfPresent(fs, compressed)) ?? (await readIfPresent(fs, path.join(mirror.folder, file)))
  if (bytes === undefined) {
    throw new DataError({
      what: `MNIST: there is no file ${compressed}`,
      expected: `the file ${file}.gz, or ${file} decompressed, in the folder ${path.resolve(mirror.folder)}`,
      fix: `put the file there, or ${useOtherMirror}`,
    })
  }
  options.onBytes?.(bytes.length, bytes.length)
  return bytes
}

/** A file's bytes, or undefined where there is no such file. */
export async function readIfPresent(fs: NodeModules['fs'], file: string): Promise<Uint8Array | undefined> {
  try {
    return await fs.readFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw new DataError({
      what: `${file} cannot be read (${codeOf(cause)})`,
      expected: 'a file that may be read',
      fix: 'check its permissions, and that it is no folder',
      cause,
    })
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
