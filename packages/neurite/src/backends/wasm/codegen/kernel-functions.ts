/** Writes the functions of kernels: kernels of equal structure share one. */
import type { Buffer } from '../../../compiler/expression.ts'
import type { ContractKernel, IndexKernel, Kernel } from '../../../compiler/kernel.ts'
import type { KernelStatement, ScanPlan, Target } from '../../../compiler/statement.ts'
import type { FunctionBuilder, FunctionReference, Local, ModuleBuilder } from '../assembler.ts'
import { emitNestedContraction, emitPrepacked } from '../contract/index.ts'
import type { Contraction, ContractionOptions, PrepackedContraction } from '../contract/index.ts'
import { I32, i32 } from '../opcodes.ts'
import { columnReduceUnits, emitColumnReduceKernel } from './column-reduce-kernel.ts'
import { contractionSpec } from './contraction-spec.ts'
import { emitGather, emitScatterAdd, gatherUnits, scatterAddUnits } from './index-kernels.ts'
import type { IndexParameters } from './index-kernels.ts'
import { signatureOf } from './kernel-signature.ts'
import { argsortScratch, emitArgsort, emitCumsum, lineUnits } from './line-kernels.ts'
import { emitLoopKernel } from './loop-kernel.ts'

/** Elements of a flat kernel that stay together: a cache line. */
const flatBlock = 16

export interface EmittedKernel {
  /** undefined for a scan. */
  readonly function: FunctionReference | undefined
  /** Pushes the address parameters. */
  readonly pushAddresses: () => void
  readonly units: number
  readonly block: number
  readonly scratchBytes: number
  /** What a scan calls in every step, instead of a function of its own. */
  readonly inside?: readonly EmittedKernel[]
  /** What is to be done before the loop of which the kernel is a part. */
  readonly prepare?: Preparation
}

export interface Preparation {
  /** Emits a call for the units that are pushed by `pushUnits`. */
  readonly call: (pushUnits: () => void) => void
  /** Whether threads may share it. */
  readonly isShared: boolean
}

/** How the code of `step` comes to addresses. */
export interface Addresses {
  push(buffer: Buffer): void
  /** An offset in the working memory of the plan whose kernels are being called. */
  pushWork(offset: number): void
  code(): FunctionBuilder
}

export class KernelFunctions {
  /** The kernels that check indices. */
  readonly indexed: KernelStatement[] = []
  private readonly module: ModuleBuilder
  private readonly options: ContractionOptions
  private readonly addresses: Addresses
  private readonly shared = new Map<string, FunctionReference>()
  private readonly contractions = new Map<string, Contraction>()
  private readonly prepacked = new Map<string, PrepackedContraction>()

  constructor(module: ModuleBuilder, options: ContractionOptions, addresses: Addresses) {
    this.module = module
    this.options = options
    this.addresses = addresses
  }

  /** Functions of loop kernels. */
  get count(): number {
    return this.shared.size
  }

  /** The functions of a kernel; `scan` is the plan of the loop that it is a part of. */
  emit(kernel: Kernel, scan?: ScanPlan): EmittedKernel {
    switch (kernel.kind) {
      case 'contract':
        return this.contract(kernel, scan?.panels.get(kernel.statement))
      case 'index':
        return this.index(kernel)
      case 'scan': {
        const inside = kernel.plan.kernels.map((inner) => this.emit(inner, kernel.plan))
        const scratchBytes = Math.max(0, ...inside.map((inner) => inner.scratchBytes))
        return { function: undefined, pushAddresses: () => undefined, units: 1, block: 1, scratchBytes, inside }
      }
      case 'loop':
      case 'columnReduce': {
        const { key, buffers } = signatureOf(kernel)
        // Parameters that a fused-away result would need are left out.
        const used = buffers.filter((buffer) => kernel.reads.includes(buffer) || kernel.writes.includes(buffer))
        let reference = this.shared.get(key)
        if (!reference) {
          const f = this.module.function([...used.map(() => I32), I32, I32] as (typeof I32)[])
          const bases = new Map<Buffer, Local>(used.map((buffer, i) => [buffer, i]))
          const [lo, hi] = [used.length, used.length + 1]
          if (kernel.kind === 'loop') emitLoopKernel(f, kernel, bases, lo, hi, this.options.fused)
          else emitColumnReduceKernel(f, kernel, bases, lo, hi, this.options.fused)
          reference = f
          this.shared.set(key, f)
        }
        const flat = kernel.kind === 'loop' && kernel.flat
        const units = kernel.kind === 'columnReduce' ? columnReduceUnits(kernel) : flat ? kernel.columns : kernel.rows
        return {
          function: reference,
          pushAddresses: () => used.forEach((buffer) => this.addresses.push(buffer)),
          units,
          block: flat ? flatBlock : 1,
          scratchBytes: -1,
        }
      }
    }
  }

  /** `panels`: where in the working memory of a loop there is room for B, packed once. */
  private contract({ statement }: ContractKernel, panels?: number): EmittedKernel {
    const { a, b, target } = statement
    const spec = contractionSpec(statement)
    const { fused, engine } = this.options
    const key = `${JSON.stringify(spec)}${panels === undefined}`
    const prepacked =
      panels === undefined
        ? undefined
        : (this.prepacked.get(key) ?? emitPrepacked(this.module, spec, { fused, engine }))
    if (prepacked) this.prepacked.set(key, prepacked)
    const contraction =
      prepacked ?? this.contractions.get(key) ?? emitNestedContraction(this.module, spec, { fused, engine })
    if (!prepacked) this.contractions.set(key, contraction)
    const pushView = ({ buffer, view }: Target): void => {
      this.addresses.push(buffer)
      if (view.offset !== 0)
        this.addresses
          .code()
          .i32(4 * view.offset)
          .op(i32.add)
    }
    const pushPanels = (): void => this.addresses.pushWork(panels!)
    const pack = (pushUnits: () => void): void => {
      pushView(b)
      pushPanels()
      pushUnits()
      this.addresses.code().call(prepacked!.pack)
    }
    return {
      function: contraction.function,
      pushAddresses: () => {
        pushView(a)
        if (prepacked) pushPanels()
        else pushView(b)
        pushView(target)
      },
      ...(prepacked && { prepare: { call: pack, isShared: prepacked.packsApart } }),
      units: contraction.units,
      block: 1,
      scratchBytes: contraction.scratchBytes,
    }
  }

  private index({ statement }: IndexKernel): EmittedKernel {
    const number = this.indexed.push(statement) - 1
    const count = statement.operands.length
    const f = this.module.function(Array.from({ length: count + 5 }, () => I32))
    const parameters: IndexParameters = {
      target: 0,
      operands: statement.operands.map((_, i) => 1 + i),
      status: count + 1,
      scratch: count + 2,
      lo: count + 3,
      hi: count + 4,
    }
    let units: number
    switch (statement.kind) {
      case 'gather':
        units = gatherUnits(statement)
        emitGather(f, statement, parameters, number)
        break
      case 'scatterAdd':
        units = scatterAddUnits(statement)
        emitScatterAdd(f, statement, parameters, number)
        break
      case 'argsort':
        units = lineUnits(statement)
        emitArgsort(f, statement, parameters)
        break
      case 'cumsum':
        units = lineUnits(statement)
        emitCumsum(f, statement, parameters)
    }
    return {
      function: f,
      pushAddresses: () => {
        this.addresses.push(statement.target.buffer)
        for (const operand of statement.operands) this.addresses.push(operand.buffer)
        this.addresses.code().get(2)
      },
      units,
      block: 1,
      scratchBytes: argsortScratch(statement),
    }
  }
}
