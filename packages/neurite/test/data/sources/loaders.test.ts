import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { TestContext } from 'vitest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  monthlySunspots,
  names,
  pollution,
  smsSpam,
  spokenDigits,
  TableEncoder,
  tabular,
  tinyShakespeare,
} from '../../../src/data/index.ts'
import type { LoadOptions, LoadProgress, TabularName } from '../../../src/data/index.ts'
import { ArgumentError, DataError } from '../../../src/errors.ts'
import { writeWav } from '../../../src/formats/index.ts'
import { needs, sharedPath } from '../../support/shared.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-data-'))
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'xdg'))
  vi.stubEnv('NEURITE_DATA_MIRROR', '')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** The loaders with the file that each reads, and its folder. */
const loaders: [string, (options?: LoadOptions) => Promise<unknown>, string, string, string][] = [
  ['tinyShakespeare', tinyShakespeare, 'tiny-shakespeare', 'input.txt', 'NEURITE_TINY_SHAKESPEARE_MIRROR'],
  ['names', names, 'names', 'names.txt', 'NEURITE_NAMES_MIRROR'],
  ['smsSpam', smsSpam, 'sms-spam', 'SMSSpamCollection', 'NEURITE_SMS_SPAM_MIRROR'],
  ['spokenDigits', spokenDigits, 'fsdd', 'recordings/0_george_0.wav', 'NEURITE_FSDD_MIRROR'],
  ['monthlySunspots', monthlySunspots, 'time-series', 'monthly-sunspots.csv', 'NEURITE_TIME_SERIES_MIRROR'],
  ['pollution', pollution, 'time-series', 'pollution.csv', 'NEURITE_TIME_SERIES_MIRROR'],
  ['tabular', (options) => tabular('iris', options), 'tabular', 'iris.csv', 'NEURITE_TABULAR_MIRROR'],
]

async function errorOf(loading: Promise<unknown>): Promise<DataError> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DataError)
  return error as DataError
}

const shared = (context: TestContext, path: string): string =>
  needs(context, `../shared/data/${path}`, sharedPath(`data/${path}`))

describe.each(loaders)('%s', (_, load, home, file, variable) => {
  test('names a missing file, its folder and the way out', async () => {
    const error = await errorOf(load({ mirror: folder }))
    expect(error.what).toContain(`there is no file ${join(folder, file)}`)
    expect(error.fix).toContain(variable)
  })

  test('takes the mirror from its variable, and from the common one', async () => {
    vi.stubEnv('NEURITE_DATA_MIRROR', `${folder}/all/`)
    expect((await errorOf(load())).what).toContain(join(folder, 'all', home, file))
    vi.stubEnv(variable, join(folder, 'own'))
    expect((await errorOf(load())).what).toContain(join(folder, 'own', file))
  })

  test('refuses an altered file', async () => {
    const path = join(folder, file)
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, 'something else')
    await errorOf(load({ mirror: folder }))
  })

  test('refuses the real file with one other byte, and cut off', async (context) => {
    const bytes = Uint8Array.from(readFileSync(shared(context, join(home, file))))
    const path = join(folder, file)
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, bytes.subarray(0, bytes.length - 40))
    await errorOf(load({ mirror: folder }))
    bytes[2]! ^= 8
    await writeFile(path, bytes)
    await errorOf(load({ mirror: folder }))
  })

  test('refuses an unknown option', async () => {
    await expect(load({ mirror: folder, mirrors: 1 } as LoadOptions)).rejects.toThrow(ArgumentError)
  })
})

