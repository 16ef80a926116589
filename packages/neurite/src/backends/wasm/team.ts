/**
 * The thread team: workers that share the memory and run the same program, each on its part. They start in the
 * background; until all are ready, programs run on the calling thread alone.
 */
import { ArgumentError, NeuriteError } from '../../errors.ts'
import { teamMemory } from './codegen/barrier.ts'
import type { ProgramModule } from './codegen/program-module.ts'
import { availableCores, nodeModule } from './engine.ts'
import type { Runner } from './executable.ts'
import type { Heap } from './heap.ts'
import { teamCommand, workerSource } from './team-worker.ts'

interface TeamWorker {
  terminate(): unknown
}
interface NodeWorker extends TeamWorker {
  unref(): void
  on(event: 'error' | 'exit', listener: (cause: unknown) => void): void
}
interface WorkerThreads {
  readonly Worker: new (source: string, options: { eval: true; workerData: unknown }) => NodeWorker
}
interface Surroundings {
  readonly document?: unknown
  readonly Worker?: new (
    url: string,
  ) => TeamWorker & { postMessage(message: unknown): void; onerror: ((event: unknown) => void) | null }
}
const surroundings = globalThis as Surroundings

const word = (address: number): number => address >> 2
/** What the word of ready workers counts from: a late worker of an earlier team is not counted. */
const readyWord = (epoch: number): number => epoch << 8
/** Room for at least this many threads is kept in every program, so that the team may grow. */
const usualMaximum = 4

interface Registered {
  readonly module: ProgramModule
  readonly capacity: number
  /** The team that has loaded it. */
  loadedBy: number
}

export class Team implements Runner {
  private readonly heap: Heap
  private readonly programs = new Map<number, Registered>()
  private nextProgram = 0
  private size: number
  private workers: TeamWorker[] = []
  private started = false
  private failure: unknown
  /** Settled when the workers of the team before have ended: until then they may still write to the words. */
  private ending: Promise<unknown> | undefined
  /** Threads that programs compiled now leave room for. */
  maximum: number

  constructor(heap: Heap, threads?: number) {
    this.heap = heap
    this.size = heap.memoryImport.shared ? (threads ?? availableCores()) : 1
    this.maximum = heap.memoryImport.shared ? Math.max(this.size, usualMaximum) : 1
  }

  /** Threads that run the next large program: 1 until the workers are ready. */
  get threads(): number {
    return this.isReady() ? this.size : 1
  }

  resize(threads: number): void {
    if (!Number.isInteger(threads) || threads < 1) {
      throw new ArgumentError({
        what: `setThreads(${threads})`,
        expected: 'a whole number, at least 1',
        fix: 'leave the number away to use all cores',
      })
    }
    if (!this.heap.memoryImport.shared || threads === this.size) return
    this.dismiss()
    this.size = threads
    this.maximum = Math.max(this.maximum, threads)
    if (this.programs.size > 0) this.start()
  }

  register(module: ProgramModule): number {
    const program = this.nextProgram++
    this.programs.set(program, { module, capacity: this.maximum, loadedBy: -1 })
    this.prepare()
    return program
  }

  /** Starts the workers, where they have not been started. */
  prepare(): void {
    if (!this.started) this.start()
  }

  forget(program: number): void {
    const registered = this.programs.get(program)
    this.programs.delete(program)
    if (registered && this.isReady() && registered.loadedBy === this.epoch()) {
      this.command(teamCommand.forget, program, 0, 0)
      this.awaitWorkers()
    }
  }

  run(
    step: (thread: number, threads: number, region: number, mayPark: number) => void,
    program: number,
    region: number,
    parallel: boolean,
  ): void {
    const mayPark = surroundings.document === undefined ? 1 : 0
    if (!parallel || this.size === 1 || !this.isReady()) {
      step(0, 1, region, mayPark)
      return
    }
    const registered = this.programs.get(program)!
    if (registered.capacity < this.size) {
      step(0, 1, region, mayPark)
      return
    }
    if (registered.loadedBy !== this.epoch()) this.load(program, registered)
    this.command(teamCommand.run, program, region, 0)
    try {
      step(0, this.size, region, mayPark)
    } catch (cause) {
      throw this.recover(cause)
    }
  }

