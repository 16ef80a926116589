// ONNX Runtime, native (node) and WebAssembly (web): inference only, of models that PyTorch has exported.
import { checkProduct, largeBatch, randomFloats } from '../data.mjs'
import { fingerprint, networkNames, networkOf } from '../networks.mjs'

async function runtime(kind, threads) {
  const loaded = await import(`onnxruntime-${kind}`)
  const ort = loaded.default ?? loaded
  if (kind === 'node') return { ort, options: { intraOpNumThreads: threads, interOpNumThreads: 1 } }
  ort.env.wasm.numThreads = threads
  ort.env.logLevel = 'error'
  return { ort, options: { executionProviders: ['wasm'] } }
}

/** @param {{ kind: 'node' | 'web', threads: number, models: string }} settings */
export async function workload(name, { kind, threads, models }) {
  const { ort, options } = await runtime(kind, threads)
  const session = await ort.InferenceSession.create(`${models}/${name}.onnx`, options)
  if (name === 'I1') {
    const x = new ort.Tensor('float32', largeBatch().inputs.slice(0, 784), [1, 784])
    return { step: () => session.run({ x }) }
  }
  if (networkNames.includes(name)) {
    const { shape, data } = networkOf(name).batch.inputs
    // Indices are int64, as PyTorch has them.
    const x =
      data instanceof Int32Array
        ? new ort.Tensor('int64', BigInt64Array.from(data, BigInt), shape)
        : new ort.Tensor('float32', data, shape)
    return { step: () => session.run({ x }), agree: ({ y }) => fingerprint(y.data) }
  }
  const n = Number(name.split('-')[1])
  const a = randomFloats(n * n)
  const b = randomFloats(n * n)
  const feeds = { a: new ort.Tensor('float32', a, [n, n]), b: new ort.Tensor('float32', b, [n, n]) }
  return { step: () => session.run(feeds), check: ({ y }) => checkProduct(a, b, y.data, n) }
}
