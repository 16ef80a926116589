import { DataError } from '../../errors.ts'
import { download } from './download.ts'
import type { DownloadOptions } from './download.ts'
import { environmentVariable, nodeModules } from './node.ts'

/** A public data set. */
export interface Source {
  /** Begins every error. */
  readonly title: string
  /** Its folder in the cache and in the common mirror. */
  readonly folder: string
  /** The environment variable that names a mirror. */
  readonly variable: string
  /** Undefined where no public address holds the files as they are read here. */
  readonly publicMirror: string | undefined
  /** Where a person finds the files. */
  readonly origin: string
  /** What a mirror must hold, for errors, such as `the four files`. */
  readonly holds: string
  /** Whether mirrors hold `NAME.gz`. */
  readonly isCompressed: boolean
}

/** Where the files come from: a folder of this machine, or an address. */
export type Mirror =
  { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'address'; readonly base: string }

/** Names the place with one folder per data set. */
const commonVariable = 'NEURITE_DATA_MIRROR'

/**
 * The mirror of the option, else of the source's environment variable, else its folder in the common mirror, else the
 * public one.
 *
 * @throws DataError where none is named and the files are not public in this form
 */
export function findMirror(source: Source, option: string | URL | undefined): Mirror {
  const common = environmentVariable(commonVariable)
  const chosen =
    option ??
    environmentVariable(source.variable) ??
    (common === undefined ? source.publicMirror : `${common.replace(/[\\/]+$/, '')}/${source.folder}`)
  if (chosen === undefined) {
    throw new DataError({
      what: `${source.title}: no mirror is named, and there is no public one`,
      expected: `a folder or an address with ${source.holds}`,
      fix: `get the files (${source.origin}), then ${useOtherMirror(source)}`,
    })
  }
  const text = String(chosen)
  const node = nodeModules()
  if (node === undefined || /^https?:/i.test(text)) {
    return { kind: 'address', base: text.endsWith('/') ? text : `${text}/` }
  }
  return { kind: 'folder', folder: /^file:/i.test(text) ? node.url.fileURLToPath(text) : text }
}

/** How to get the files otherwise, for errors. */
export function useOtherMirror({ holds, variable }: Source): string {
  return `pass another mirror (a folder or an address with ${holds}) as option or in ${variable}`
}

/** Reads one file from the mirror, compressed or not. */
export async function readFromMirror(
  mirror: Mirror,
  source: Source,
  file: string,
  options: Omit<DownloadOptions, 'fix'>,
): Promise<Uint8Array> {
  const names = source.isCompressed ? [`${file}.gz`, file] : [file, `${file}.gz`]
  if (mirror.kind === 'address') {
    const address = mirror.base + names[0]!.split('/').map(encodeURIComponent).join('/')
    return download(address, { ...options, fix: useOtherMirror(source) })
  }
  options.signal?.throwIfAborted()
  const { fs, path } = nodeModules()!
  for (const name of names) {
    const bytes = await readIfPresent(fs, path.join(mirror.folder, name))
    if (bytes === undefined) continue
    options.onBytes?.(bytes.length, bytes.length)
    return bytes
  }
  const [first, second] = names
  throw new DataError({
    what: `${source.title}: there is no file ${path.join(mirror.folder, first!)}`,
    expected: `the file ${first!}, or ${second!}, in the folder ${path.resolve(mirror.folder)}`,
    fix: `put the file there, or ${useOtherMirror(source)}`,
  })
}

/** What is used of Node's `fs/promises`: public types name none of Node's own. */
interface FileReader {
  readFile(file: string): Promise<Uint8Array>
}

/** A file's bytes, or undefined where there is no such file. */
export async function readIfPresent(fs: FileReader, file: string): Promise<Uint8Array | undefined> {
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
