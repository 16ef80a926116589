import { init, manualSeed } from 'neurite'
import { digits } from 'neurite/data'
import { expect, test } from 'vitest'
import { drawSamples, trainDcgan } from './course.ts'
import { makeGenerator } from './networks.ts'

const limit = { timeout: 300_000 }
const [width, size] = [16, 28 * 28]

/** The mean picture, and how much the pictures differ from it. */
function summary(pictures: Float32Array) {
  const count = pictures.length / size
  const mean = new Float32Array(size)
  for (let i = 0; i < pictures.length; i++) mean[i % size]! += pictures[i]! / count
  const spread = pictures.reduce((sum, value, i) => sum + (value - mean[i % size]!) ** 2, 0) / pictures.length
  return { mean, spread }
}

function correlation(a: Float32Array, b: Float32Array): number {
  const centred = (x: Float32Array): Float32Array => {
    const middle = x.reduce((sum, value) => sum + value, 0) / x.length
    return x.map((value) => value - middle)
  }
  const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  const [p, q] = [centred(a), centred(b)]
  return dot(p, q) / Math.sqrt(dot(p, p) * dot(q, q))
}

test('a small generator puts ink where digits have it, and makes pictures that differ', limit, async () => {
  await init({ threads: 1 })
  manualSeed(0)
  const { train } = await digits({ train: 3_200, test: 10 })
  const course = { epochs: 6, batchSize: 32, seed: 0, width, learningRate: 0.001, decay: 0.98 }
  const generator = await trainDcgan({ pictures: train, ...course })
  const pixels = Float32Array.from(Array.from({ length: 500 }, (_, i) => [...train.example(i).input]).flat())
  const real = summary(pixels)
  const before = summary(await drawSamples(makeGenerator(width), 200, 1))
  const after = summary(await drawSamples(generator, 200, 1))
  expect(Math.abs(correlation(before.mean, real.mean))).toBeLessThan(0.5)
  expect(before.spread).toBeLessThan(0.01 * real.spread)
  expect(correlation(after.mean, real.mean)).toBeGreaterThan(0.8)
  expect(after.spread).toBeGreaterThan(0.5 * real.spread)
})
