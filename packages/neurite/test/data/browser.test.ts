import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import type * as Data from '../../src/data/index.ts'
import type * as Formats from '../../src/formats/index.ts'
import { writeIdx } from '../../src/formats/index.ts'
import { launchChromium } from '../support/browser.ts'
import { repositoryRoot } from '../support/shared.ts'

const files: Record<string, Uint8Array> = {
  'train-images-idx3-ubyte': writeIdx({ dtype: 'uint8', shape: [3, 2, 2], data: new Uint8Array(12).fill(51) }),
  'train-labels-idx1-ubyte': writeIdx({ dtype: 'uint8', shape: [3], data: new Uint8Array([4, 5, 6]) }),
  't10k-images-idx3-ubyte': writeIdx({ dtype: 'uint8', shape: [1, 2, 2], data: new Uint8Array(4) }),
  't10k-labels-idx1-ubyte': writeIdx({ dtype: 'uint8', shape: [1], data: new Uint8Array([9]) }),
}

async function bundle(name: 'data' | 'formats'): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [join(repositoryRoot, `packages/neurite/src/${name}/index.ts`)],
    bundle: true,
    format: 'iife',
    globalName: name,
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  })
  expect(warnings).toEqual([])
  return outputFiles[0]!.text
}

test('datasets and formats work in a browser', async (context) => {
  const browser = await launchChromium(context)
  const server = createServer((request, response) => {
    const path = request.url!
    const file = files[path.replace(/^\/mnist\/(.*)\.gz$/, '$1')]
    if (file !== undefined) response.end(gzipSync(file))
    else response.setHeader('content-type', 'text/html').end('<!doctype html><title>data</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.addScriptTag({ content: await bundle('data') })
    await page.addScriptTag({ content: await bundle('formats') })
    const entries = Object.entries(files)
    const checksums = entries.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
    const result = await page.evaluate(
      async (checksums) => {
        const { data, formats } = globalThis as unknown as { data: typeof Data; formats: typeof Formats }
        const { train, test } = await data.loadMnist({ mirror: '/mnist', checksums })
        const loader = new data.DataLoader(train, { batchSize: 3, shuffle: true, seed: 1 })
        const [batch] = Array.from(loader)
        const missing: unknown = await data.loadMnist({ mirror: '/nowhere' }).catch((error: unknown) => error)
        const tensor = { dtype: 'float32', shape: [2], data: new Float32Array([1, 2]) } as const
        const bytes = formats.writeSafetensors({ tensors: new Map([['a', tensor]]) })
        return {
          order: [...batch!.indices],
          targets: [...batch!.targets],
          input: batch!.inputs[0],
          test: test.example(0).target[0],
          missing: (missing as Error).message,
          read: [...formats.readSafetensors(bytes).tensors.get('a')!.data],
        }
      },
      Object.fromEntries(checksums) as Record<Data.MnistFile, string>,
    )
    const here = new Float32Array([51 / 255])
    expect(result).toMatchObject({ input: here[0], test: 9, read: [1, 2] })
    expect(result.targets).toEqual(result.order.map((index) => index + 4))
    expect(result.missing).toContain('is not the original')
  } finally {
    await browser.close()
    server.close()
  }
})
