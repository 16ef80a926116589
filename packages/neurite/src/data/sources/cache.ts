import { DataError } from '../../errors.ts'
import { codeOf, readIfPresent } from './mirror.ts'
import { environmentVariable, nodeModules } from './node.ts'
import type { NodeModules } from './node.ts'

/** Files that were downloaded once, by name. */
export interface Cache {
  read(name: string): Promise<Uint8Array | undefined>
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** A cache in a folder, or undefined in a browser, which keeps downloads in its own cache. */
export function openCache(folder: string | undefined): Cache | undefined {
  const node = nodeModules()
  if (node === undefined) return undefined
  const { fs, path } = node
  const home = folder ?? defaultFolder(node)
  return {
    read: (name) => readIfPresent(fs, path.join(home, name)),
    write: (name, bytes) => writeWhole(node, path.join(home, name), bytes),
  }
}

function defaultFolder({ os, path }: NodeModules): string {
  const caches = environmentVariable('XDG_CACHE_HOME')
  // The specification of this variable says to ignore relative paths.
  const base = caches !== undefined && path.isAbsolute(caches) ? caches : path.join(os.homedir(), '.cache')
  return path.join(base, 'neurite')
}

/** Writes under another name and renames: other processes see the whole file or none. */
async function writeWhole({ fs, path }: NodeModules, file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.${process.pid}-${performance.now()}.part`
  try {
    await fs.mkdir(path.dirname(file), { recursive: true })
    await fs.writeFile(part, bytes)
    await fs.rename(part, file)
  } catch (cause) {
    // What went wrong first is the error to tell; a rest that cannot be removed either comes from the same cause.
    await fs.rm(part, { force: true }).catch(() => undefined)
    throw new DataError({
      what: `${file} cannot be written (${codeOf(cause)})`,
      expected: `a folder for downloads that may be written, with room for ${Math.ceil(bytes.length / 1e6)} MB`,
      fix: 'pass another folder as the option cache, or cache: false to download each time',
      cause,
    })
  }
}