describe('the real data', () => {
  test('tiny-shakespeare', async (context) => {
    const text = await tinyShakespeare({ mirror: shared(context, 'tiny-shakespeare') })
    expect([text.length, new Set(text).size]).toEqual([1_115_394, 65])
    expect(text.slice(0, 14)).toBe('First Citizen:')
  })

  test('names', async (context) => {
    const list = await names({ mirror: shared(context, 'names') })
    expect([list.length, list[0], list.at(-1)]).toEqual([32_033, 'emma', 'zzyzx'])
    expect(list.every((name) => /^[a-z]{1,15}$/.test(name))).toBe(true)
  })

  test('sms-spam', async (context) => {
    const { texts, labels, classNames } = await smsSpam({ mirror: shared(context, 'sms-spam') })
    expect([texts.length, labels.length]).toEqual([5574, 5574])
    expect(labels.filter((label) => label === 1).length).toBe(747)
    expect([classNames[labels[2]!], texts[2]!.slice(0, 10)]).toEqual(['spam', 'Free entry'])
  })

  test('sms-spam without its last message', async (context) => {
    const text = readFileSync(join(shared(context, 'sms-spam'), 'SMSSpamCollection'), 'utf8').trimEnd()
    await writeFile(join(folder, 'SMSSpamCollection'), text.slice(0, text.lastIndexOf('\n')))
    expect((await errorOf(smsSpam({ mirror: folder }))).what).toContain('4826 messages of ham and 747 of spam')
  })

  test('spoken digits, with the official division', async (context) => {
    const { train, test: held } = await spokenDigits({ mirror: shared(context, 'fsdd') })
    expect([train.length, held.length]).toEqual([2700, 300])
    expect(held.every(({ index }) => index < 5)).toBe(true)
    expect(train.every(({ index }) => index >= 5 && index < 50)).toBe(true)
    for (const part of [train, held]) {
      const counts = Array.from({ length: 10 }, (_, digit) => part.filter(({ label }) => label === digit).length)
      expect(new Set(counts)).toEqual(new Set([part.length / 10]))
    }
    const one = held.find(({ speaker, label, index }) => speaker === 'theo' && label === 7 && index === 3)!
    const file = readFileSync(join(shared(context, 'fsdd'), 'recordings/7_theo_3.wav'))
    expect(one.samples.length).toBe((file.length - 44) / 2)
    expect(one.samples[100]).toBe(file.readInt16LE(244) / 32768)
  })

  test('sunspots', async (context) => {
    const { names: columns, values, length } = await monthlySunspots({ mirror: shared(context, 'time-series') })
    expect([columns, length, values[0], values.at(-1)]).toEqual([['sunspots'], 2820, 58, 33.4])
  })

  test('pollution: without gaps, each filled from its past', async (context) => {
    const mirror = shared(context, 'time-series')
    const { names: columns, values, length } = await pollution({ mirror })
    expect([columns.length, length, values.every(Number.isFinite)]).toEqual([11, 43_800, true])
    expect([...values.subarray(0, 11)]).toEqual([129, -16, -4, 1020, 1.79, 0, 0, 0, 0, 1, 0])
    const lines = readFileSync(join(mirror, 'pollution.csv'), 'utf8').split(/\r?\n/).slice(25, -1)
    let last = ''
    for (const [row, line] of lines.entries()) {
      const cell = line.split(',')[5]!
      if (cell !== 'NA') last = cell
      if (values[row * 11] !== Number(last)) throw new Error(`row ${row}: ${values[row * 11]!} and not ${last}`)
    }
  })

  const sizes: [TabularName, number, number, string[] | undefined][] = [
    ['iris', 150, 4, ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica']],
    ['wine', 178, 13, ['1', '2', '3']],
    ['sonar', 208, 60, ['M', 'R']],
    ['ionosphere', 351, 34, ['b', 'g']],
    ['pima', 768, 8, ['0', '1']],
    ['breast-cancer', 699, 9, ['2', '4']],
    ['banknote', 1372, 4, ['0', '1']],
    ['glass', 214, 9, ['1', '2', '3', '5', '6', '7']],
    ['wheat-seeds', 210, 7, ['1', '2', '3']],
    ['abalone', 4177, 10, undefined],
    ['wine-quality-red', 1599, 11, undefined],
    ['wine-quality-white', 4898, 11, undefined],
    ['adult', 32561, 105, ['<=50K', '>50K']],
    ['mammography', 11183, 6, ['-1', '1']],
  ]
  test.for(sizes)('%s', async ([name, rows, features, classNames], context) => {
    const { table, target } = await tabular(name, { mirror: shared(context, 'tabular') })
    const encoder = TableEncoder.fit(table, { target, missing: 'mean' })
    expect([table.rowCount, encoder.featureNames.length, encoder.classNames]).toEqual([rows, features, classNames])
    expect(encoder.dataset(table).length).toBe(rows)
  })

  test('adult: the test part has the classes and columns of the other', async (context) => {
    const mirror = shared(context, 'tabular')
    const { table, target } = await tabular('adult', { mirror })
    const { table: held } = await tabular('adult-test', { mirror })
    const encoder = TableEncoder.fit(table, { target })
    expect(encoder.dataset(held).length).toBe(16_281)
    expect(held.withoutMissing().rowCount).toBe(15_060)
    expect(table.withoutMissing().rowCount).toBe(30_162)
  })

  test('a table that does not exist', async () => {
    await expect(tabular('irises' as TabularName)).rejects.toThrow("no table 'irises'")
  })
})

describe('from a server', () => {
  let server: Server | undefined
  let address = ''
  let requests: string[] = []

  const serve = async (home: string): Promise<void> => {
    requests = []
    const started = createServer((request, response) => {
      requests.push(request.url!)
      response.end(readFileSync(join(home, decodeURIComponent(request.url!))))
    })
    server = started
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(started.address() as AddressInfo).port}`
  }

  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
    server = undefined
  })

  test('a text is kept, and a second loading asks for nothing', async (context) => {
    await serve(shared(context, 'names'))
    const progress: LoadProgress[] = []
    const options = {
      mirror: address,
      cache: join(folder, 'cache'),
      onProgress: (step: LoadProgress) => progress.push(step),
    }
    expect((await names(options)).length).toBe(32_033)
    expect((await names(options)).length).toBe(32_033)
    expect(requests).toEqual(['/names.txt'])
    expect(progress.at(-1)).toEqual({ file: 'names.txt', from: 'cache', loadedBytes: 228_145, totalBytes: 228_145 })
  })

  test('a text without a checksum is checked before it is kept, and when it is read again', async (context) => {
    const mirror = join(folder, 'mirror')
    await mkdir(mirror)
    await serve(mirror)
    await writeFile(join(mirror, 'SMSSpamCollection'), 'ham\tonly one\n')
    const cache = join(folder, 'cache')
    await errorOf(smsSpam({ mirror: address, cache }))
    expect((await readdir(folder)).includes('cache')).toBe(false)
    await copyFile(join(shared(context, 'sms-spam'), 'SMSSpamCollection'), join(mirror, 'SMSSpamCollection'))
    await smsSpam({ mirror: address, cache })
    await writeFile(join(cache, 'sms-spam', 'SMSSpamCollection'), 'ham\tonly one\n')
    expect((await smsSpam({ mirror: address, cache })).texts.length).toBe(5574)
    expect(requests.length).toBe(3)
  })

  test('the recordings of a speaker are kept as one file', async (context) => {
    await serve(shared(context, 'fsdd'))
    const options = { mirror: address, cache: join(folder, 'cache'), speakers: ['theo'] } as const
    const first = await spokenDigits(options)
    expect(requests.length).toBe(500)
    const second = await spokenDigits(options)
    expect(requests.length).toBe(500)
    expect(await readdir(join(folder, 'cache', 'fsdd'))).toHaveLength(1)
    for (const i of [0, 449]) expect(second.train[i]).toEqual(first.train[i])
    expect(second.train.map(({ samples }) => samples.length)).toEqual(first.train.map(({ samples }) => samples.length))
    expect([first.train.length, first.test.length]).toEqual([450, 50])
  })

  test('without any mirror the messages say where they can be got', async () => {
    await serve(folder)
    const error = await errorOf(smsSpam())
    expect(error.fix).toContain('archive.ics.uci.edu')
    await expect(spokenDigits({ speakers: ['anna' as 'theo'] })).rejects.toThrow('the speakers are [anna]')
  })
})

test('a compressed file in a folder is read, too', async (context) => {
  const bytes = readFileSync(join(shared(context, 'names'), 'names.txt'))
  await writeFile(join(folder, 'names.txt.gz'), gzipSync(bytes))
  expect((await names({ mirror: folder })).length).toBe(32_033)
})

test('a recording that is shorter than it says is named', async () => {
  const recordings = join(folder, 'recordings')
  await mkdir(recordings)
  const whole = writeWav({ sampleRate: 8000, channels: [new Float32Array(10)] })
  for (let i = 0; i < 8; i++)
    await writeFile(join(recordings, `0_theo_${i}.wav`), i === 3 ? whole.subarray(0, 50) : whole)
  const error = await errorOf(spokenDigits({ mirror: folder, speakers: ['theo'] }))
  expect(error.what).toBe('spoken digits: recordings/0_theo_3.wav has 50 bytes')
})
