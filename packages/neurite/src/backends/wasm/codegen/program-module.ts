/** One WebAssembly module for a whole plan: a function per kernel structure, and `step`, which calls them in order. */
import type { Buffer } from '../../../compiler/expression.ts'
import type { Plan } from '../../../compiler/compile.ts'
import type { Kernel, ScanKernel } from '../../../compiler/kernel.ts'
import type { KernelStatement } from '../../../compiler/statement.ts'
import { ModuleBuilder } from '../assembler.ts'
import type { FunctionBuilder, FunctionReference, MemoryImport } from '../assembler.ts'
import type { EngineTraits } from '../contract/index.ts'
import { control, I32, i32 } from '../opcodes.ts'
import { emitBarrier } from './barrier.ts'
import { statusKernel } from './index-kernels.ts'
import { KernelFunctions } from './kernel-functions.ts'
import type { EmittedKernel } from './kernel-functions.ts'
import { inConflict } from './conflict.ts'
import { callInParts, unitsOfPart } from './parted-calls.ts'
import type { PartedCall } from './parted-calls.ts'
import { emitScanLoop } from './scan-loop.ts'
import type { Frame } from './scan-loop.ts'

export interface ModuleOptions {
  readonly fused: boolean
  readonly engine: EngineTraits
  readonly memory: MemoryImport
  /** Threads that the scratch region has room for; 1 leaves all thread code away. */
  readonly threads: number
}

/** Byte offsets inside a program's scratch region. */
export interface RegionLayout {
  /** Status words (see index-kernels.ts). */
  readonly status: number
  /** Addresses of the state bindings, one word each. */
  readonly table: number
  readonly buffers: number
  readonly threadScratch: number
  readonly threadScratchBytes: number
  readonly bytes: number
}

export interface ProgramModule {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly layout: RegionLayout
  /** Whether `step` can share its work between threads. */
  readonly parallel: boolean
  readonly functions: number
  /** The kernels that check indices: the status word counts them from 1. */
  readonly indexed: readonly KernelStatement[]
}

/** Below this much work (vector instructions) a program stays on one thread, a kernel on the first. */
const parallelProgramWork = 400_000
const parallelKernelWork = 8_000
const align = (bytes: number, to = 64): number => Math.ceil(bytes / to) * to

/** Whether a plan is large enough to be shared between threads. */
export function isParallel(plan: Plan, threads: number): boolean {
  return threads > 1 && plan.kernels.reduce((sum, kernel) => sum + kernel.work, 0) >= parallelProgramWork
}

export function emitProgramModule(plan: Plan, options: ModuleOptions): ProgramModule {
  return new ModuleEmitter(plan, options).emit()
}

class ModuleEmitter {
  private readonly module = new ModuleBuilder()
  private readonly plan: Plan
  private readonly options: ModuleOptions
  private readonly table: number
  private readonly buffers: number
  private readonly functions: KernelFunctions
  private step!: FunctionBuilder
  private frame: Frame
  private barrier: FunctionReference | undefined
  private threadScratch = 0
  private threadScratchBytes = 0

  constructor(plan: Plan, options: ModuleOptions) {
    this.plan = plan
    this.options = options
    this.table = 64
    this.buffers = align(this.table + 4 * plan.program.bindings.length)
    this.frame = { base: this.buffers, offsets: plan.memory.offsets }
    this.functions = new KernelFunctions(this.module, options, {
      push: (buffer) => this.pushAddress(buffer),
      pushWork: (offset) => this.pushOffset(this.frame.base + offset),
      code: () => this.step,
    })
  }

  emit(): ProgramModule {
    const { plan, options } = this
    const parallel = isParallel(plan, options.threads)
    this.barrier = parallel ? emitBarrier(this.module) : undefined
    // (thread, threads, region, mayPark)
    this.step = this.module.function([I32, I32, I32, I32])
    this.module.export('step', this.step)
    const threadScratch = align(this.buffers + plan.memory.bytes)
    const emitted = plan.kernels.map((kernel) => this.functions.emit(kernel))
    const threadScratchBytes = align(Math.max(0, ...emitted.map((kernel) => kernel.scratchBytes)) + 64)
    Object.assign(this, { threadScratch, threadScratchBytes })
    this.calls(plan.kernels, emitted, parallel)
    if (parallel) this.meet()
    return {
      bytes: this.module.build(options.memory),
      layout: {
        status: 0,
        table: this.table,
        buffers: this.buffers,
        threadScratch,
        threadScratchBytes,
        bytes: threadScratch + threadScratchBytes * (parallel ? options.threads : 1),
      },
      parallel,
      functions: this.functions.count,
      indexed: this.functions.indexed,
    }
  }

  private meet(): void {
    const { step: f, barrier } = this
    f.get(1)
      .i32(1)
      .op(i32.gtU)
      .if(() => f.get(1).get(3).call(barrier!))
  }

  private pushScratch({ scratchBytes }: EmittedKernel): void {
    if (scratchBytes < 0) return
    const { step: f } = this
    f.get(2).i32(this.threadScratch).op(i32.add)
    if (this.barrier) f.get(0).i32(this.threadScratchBytes).op(i32.mul, i32.add)
  }

  /** Whether threads share the work of a kernel. */
  private isSplit(kernel: Kernel, call: EmittedKernel): boolean {
    if (!this.barrier || kernel.work < parallelKernelWork) return false
    if (kernel.kind !== 'scan') return call.units > call.block
    return kernel.plan.kernels.some((inner, i) => this.isSplit(inner, call.inside![i]!))
  }