  /** Resolves when the workers are ready; at once for one thread. */
  async ready(): Promise<void> {
    if (this.size > 1 && !this.started) this.start()
    while (this.size > 1 && this.failure === undefined && !this.isReady()) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  private epoch(): number {
    return this.heap.int32[word(teamMemory.epoch)]!
  }

  private isReady(): boolean {
    if (!this.started || this.failure !== undefined) return false
    const expected = readyWord(this.epoch()) + this.size - 1
    return this.size === 1 || Atomics.load(this.heap.int32, word(teamMemory.ready)) === expected
  }

  private start(): void {
    this.started = true
    if (this.size === 1) return
    const epoch = this.epoch()
    if (this.ending === undefined) this.launch(epoch)
    else void this.ending.then(() => this.launch(epoch))
  }

  private launch(epoch: number): void {
    if (this.epoch() !== epoch) return
    const { memory, int32 } = this.heap
    for (const address of [teamMemory.arrived, teamMemory.parked, teamMemory.poison]) {
      Atomics.store(int32, word(address), 0)
    }
    Atomics.store(int32, word(teamMemory.ready), readyWord(epoch))
    const lose = (cause: unknown): void => {
      if (this.epoch() === epoch) this.failure ??= cause
    }
    const source = workerSource()
    const threads = nodeModule('node:worker_threads') as WorkerThreads | undefined
    for (let thread = 1; thread < this.size; thread++) {
      const data = { memory, thread, threads: this.size, epoch }
      if (threads) {
        const worker = new threads.Worker(source, { eval: true, workerData: data })
        worker.unref()
        worker.on('error', lose)
        worker.on('exit', lose)
        this.workers.push(worker)
      } else if (surroundings.Worker) {
        const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
        const worker = new surroundings.Worker(url)
        worker.onerror = lose
        worker.postMessage(data)
        this.workers.push(worker)
      }
    }
  }

  /** Ends all workers. */
  private dismiss(): void {
    const { int32 } = this.heap
    Atomics.add(int32, word(teamMemory.epoch), 1)
    Atomics.add(int32, word(teamMemory.command), 1)
    Atomics.notify(int32, word(teamMemory.command))
    this.ending = Promise.all([this.ending, ...this.workers.map((worker) => worker.terminate())])
    this.workers = []
    this.started = false
    this.failure = undefined
  }

  private command(kind: number, program: number, region: number, length: number): void {
    const { int32 } = this.heap
    const at = word(teamMemory.arguments)
    int32[at] = kind
    int32[at + 1] = program
    int32[at + 2] = region
    int32[at + 3] = length
    Atomics.add(int32, word(teamMemory.command), 1)
    Atomics.notify(int32, word(teamMemory.command))
  }

  private load(program: number, registered: Registered): void {
    const { bytes } = registered.module
    const block = this.heap.allocate(bytes.length, 'the code of a program')
    new Uint8Array(this.heap.memory.buffer).set(bytes, block)
    this.command(teamCommand.load, program, block, bytes.length)
    this.awaitWorkers()
    this.heap.release(block)
    registered.loadedBy = this.epoch()
  }

  /** Waits until every worker has acknowledged a command. */
  private awaitWorkers(): void {
    const { int32 } = this.heap
    while (Atomics.load(int32, word(teamMemory.arrived)) < this.size - 1) {
      if (Atomics.load(int32, word(teamMemory.poison)) !== 0) throw this.recover(this.failure)
    }
    Atomics.store(int32, word(teamMemory.arrived), 0)
  }

  /** After a trap in any thread: the others are told to give up, and a new team starts. */
  private recover(cause: unknown): NeuriteError {
    const { int32 } = this.heap
    Atomics.store(int32, word(teamMemory.poison), 1)
    Atomics.notify(int32, word(teamMemory.generation))
    this.dismiss()
    this.start()
    return new NeuriteError({
      what: 'a thread failed while it ran a program; the values that the program was computing are lost',
      expected: 'all threads to finish',
      fix: 'run again with setThreads(1); if it fails again, report it together with the cause',
      cause,
    })
  }
}
