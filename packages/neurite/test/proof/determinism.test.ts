/** The promise of reproducible mode: the same bits on every engine, with any number of threads. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { launchChromium } from '../support/browser.ts'
import { needsNode24 } from '../support/node24.ts'
import { browserBundle } from './support/bundle.ts'
import { runChild } from './support/child.ts'
import type * as Training from './support/training-hash.ts'
import type { NetworkName, TrainingHash, TrainingRequest } from './support/training-hash.ts'

/**
 * SHA-256 of all weights after 1,000 steps, or 200 of the networks with convolutions and with recurrence and attention. A change here means that the same program, seed and library give other
 * numbers than before: where that is meant (another order of a sum, another initialiser), copy the new hashes from the
 * failed test, and say so in the changelog.
 */
const expected: Record<NetworkName, string> = {
  small: '9cce7cae705ec1ff40d3e2c4deb0dcd15140584c84b65f0701c1477637b46025',
  large: 'd540dcefca8e1f6322b8e680bfaa8d7db0ab0d52cb15854f516769ab2293f9d2',
  pictures: 'e050df7962e96c7a5aae13c5f4d6937d3b7bf94010f66d549dbf33db10cf7062',
  sequences: 'b85abf872ca2b7054a68556358c03664985340d7c349e70f0e24ef09d92dabe3',
}

const request = (network: NetworkName, options: TrainingRequest['options']): TrainingRequest => ({ network, options })

const shared: readonly NetworkName[] = ['large', 'pictures', 'sequences']

/** The small network, which stays on one thread, and the others on each of these numbers of threads. */
const requests = (widen: boolean, threads: readonly number[]): TrainingRequest[] => [
  request('small', { widen, threads: 2 }),
  ...shared.flatMap((network) => threads.map((count) => request(network, { widen, threads: count }))),
]

async function inNode(node: string, asked: readonly TrainingRequest[]): Promise<TrainingHash[]> {
  const text = await runChild('run-determinism.ts', { node, arguments: [JSON.stringify(asked)], limit: 110_000 })
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainingHash)
}

const hashes = (widened: boolean, threads: readonly number[]): TrainingHash[] => [
  { sha256: expected.small, threads: 1, widened },
  ...shared.flatMap((network) => threads.map((count) => ({ sha256: expected[network], threads: count, widened }))),
]

describe('the weights after 1,000 steps are the same', () => {
  test('on 1, 2 and 4 threads in this Node', async () => {
    expect(await inNode(process.execPath, requests(false, [1, 2, 4]))).toEqual(hashes(false, [1, 2, 4]))
  })

  test('in Node 24', async (context) => {
    expect(await inNode(needsNode24(context), requests(false, [1, 2, 4]))).toEqual(hashes(false, [1, 2, 4]))
  })

  test('in Node 24 with vectors of 256 bits', async (context) => {
    const found = await inNode(needsNode24(context), requests(true, [1, 2]))
    // Elsewhere than on x86 with AVX2, V8 has no such vectors.
    expect(found).toEqual(hashes(process.arch === 'x64', [1, 2]))
  })

  test('in Chromium on one thread', async (context) => {
    const found = await inChromium(context, false, [
      request('small', {}),
      ...shared.map((name) => request(name, { threads: 4 })),
    ])
    expect(found).toEqual(
      (['small', ...shared] as const).map((name) => ({ sha256: expected[name], threads: 1, widened: false })),
    )
  })

  test('in Chromium on 2 threads, where the page is cross-origin isolated', async (context) => {
    const found = await inChromium(context, true, [request('large', { threads: 2 })])
    expect(found).toEqual([{ sha256: expected.large, threads: 2, widened: false }])
  })
})

async function inChromium(
  context: TestContext,
  isolated: boolean,
  asked: readonly TrainingRequest[],
): Promise<TrainingHash[]> {
  const browser = await launchChromium(context)
  onTestFinished(() => browser.close())
  const server = createServer((_, response) => {
    if (isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin')
      response.setHeader('cross-origin-embedder-policy', 'require-corp')
    }
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>training</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(await page.evaluate(() => (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated)).toBe(
    isolated,
  )
  await page.addScriptTag({ content: await browserBundle('training-hash.ts', 'training') })
  return page.evaluate(async (list) => {
    const { training } = globalThis as unknown as { training: typeof Training }
    const found: TrainingHash[] = []
    for (const one of list) found.push(await training.trainAndHash(one))
    return found
  }, asked)
}