  /** Calls the kernels of one plan; in the first thread alone unless `parallel`. */
  private calls(kernels: readonly Kernel[], emitted: readonly EmittedKernel[], parallel: boolean): void {
    const { step: f } = this
    let since: { kernel: Kernel; split: boolean }[] = []
    const firstWrite = kernels === this.plan.kernels ? kernels.findIndex(writesState) : -1
    const checksBefore = kernels.slice(0, firstWrite + 1).some(({ kind }) => kind === 'index')
    emitted.forEach((call, i) => {
      const kernel = kernels[i]!
      if (i === firstWrite && checksBefore) {
        this.leaveOnBadIndex(parallel)
        since = []
      }
      if (call.units === 0) return
      const split = parallel && this.isSplit(kernel, call)
      if (parallel) {
        if (since.some((other) => (other.split || split) && inConflict(other.kernel, kernel, this.frame.offsets))) {
          this.meet()
          since = []
        }
        since.push({ kernel, split })
      }
      const emitCall = (): void => {
        if (kernel.kind === 'scan') {
          this.loop(kernel, call.inside!, split)
          return
        }
        const parted: PartedCall = {
          pushUnits: () => this.pushUnits(call, split),
          call: (push) => {
            call.pushAddresses()
            this.pushScratch(call)
            push()
            f.call(call.function!)
          },
        }
        const part = unitsOfPart(kernel, call)
        // What stands in a loop is called often as it is.
        if (this.frame.states === undefined && part < call.units) callInParts(f, parted, part)
        else parted.call(parted.pushUnits)
      }
      if (parallel && !split) f.get(0).op(i32.eqz).if(emitCall)
      else emitCall()
    })
  }

  /** Ends the step before a state is written, where a kernel has met a bad index: the host throws, and nothing has changed. */
  private leaveOnBadIndex(parallel: boolean): void {
    const { step: f } = this
    if (parallel) this.meet()
    f.get(2).mem('i32Load', statusKernel)
    if (parallel) {
      const status = f.local(I32)
      f.set(status)
      // A kernel further on must not write the word before all threads have read it.
      this.meet()
      f.get(status)
    }
    f.if(() => f.op(control.return))
  }

  private loop({ statement, plan }: Kernel & ScanKernel, inside: readonly EmittedKernel[], parallel: boolean): void {
    const outer = this.frame
    const base = outer.base + outer.offsets.get(plan.work.id)!
    const inFrame = (frame: Frame, code: () => void): void => {
      this.frame = frame
      code()
      this.frame = outer
    }
    const frame = { base, offsets: plan.memory.offsets }
    const once = (code: () => void): void => void (parallel ? this.step.get(0).op(i32.eqz).if(code) : code())
    const meet = (): void => {
      if (parallel) this.meet()
    }
    emitScanLoop(this.step, {
      statement,
      plan,
      pushAddress: (buffer) => this.pushAddress(buffer),
      once,
      meet,
      prepare: (pointers) => {
        if (inside.every(({ prepare }) => prepare === undefined)) return
        inFrame({ ...frame, pointers }, () => {
          for (const [i, call] of inside.entries()) {
            const { prepare } = call
            if (prepare === undefined) continue
            // Each thread prepares what it will work with.
            const split = parallel && prepare.isShared && this.isSplit(plan.kernels[i]!, call)
            const emitCall = (): void => prepare.call(() => this.pushUnits(call, split))
            if (split) emitCall()
            else once(emitCall)
          }
        })
        meet()
      },
      step: (pointers, states) =>
        inFrame({ ...frame, pointers, states }, () => this.calls(plan.kernels, inside, parallel)),
    })
  }

  private pushUnits(call: EmittedKernel, split: boolean): void {
    if (split) this.pushRange(call)
    else this.step.i32(0).i32(call.units)
  }

  /** Pushes the first and the end unit of this thread. */
  private pushRange({ units, block }: EmittedKernel): void {
    const f = this.step
    const blocks = Math.ceil(units / block)
    const bound = (next: number): void => {
      f.i32(blocks).get(0)
      if (next > 0) f.i32(next).op(i32.add)
      f.op(i32.mul).get(1).op(i32.divU)
      if (block > 1) f.i32(block).op(i32.mul)
    }
    bound(0)
    bound(1)
    if (units % block !== 0) {
      const end = f.local(I32)
      f.tee(end).i32(units).get(end).i32(units).op(i32.ltU, control.select)
    }
  }

  private pushAddress(buffer: Buffer): void {
    const { origin } = buffer
    const { base, offsets, pointers, states } = this.frame
    const pointer = origin.kind === 'state' ? states?.get(origin.binding) : pointers?.get(buffer)
    if (pointer !== undefined) {
      this.step.get(pointer)
      return
    }
    if (origin.kind === 'state') {
      this.step.get(2).mem('i32Load', this.table + 4 * origin.binding)
      return
    }
    const offset = offsets.get(buffer.id)
    if (offset === undefined) throw new Error(`wasm: buffer ${buffer.label} has no place`)
    this.pushOffset(base + offset)
  }

  private pushOffset(offset: number): void {
    this.step.get(2).i32(offset).op(i32.add)
  }
}

function writesState({ writes }: Kernel): boolean {
  return writes.some(({ origin }) => origin.kind === 'state')
}
