import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadMnist } from '../../src/data/index.ts'
import type { MnistFile, MnistOptions, MnistProgress } from '../../src/data/index.ts'
import { ArgumentError, DataError, FileFormatError, IndexOutOfRangeError } from '../../src/errors.ts'
import { writeIdx } from '../../src/formats/index.ts'
import { needs, sharedPath } from '../support/shared.ts'

const names = [
  't10k-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  'train-images-idx3-ubyte',
] as const

/** A small data set of the same form: 5 pictures of 4 by 3 to train with, 2 to test with. */
function fakeFiles(): Record<MnistFile, Uint8Array> {
  const images = (count: number): Uint8Array =>
    writeIdx({ dtype: 'uint8', shape: [count, 4, 3], data: Uint8Array.from({ length: count * 12 }, (_, i) => i * 3) })
  const labels = (count: number): Uint8Array =>
    writeIdx({ dtype: 'uint8', shape: [count], data: Uint8Array.from({ length: count }, (_, i) => 9 - i) })
  return {
    'train-images-idx3-ubyte': images(5),
    'train-labels-idx1-ubyte': labels(5),
    't10k-images-idx3-ubyte': images(2),
    't10k-labels-idx1-ubyte': labels(2),
  }
}

function checksumsOf(files: Record<MnistFile, Uint8Array>): Record<MnistFile, string> {
  const entries = names.map((name) => [name, createHash('sha256').update(files[name]).digest('hex')])
  return Object.fromEntries(entries) as Record<MnistFile, string>
}

type Answer = (response: ServerResponse, body: Buffer, request: IncomingMessage) => void

