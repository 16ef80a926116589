import { ReferenceBackend } from '../backends/reference/reference-backend.ts'
import { WasmBackend } from '../backends/wasm/backend.ts'
import type { Backend } from '../compiler/program.ts'
import { ArgumentError } from '../errors.ts'
import { nextEpoch } from './epoch.ts'

export type { Backend, BindingValue, Executable } from '../compiler/program.ts'

/** Where programs run: `wasm` is fast, `reference` computes every operation in float64 from its definition. */
export type Device = 'wasm' | 'reference'

/** Options of `init`. */
export interface InitOptions {
  readonly device?: Device
  /** `reproducible` (default): the same bits on every machine. `fast`: fused multiply-add where the machine has it. */
  readonly mode?: 'reproducible' | 'fast'
  /** Asks V8 to widen 128-bit vectors to 256 bits, after a self-check; default false. */
  readonly widen?: boolean
  /** Threads for programs large enough to gain; the machine's cores by default. */
  readonly threads?: number
}

interface ThreadedBackend extends Backend {
  setThreads(threads: number): void
  readonly team: { ready(): Promise<void> }
}

const KNOWN = ['device', 'mode', 'widen', 'threads']
const DEVICES: Record<Device, (options: InitOptions) => Backend> = {
  wasm: ({ mode, widen, threads }) =>
    new WasmBackend({
      ...(mode === undefined ? {} : { mode }),
      ...(widen === undefined ? {} : { widen }),
      ...(threads === undefined ? {} : { threads }),
    }),
  reference: () => new ReferenceBackend(),
}

let options: InitOptions = {}
let backend: Backend | undefined

/**
 * Chooses the device and how it computes. Not needed before anything else: the default is WebAssembly, reproducible. May
 * be called again at any time; resident tensors move to the new device, programs are compiled again.
 *
 * @throws ArgumentError for an unknown option, or a value that the option does not have
 *
 * @example
 * ```ts
 * import { init, tensor } from 'neurite'
 *
 * init({ device: 'reference' })
 * console.log(await tensor([1, 2, 3]).sum().item()) // → 6
 * ```
 */
export function init(chosen: InitOptions = {}): void {
  for (const name of Object.keys(chosen)) {
    if (!KNOWN.includes(name)) throw optionError(`the option ${name} does not exist`, KNOWN.join(', '))
  }
  const { device, mode, widen, threads } = chosen
  if (device !== undefined && !Object.hasOwn(DEVICES, device)) {
    throw optionError(`device is '${device}'`, "'wasm' or 'reference'")
  }
  if (mode !== undefined && mode !== 'reproducible' && mode !== 'fast') {
    throw optionError(`mode is '${String(mode)}'`, "'reproducible' or 'fast'")
  }
  if (widen !== undefined && typeof widen !== 'boolean') {
    throw optionError(`widen is ${String(widen)}`, 'true or false')
  }
  if (threads !== undefined) checkThreads(threads)
  options = chosen
  // Threads of the device that is left end; its memory stays readable until the last state has moved.
  if (backend !== undefined && 'setThreads' in backend) (backend as ThreadedBackend).setThreads(1)
  backend = undefined
  nextEpoch()
}

/**
 * The number of threads for programs large enough to gain; results do not depend on it.
 *
 * @throws ArgumentError unless `threads` is a whole number from 1 to 256
 *
 * @example
 * ```ts
 * import { setThreads, tensor } from 'neurite'
 *
 * setThreads(1)
 * console.log(await tensor([3, 4]).square().sum().sqrt().item()) // → 5
 * ```
 */
export function setThreads(threads: number): void {
  checkThreads(threads)
  options = { ...options, threads }
  if (backend !== undefined && 'setThreads' in backend) (backend as ThreadedBackend).setThreads(threads)
}

/**
 * Resolves when all threads have started. Not needed for right results, since steps run on one thread until then; a
 * measurement waits for it.
 *
 * @example
 * ```ts
 * import { init, tensor, threadsReady } from 'neurite'
 *
 * init({ threads: 2 })
 * await threadsReady()
 * console.log(await tensor([3, 4]).sum().item()) // → 7
 * ```
 */
export async function threadsReady(): Promise<void> {
  const used = currentBackend()
  if ('team' in used) await (used as ThreadedBackend).team.ready()
}

/** The backend in use, made when it is first needed. */
export function currentBackend(): Backend {
  backend ??= DEVICES[options.device ?? 'wasm'](options)
  return backend
}

function checkThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= 256) return
  throw optionError(`the number of threads is ${threads}`, 'a whole number from 1 to 256')
}

function optionError(what: string, expected: string): ArgumentError {
  return new ArgumentError({ what: `init: ${what}`, expected, fix: 'correct the option, or leave it out' })
}
