/** The program of a child process: a team at work, and after that nothing that keeps Node alive. */
import type { WasmBackend } from '../../../src/backends/wasm/backend.ts'
import { init, rand, type Tensor, threadsReady, compile } from '../../../src/index.ts'
import { currentBackend } from '../../../src/runtime/arrival.ts'

await init({ threads: 3 })
const product = compile((x: Tensor) => x.matmul(x).sum())
const x = rand([256, 256])
product(x)
await threadsReady()
const { team } = currentBackend() as WasmBackend
console.log(JSON.stringify({ threads: team.threads, finite: Number.isFinite(await product(x).item()) }))
