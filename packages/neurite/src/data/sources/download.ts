import { DataError } from '../../errors.ts'

export interface DownloadOptions {
  /** Ends the download; its reason is thrown. */
  readonly signal?: AbortSignal
  /** Milliseconds without a new byte after which the download is given up. */
  readonly timeout: number
  /** Called for each piece; `total` is undefined where the server does not tell the size. */
  readonly onBytes?: (loaded: number, total: number | undefined) => void
  /** What to do when the address does not work, for the error. */
  readonly fix: string
}

/**
 * Downloads a file completely.
 *
 * @throws DataError when the server cannot be reached, answers with an error, falls silent or stops too early
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array> {
  const { signal, timeout, fix } = options
  signal?.throwIfAborted()
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const listen = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), timeout)
  }
  const abort = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal])
  try {
    listen()
    const response = await fetch(url, { signal: abort })
    if (!response.ok) {
      // Without this the connection stays open until the rest of the answer has been collected.
      await response.body?.cancel()
      throw new DataError({
        what: `${url}: the server answered ${response.status} ${response.statusText}`.trimEnd(),
        expected: 'the file',
        fix,
      })
    }
    return await readBody(url, response, options, listen)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof DataError) throw error
    const what = silence.signal.aborted
      ? `${url}: no data came for ${timeout / 1000} s`
      : `${url}: the download failed (${reasonOf(error)})`
    throw new DataError({ what, expected: 'a server that can be reached and sends the file', fix, cause: error })
  } finally {
    clearTimeout(timer)
  }
}

async function readBody(
  url: string,
  response: Response,
  { onBytes, fix }: DownloadOptions,
  listen: () => void,
): Promise<Uint8Array> {
  // The length counts the bytes on the wire, and fetch has already undone a content encoding.
  const isEncoded = response.headers.has('content-encoding')
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  const total = isEncoded || Number.isNaN(length) ? undefined : length
  const pieces: Uint8Array[] = []
  let loaded = 0
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    listen()
    pieces.push(next.value)
    loaded += next.value.length
    onBytes?.(loaded, total)
  }
  if (total !== undefined && loaded !== total) {
    throw new DataError({ what: `${url}: only ${loaded} of ${total} bytes came`, expected: 'the whole file', fix })
  }
  const bytes = new Uint8Array(loaded)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** fetch says only "fetch failed"; the cause knows more, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
