import { DataError } from '../../errors.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { openCache } from './cache.ts'
import type { Cache } from './cache.ts'
import { gunzip, isGzip } from './gzip.ts'
import { findMirror, readFromMirror, useOtherMirror } from './mirror.ts'
import type { Mirror, Source } from './mirror.ts'
import { sha256 } from '../sha256.ts'

/** How far the loading is. */
export interface LoadProgress<File extends string = string> {
  readonly file: File
  readonly from: 'mirror' | 'cache'
  readonly loadedBytes: number
  /** Undefined where the server does not tell it. */
  readonly totalBytes: number | undefined
}

/** What every loader of a public data set takes. */
export interface LoadOptions<File extends string = string> {
  /**
   * The folder or address that holds the files. Left out: the data set's environment variable (such as
   * NEURITE_MNIST_MIRROR), then NEURITE_DATA_MIRROR with one folder per data set (`mnist`, `names` ...), then a public
   * mirror. In a browser always an address.
   */
  readonly mirror?: string | URL
  /**
   * The folder that keeps what was downloaded; false to keep nothing. Left out: `neurite` in XDG_CACHE_HOME or
   * `~/.cache`. Files from a folder are not copied. Browsers ignore it and keep downloads in their own way.
   */
  readonly cache?: string | false
  /** Milliseconds without a new byte after which a download is given up; 30,000 by default. */
  readonly timeout?: number
  /** Ends the loading; its reason is thrown. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: LoadProgress<File>) => void
}

/** What tells that the content of a file is the right one. */
export interface Proof {
  /** SHA-256 of the decompressed content, where the file is the same everywhere. */
  readonly checksum?: string
  /** Throws where the content is not the expected one; for files that exist in several editions. */
  readonly check?: (content: Uint8Array) => void
}

/** Reads the files of a data set, verified. */
export interface SourceReader<File extends string = string> {
  /** The decompressed and verified content of one file, from the cache or the mirror. */
  read(file: File, proof: Proof): Promise<Uint8Array>
  /** The same for a file that is made of several of the mirror's; `load` gets the way to read one of them. */
  readMade(file: File, proof: Proof, load: (readPart: ReadPart) => Promise<Uint8Array>): Promise<Uint8Array>
}

/** Reads one file of the mirror, decompressed, not verified. */
export type ReadPart = (file: string) => Promise<Uint8Array>

/** The names of the options of every loader. */
const loadOptions = ['mirror', 'cache', 'timeout', 'signal', 'onProgress']

/**
 * Opens a data set for the loader `where`, whose options besides those of all loaders are named by `own`.
 *
 * @throws ArgumentError for unknown options and a timeout that is no time
 */
export function openSource<File extends string>(
  where: string,
  source: Source,
  options: LoadOptions<File>,
  own: readonly string[] = [],
): SourceReader<File> {
  requireKnownOptions(where, options, [...loadOptions, ...own])
  if (options.timeout !== undefined) requireWholeNumber(where, 'timeout', options.timeout, 1)
  const mirror = findMirror(source, options.mirror)
  const cache = mirror.kind === 'address' && options.cache !== false ? openCache(options.cache) : undefined
  return new Reader(source, mirror, cache, options)
}

class Reader<File extends string> implements SourceReader<File> {
  private readonly source: Source
  private readonly mirror: Mirror
  private readonly cache: Cache | undefined
  private readonly options: LoadOptions<File>

  constructor(source: Source, mirror: Mirror, cache: Cache | undefined, options: LoadOptions<File>) {
    this.source = source
    this.mirror = mirror
    this.cache = cache
    this.options = options
  }

  read(file: File, proof: Proof): Promise<Uint8Array> {
    return this.readMade(file, proof, (readPart) => readPart(file))
  }

  async readMade(file: File, proof: Proof, load: (readPart: ReadPart) => Promise<Uint8Array>): Promise<Uint8Array> {
    const { source, cache } = this
    const { signal, onProgress } = this.options
    signal?.throwIfAborted()
    // The checksum in the name keeps data sets with files of the same names apart.
    const name = `${source.folder}/${file}${proof.checksum === undefined ? '' : `-${proof.checksum.slice(0, 16)}`}`
    const kept = await cache?.read(name)
    if (kept !== undefined && (await this.isRight(file, kept, proof))) {
      onProgress?.({ file, from: 'cache', loadedBytes: kept.length, totalBytes: kept.length })
      return kept
    }
    const content = await load((part) => this.readPart(part))
    await this.prove(file, content, proof)
    signal?.throwIfAborted()
    await cache?.write(name, content)
    return content
  }

  private async readPart(file: string): Promise<Uint8Array> {
    const { signal, timeout = 30_000, onProgress } = this.options
    const bytes = await readFromMirror(this.mirror, this.source, file, {
      ...(signal === undefined ? {} : { signal }),
      timeout,
      // What is read in parts has the parts' names.
      onBytes: (loadedBytes, totalBytes) =>
        onProgress?.({ file: file as File, from: 'mirror', loadedBytes, totalBytes }),
    })
    return isGzip(bytes) ? this.decompress(file, bytes) : bytes
  }

  private async isRight(file: string, content: Uint8Array, proof: Proof): Promise<boolean> {
    try {
      await this.prove(file, content, proof)
      return true
    } catch (error) {
      if (error instanceof DataError) return false
      throw error
    }
  }

  private async prove(file: string, content: Uint8Array, { checksum, check }: Proof): Promise<void> {
    check?.(content)
    if (checksum === undefined) return
    const found = await sha256(content)
    if (found === checksum) return
    throw new DataError({
      what: `${this.source.title}: ${file} is not the original: ${content.length} bytes with the SHA-256 ${found}`,
      expected: `the SHA-256 ${checksum}`,
      fix: `the file was altered or cut off: get it again, or ${useOtherMirror(this.source)}`,
    })
  }

  private async decompress(file: string, bytes: Uint8Array): Promise<Uint8Array> {
    try {
      return await gunzip(bytes)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new DataError({
        what: `${this.source.title}: ${file}.gz (${bytes.length} bytes) cannot be decompressed: ${reason}`,
        expected: 'a complete gzip file',
        fix: `the file was cut off or altered: get it again, or ${useOtherMirror(this.source)}`,
        cause,
      })
    }
  }
}