let folder = ''
let server: Server
let address = ''
let requests: string[] = []
let files = fakeFiles()
let answers: Partial<Record<MnistFile, Answer>> = {}
const send: Answer = (response, body) => response.writeHead(200, { 'content-length': body.length }).end(body)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-mnist-'))
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'xdg'))
  vi.stubEnv('NEURITE_MNIST_MIRROR', '')
  files = fakeFiles()
  answers = {}
  requests = []
  server = createServer((request, response) => {
    const name = request.url!.replace(/^.*\//, '').replace(/\.gz$/, '') as MnistFile
    requests.push(name)
    const answer = answers[name] ?? send
    answer(response, gzipSync(files[name]), request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist`
})

afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** Loads the small data set from the local server, without a cache. */
const load = (options: MnistOptions = {}) =>
  loadMnist({ mirror: address, cache: false, checksums: checksumsOf(fakeFiles()), ...options })

async function errorOf(loading: Promise<unknown>): Promise<DataError> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DataError)
  return error as DataError
}

test('the real MNIST, from a folder', async (context) => {
  const mirror = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
  const { train, test: held } = await loadMnist({ mirror, cache: join(folder, 'cache') })
  expect(train).toMatchObject({ length: 60000, inputShape: [1, 28, 28], targetShape: [], targetDType: 'int32' })
  expect(held.length).toBe(10000)
  expect(train.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  const firstLabels = Array.from({ length: 10 }, (_, i) => train.example(i).target[0])
  expect(firstLabels).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
  const { input } = train.example(0)
  expect(Math.max(...input)).toBe(1)
  expect(Math.min(...input)).toBe(0)
  expect([...train.rawInput(0)].reduce((sum, value) => sum + value, 0)).toBe(27525)
  // What lies in a folder already is not copied.
  expect(existsSync(join(folder, 'cache'))).toBe(false)
})

describe('from a server', () => {
  test('examples, and the progress of each file', async () => {
    const progress: MnistProgress[] = []
    const { train, test: held } = await load({ onProgress: (step) => progress.push(step) })
    expect([train.length, held.length, train.inputShape]).toEqual([5, 2, [1, 4, 3]])
    expect(train.example(1).target[0]).toBe(8)
    expect(train.example(1).input[0]).toBe(Math.fround(36 / 255))
    expect(requests).toEqual(names)
    for (const file of names) {
      const last = progress.findLast((step) => step.file === file)!
      const size = gzipSync(files[file]).length
      expect(last).toEqual({ file, from: 'mirror', loadedBytes: size, totalBytes: size })
    }
  })

  test('files that a server sends with a content encoding arrive decompressed', async () => {
    answers['train-images-idx3-ubyte'] = (response, body) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body)
    expect((await load()).train.length).toBe(5)
  })

  test('a server that does not tell the size', async () => {
    answers['t10k-labels-idx1-ubyte'] = (response, body) => response.writeHead(200).end(body)
    const progress: MnistProgress[] = []
    await load({ onProgress: (step) => progress.push(step) })
    expect(progress[0]).toMatchObject({ file: 't10k-labels-idx1-ubyte', totalBytes: undefined })
  })

  test('the environment variable names the mirror, and the option goes before it', async () => {
    vi.stubEnv('NEURITE_MNIST_MIRROR', `${address}/`)
    const checksums = checksumsOf(files)
    expect((await loadMnist({ cache: false, checksums })).train.length).toBe(5)
    vi.stubEnv('NEURITE_MNIST_MIRROR', join(folder, 'nowhere'))
    expect((await errorOf(loadMnist({ checksums }))).message).toContain('nowhere')
    expect((await load()).train.length).toBe(5)
  })

  test('class names of another data set', async () => {
    const classNames = Array.from({ length: 10 }, (_, i) => `class ${i}`)
    expect((await load({ classNames })).test.classNames).toEqual(classNames)
    await expect(load({ classNames: ['one'] })).rejects.toThrow(IndexOutOfRangeError)
  })
})

describe('the cache', () => {
  const kept = async (cache: string): Promise<string[]> => (await readdir(join(cache, 'mnist'))).toSorted()

  test('a second loading asks the server for nothing', async () => {
    const cache = join(folder, 'cache')
    await load({ cache })
    expect(requests.length).toBe(4)
    const progress: MnistProgress[] = []
    const { train } = await load({ cache, onProgress: (step) => progress.push(step) })
    expect(requests.length).toBe(4)
    expect(train.example(4).target[0]).toBe(5)
    expect(progress.map(({ file, from }) => [file, from])).toEqual(names.map((name) => [name, 'cache']))
    const found = await kept(cache)
    expect(found).toHaveLength(4)
    expect(found.filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('a file that was altered in the cache is fetched again and replaced', async () => {
    const cache = join(folder, 'cache')
    await load({ cache })
    const name = (await kept(cache)).find((file) => file.startsWith('train-images'))!
    await writeFile(join(cache, 'mnist', name), 'something else')
    expect((await load({ cache })).train.length).toBe(5)
    expect(requests.slice(4)).toEqual(['train-images-idx3-ubyte'])
    expect(new Uint8Array(await readFile(join(cache, 'mnist', name)))).toEqual(files['train-images-idx3-ubyte'])
  })

  test('data sets with files of the same names are kept apart', async () => {
    const cache = join(folder, 'cache')
    await load({ cache })
    files['t10k-labels-idx1-ubyte'] = writeIdx({ dtype: 'uint8', shape: [2], data: new Uint8Array([1, 2]) })
    const other = await load({ cache, checksums: checksumsOf(files) })
    expect(other.test.example(0).target[0]).toBe(1)
    expect((await load({ cache })).test.example(0).target[0]).toBe(9)
    expect(requests.length).toBe(5)
  })

  test('lies in XDG_CACHE_HOME where no folder is given, and nowhere with cache: false', async () => {
    const checksums = checksumsOf(files)
    await loadMnist({ mirror: address, checksums, cache: false })
    expect(await readdir(folder)).toEqual([])
    await loadMnist({ mirror: address, checksums })
    expect(await kept(join(folder, 'xdg', 'neurite'))).toHaveLength(4)
  })

  test('nothing wrong enters it', async () => {
    const cache = join(folder, 'cache')
    files['t10k-labels-idx1-ubyte'] = files['t10k-labels-idx1-ubyte'].slice(0, -1)
    await errorOf(load({ cache }))
    expect(existsSync(cache)).toBe(false)
  })

  test('a folder that cannot be written', async () => {
    const cache = join(folder, 'file')
    await writeFile(cache, '')
    const error = await errorOf(load({ cache: join(cache, 'sub') }))
    expect(error.message).toContain('ENOTDIR')
  })
})

describe('from a folder', () => {
  const fill = async (compressed: boolean): Promise<string> => {
    const mirror = join(folder, 'mirror')
    await mkdir(mirror)
    for (const name of names) {
      const [path, bytes] = compressed ? [`${name}.gz`, gzipSync(files[name])] : [name, files[name]]
      await writeFile(join(mirror, path), bytes)
    }
    return mirror
  }

  test.each([true, false])('with the files compressed: %s', async (compressed) => {
    const mirror = await fill(compressed)
    expect((await load({ mirror })).train.length).toBe(5)
    expect((await load({ mirror: pathToFileURL(mirror) })).train.length).toBe(5)
    expect((await load({ mirror: pathToFileURL(mirror).href })).train.length).toBe(5)
  })

  test('a missing file is named, with the folder', async () => {
    const mirror = await fill(true)
    await rm(join(mirror, 'train-labels-idx1-ubyte.gz'))
    const error = await errorOf(load({ mirror }))
    expect(error.what).toBe(`MNIST: there is no file ${join(mirror, 'train-labels-idx1-ubyte.gz')}`)
    expect(error.expected).toContain(mirror)
    expect(error.fix).toContain('NEURITE_MNIST_MIRROR')
  })

  test('a folder in the place of a file', async () => {
    const mirror = await fill(true)
    await rm(join(mirror, 't10k-labels-idx1-ubyte.gz'))
    await mkdir(join(mirror, 't10k-labels-idx1-ubyte.gz'))
    expect((await errorOf(load({ mirror }))).what).toContain('cannot be read (EISDIR)')
  })
})

describe('what can go wrong', () => {
  const labels = 't10k-labels-idx1-ubyte'

  test('a file that is cut off', async () => {
    answers[labels] = (response, body) => response.end(body.subarray(0, body.length - 5))
    const error = await errorOf(load())
    expect(error.what).toContain(`${labels}.gz (`)
    expect(error.what).toContain('unexpected end of file')
  })

  test('a file that was damaged', async () => {
    answers['t10k-images-idx3-ubyte'] = (response, body) => {
      body[Math.floor(body.length / 2)]! ^= 0xff
      send(response, body, undefined as never)
    }
    expect((await errorOf(load())).what).toContain('t10k-images-idx3-ubyte.gz')
  })

  test('a file with one other byte, properly compressed', async () => {
    files['train-images-idx3-ubyte'][40]! ^= 1
    const error = await errorOf(load())
    expect(error.what).toContain('train-images-idx3-ubyte is not the original: 76 bytes')
    expect(error.expected).toContain(checksumsOf(fakeFiles())['train-images-idx3-ubyte'])
  })

  test('by default only the original is taken', async () => {
    const error = await errorOf(loadMnist({ mirror: address, cache: false }))
    expect(error.expected).toContain('ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2')
  })

  test('a page instead of the file', async () => {
    answers[labels] = (response) => response.end('<html>Please sign in</html>')
    expect((await errorOf(load())).what).toContain('is not the original')
  })

  test.each([404, 403, 500])('the status %i', async (status) => {
    answers[labels] = (response) => response.writeHead(status).end('no')
    const error = await errorOf(load())
    expect(error.what).toContain(`${address}/${labels}.gz: the server answered ${status}`)
    expect(error.fix).toContain('NEURITE_MNIST_MIRROR')
  })

  test('a refused connection', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    expect((await errorOf(load({ mirror: `http://127.0.0.1:${port}` }))).what).toContain('ECONNREFUSED')
  })

  test('a connection that breaks off', async () => {
    answers[labels] = (response, body) => {
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.subarray(0, 10), () => response.destroy())
    }
    expect((await errorOf(load())).what).toContain(`${labels}.gz: the download failed`)
  })

  test.each(['before the answer', 'in the middle'])('a server that falls silent %s', async (when) => {
    answers[labels] = (response, body) => {
      if (when === 'before the answer') return
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.subarray(0, 10))
    }
    expect((await errorOf(load({ timeout: 100 }))).what).toContain('no data came for 0.1 s')
  })

  test('a slow server that keeps sending is waited for, however long it takes', async () => {
    answers[labels] = (response, body) => {
      const sendFrom = (at: number): void => {
        response.write(body.subarray(at, at + 2))
        if (at + 2 < body.length) setTimeout(() => sendFrom(at + 2), 60)
        else response.end()
      }
      sendFrom(0)
    }
    const start = performance.now()
    await load({ timeout: 500 })
    expect(performance.now() - start).toBeGreaterThan(500)
  })

  test('the signal ends the loading with its reason', async () => {
    const reason = new Error('the user changed his mind')
    const stop = new AbortController()
    answers['t10k-images-idx3-ubyte'] = () => stop.abort(reason)
    await expect(load({ signal: stop.signal })).rejects.toBe(reason)
    await expect(load({ signal: stop.signal })).rejects.toBe(reason)
    expect(requests.length).toBe(2)
  })

  test('files that do not belong together', async () => {
    files['train-labels-idx1-ubyte'] = files['t10k-labels-idx1-ubyte']
    const error = await errorOf(load({ checksums: checksumsOf(files) }))
    expect(error.what).toBe('MNIST: the train files hold uint8 in the shape [5, 4, 3] and uint8 in the shape [2]')
  })

  test('a verified file that is no IDX file', async () => {
    files[labels] = new Uint8Array([1, 2, 3, 4, 5])
    await expect(load({ checksums: checksumsOf(files) })).rejects.toThrow(FileFormatError)
  })

  test('an unknown option, and a timeout of 0', async () => {
    await expect(load({ mirrors: address } as MnistOptions)).rejects.toThrow(ArgumentError)
    await expect(load({ timeout: 0 })).rejects.toThrow('timeout is 0')
  })
})

describe('in a browser, where Node has no part', () => {
  test('addresses work, nothing is cached, and gzip is undone by the platform', async () => {
    vi.stubGlobal('process', undefined)
    try {
      const { train } = await loadMnist({ mirror: address, checksums: checksumsOf(files) })
      expect(train.length).toBe(5)
      answers['t10k-labels-idx1-ubyte'] = (response, body) => response.end(body.subarray(0, body.length - 5))
      expect((await errorOf(load())).what).toContain('cannot be decompressed')
    } finally {
      vi.unstubAllGlobals()
    }
    expect(await readdir(folder)).toEqual([])
  })
})
