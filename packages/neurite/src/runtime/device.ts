import { requireOneOf, requireWhole } from '../option-checks.ts'
import { ArgumentError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'
import { changeDevice, changeThreads, type InitOptions, teamReady, whenLoaded } from './arrival.ts'

export type { Device, InitOptions } from './arrival.ts'

const KNOWN = ['device', 'mode', 'widen', 'threads']

/**
 * Chooses the device and how it computes, and loads it. Not needed before anything else: the default is WebAssembly,
 * reproducible, which is loaded at its first use; calls made before it has arrived wait for it, in their order. May be
 * called again at any time; resident tensors move to the new device, programs are compiled again.
 *
 * @returns a promise that resolves when the device is there and nothing waits any more
 * @throws ArgumentError for an unknown option, or a value that the option does not have
 *
 * @example
 * ```ts
 * import { init, tensor } from 'neurite'
 *
 * await init({ device: 'reference' })
 * console.log(await tensor([1, 2, 3]).sum().item()) // → 6
 * ```
 */
export function init(chosen: InitOptions = {}): Promise<void> {
  requireKnownOptions('init', chosen, KNOWN)
  const { device, mode, widen, threads } = chosen
  if (device !== undefined) requireOneOf('init', 'device', device, ['wasm', 'reference'])
  if (mode !== undefined) requireOneOf('init', 'mode', mode, ['reproducible', 'fast'])
  if (widen !== undefined && typeof widen !== 'boolean') {
    throw new ArgumentError({
      what: `init: widen is ${String(widen)}`,
      expected: 'true or false',
      fix: 'correct the option, or leave it out',
    })
  }
  if (threads !== undefined) checkThreads(threads)
  changeDevice(chosen)
  return whenLoaded()
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
  changeThreads(threads)
}

/**
 * Resolves when all threads have started. Not needed for right results, since steps run on one thread until then; a
 * measurement waits for it.
 *
 * @example
 * ```ts
 * import { init, tensor, threadsReady } from 'neurite'
 *
 * await init({ threads: 2 })
 * await threadsReady()
 * console.log(await tensor([3, 4]).sum().item()) // → 7
 * ```
 */
export function threadsReady(): Promise<void> {
  return teamReady()
}

function checkThreads(threads: number): void {
  requireWhole('init', 'the number of threads', threads, 1, 256)
}
