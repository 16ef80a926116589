/**
 * A device's code is loaded at its first use. Calls that are made before it has arrived wait here, in their order; once
 * nothing waits, every call runs at once, and all that is left of this is one check.
 */
import type { Backend } from '../compiler/program.ts'
import { StateError } from '../errors.ts'
import type * as DeviceCode from './device-code.ts'
import { epoch, nextEpoch } from './epoch.ts'

export type { BindingValue, Executable } from '../compiler/program.ts'

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

type Maker = (options: InitOptions) => Backend

const LOADERS: Record<Device, () => Promise<Maker>> = {
  wasm: async () => {
    const { WasmBackend } = await import('../backends/wasm/backend.ts')
    return (options) => new WasmBackend(options)
  },
  reference: async () => {
    const { ReferenceBackend } = await import('../backends/reference/index.ts')
    return () => new ReferenceBackend()
  },
}

/** Something that waits for the device. */
interface Waiting {
  readonly run: () => void
  readonly fail: (error: unknown) => void
  /** Runs even where the device's code could not be loaded: memory given back, another device chosen. */
  readonly always: boolean
}

/** What waits may hold this many bytes of copied inputs. */
const MAXIMUM_BYTES = 0x20000000
/** What a waiting call takes besides. */
const BYTES_PER_CALL = 1024

const makers = new Map<Device, Maker>()
let code: typeof DeviceCode | undefined
let options: InitOptions = {}
/** The backend in use; undefined while something waits for it, and before its first use. */
let backend: Backend | undefined
let waiting: Waiting[] = []
let waitingBytes = 0
let arrival: Promise<void> | undefined

/** Whether the device can compute now. What cannot run at once is given to `enqueue`. */
export function isReady(): boolean {
  if (backend !== undefined) return true
  if (waiting.length > 0) return false
  const make = makers.get(options.device ?? 'wasm')
  if (make === undefined) return false
  backend = make(options)
  return true
}

/** The backend in use, made when it is first needed. */
export function currentBackend(): Backend {
  if (isReady()) return backend!
  throw new StateError({
    what: 'values are needed at once, but the code that computes them is still being loaded',
    expected: 'a device that has arrived',
    fix: 'await init() before, or read the values with await x.data()',
  })
}

/** What runs graphs on a device; there as soon as one has arrived. */
export function deviceCode(): typeof DeviceCode {
  return code!
}

/**
 * Keeps a call until all that was enqueued before has run and the device has arrived. An error of `run`, or of loading,
 * goes to `fail`.
 *
 * @throws StateError where the copies that wait (`bytes`) grow beyond half a gibibyte
 */
export function enqueue(run: () => void, fail: (error: unknown) => void, bytes = 0): void {
  if (waitingBytes + bytes > MAXIMUM_BYTES) {
    throw new StateError({
      what: `${waiting.length} calls wait for the device, which cannot arrive while this loop does not pause`,
      expected: 'at most 512 MiB of waiting calls',
      fix: 'await init() before the loop, or await something in it',
    })
  }
  waitingBytes += bytes + BYTES_PER_CALL
  waiting.push({ run, fail, always: false })
  prepareDevice()
}

/** Starts to load the device's code, where it is not there yet. */
export function prepareDevice(): void {
  if (backend !== undefined || arrival !== undefined) return
  arrival = arrive()
  // Whoever waits is told by `fail`; who does not will ask again.
  arrival.catch(() => undefined)
}

/** Runs `act` after everything that waits, which is now where nothing does. */
export function inOrder(act: () => void): void {
  if (backend !== undefined || waiting.length === 0) act()
  else waiting.push({ run: act, fail: reportUnheard, always: true })
}

/** What `read` gives, after everything that waits, on a device that has arrived. */
export function whenReady<T>(read: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    if (isReady()) resolve(read())
    else {
      const run = (): void => {
        resolve(read())
      }
      enqueue(run, reject)
    }
  })
}

/** Resolves when nothing waits any more that waits now. */
export function whenSettled(): Promise<void> {
  return backend !== undefined || waiting.length === 0 ? Promise.resolve() : whenReady(() => undefined)
}

/** An error that nobody asked for is reported by the host, as that of any promise. */
export function reportUnheard(error: unknown): void {
  void Promise.reject(error)
}

/** Leaves the device in use for another; what waits runs on the one that was chosen when it was called. */
export function changeDevice(chosen: InitOptions): void {
  epoch.device++
  nextEpoch()
  inOrder(() => {
    options = chosen
    // Threads of the device that is left end; its memory stays readable until the last state has moved.
    if (isThreaded(backend)) backend.setThreads(1)
    backend = undefined
    nextEpoch()
  })
}

/** Resolves when the device's code is there and nothing waits any more that waits now. */
export function whenLoaded(): Promise<void> {
  return waiting.length === 0 && makers.has(options.device ?? 'wasm') ? Promise.resolve() : whenReady(() => undefined)
}

export function changeThreads(threads: number): void {
  inOrder(() => {
    options = { ...options, threads }
    if (isThreaded(backend)) backend.setThreads(threads)
  })
}

export async function teamReady(): Promise<void> {
  const used = await whenReady(currentBackend)
  if (isThreaded(used)) await used.team.ready()
}

function isThreaded(used: Backend | undefined): used is ThreadedBackend {
  return used !== undefined && 'team' in used
}

async function arrive(): Promise<void> {
  try {
    // Never at once: `arrival` has to be known before it is forgotten.
    await Promise.resolve()
    do {
      const device = options.device ?? 'wasm'
      if (!makers.has(device)) makers.set(device, await load(device))
    } while (!runWaiting())
  } catch (error) {
    for (const { run, fail, always } of takeWaiting()) {
      if (always) run()
      else fail(error)
    }
    throw error
  } finally {
    arrival = undefined
  }
}

async function load(device: Device): Promise<Maker> {
  try {
    const [maker, loaded] = await Promise.all([LOADERS[device](), import('./device-code.ts')])
    code = loaded
    return maker
  } catch (cause) {
    throw new StateError({
      what: `the code of the device '${device}' could not be loaded`,
      expected: "the files that stand beside the library's entry",
      fix: 'check the network, and that the bundler keeps what import() loads',
      cause,
    })
  }
}

/** Runs what waits, in order; false where another device has to be loaded first. */
function runWaiting(): boolean {
  const calls = takeWaiting()
  for (let i = 0; i < calls.length; i++) {
    const { run, fail } = calls[i]!
    try {
      if (backend === undefined) {
        const make = makers.get(options.device ?? 'wasm')
        if (make === undefined) {
          waiting = calls.slice(i)
          return false
        }
        backend = make(options)
      }
      run()
    } catch (error) {
      fail(error)
    }
  }
  return true
}

function takeWaiting(): Waiting[] {
  const calls = waiting
  waiting = []
  waitingBytes = 0
  return calls
}
