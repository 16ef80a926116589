/** A compiled program bound to the WebAssembly memory. */
import { IndexOutOfRangeError, StateError } from '../../errors.ts'
import type { Plan } from '../../compiler/compile.ts'
import type { Kernel } from '../../compiler/kernel.ts'
import type { BindingValue, Executable, HostArray, TensorType } from '../../compiler/program.ts'
import { statusKernel, statusValue } from './codegen/index-kernels.ts'
import type { ProgramModule } from './codegen/program-module.ts'
import type { Heap } from './heap.ts'
import { readElements, WasmState, writeElements } from './state-storage.ts'

type Step = (thread: number, threads: number, region: number, mayPark: number) => void

/** Runs `step` on one thread or on the team; see team.ts. */
export interface Runner {
  run(step: Step, program: number, region: number, parallel: boolean): void
  /** Makes the module known to the team and gives its number. */
  register(module: ProgramModule): number
  forget(program: number): void
}

/** A binding that the host fills before each run, at a byte offset in the region. */
interface Input {
  readonly binding: number
  readonly offset: number
  readonly isFloat: boolean
  readonly isScalar: boolean
}

export class WasmExecutable implements Executable {
  private readonly heap: Heap
  private readonly plan: Plan
  private readonly module: ProgramModule
  private readonly runner: Runner
  private readonly step: Step
  private readonly program: number
  private readonly checksIndices: boolean
  /** Bindings that are states. */
  private readonly states: number[] = []
  private readonly inputs: Input[] = []
  private readonly outputs: readonly { readonly offset: number; readonly type: TensorType; readonly elements: number }[]

  constructor(heap: Heap, plan: Plan, module: ProgramModule, runner: Runner) {
    this.heap = heap
    this.plan = plan
    this.module = module
    this.runner = runner
    const compiled = new WebAssembly.Module(module.bytes)
    const instance = new WebAssembly.Instance(compiled, { env: { memory: heap.memory } })
    this.step = instance.exports['step'] as Step
    this.program = module.parallel ? runner.register(module) : -1
    this.checksIndices = module.indexed.length > 0
    const places = new Map<number, number>()
    const offsetOf = (id: number): number => module.layout.buffers + (plan.memory.offsets.get(id) ?? 0)
    for (const buffer of plan.buffers) {
      // A binding that no kernel reads has no place.
      if (buffer.origin.kind === 'host' && plan.memory.offsets.has(buffer.id)) {
        places.set(buffer.origin.binding, offsetOf(buffer.id))
      }
    }
    plan.program.bindings.forEach(({ kind, type }, binding) => {
      const offset = places.get(binding)
      if (kind === 'state') this.states.push(binding)
      else if (offset !== undefined) {
        this.inputs.push({ binding, offset, isFloat: type.dtype === 'float32', isScalar: kind === 'scalar' })
      }
    })
    this.outputs = plan.outputs.map(({ id, type, elements }) => ({ offset: offsetOf(id), type, elements }))
  }

  run(bindings: readonly BindingValue[]): HostArray[] {
    const { heap, states, inputs, outputs, checksIndices } = this
    const { layout } = this.module
    const region = heap.scratch(layout.bytes)
    const table = (region + layout.table) >>> 2
    for (let i = 0; i < states.length; i++) {
      const binding = states[i]!
      const state = bindings[binding]
      if (!(state instanceof WasmState)) throw foreignState()
      heap.int32[table + binding] = state.address
    }
    for (let i = 0; i < inputs.length; i++) {
      const { binding, offset, isFloat, isScalar } = inputs[i]!
      const value = bindings[binding]
      if (isScalar) (isFloat ? heap.float32 : heap.int32)[(region + offset) >>> 2] = value as number
      else writeElements(isFloat ? heap.float32 : heap.int32, region + offset, value as HostArray)
    }
    if (checksIndices) heap.int32[(region + layout.status + statusKernel) >>> 2] = 0
    this.runner.run(this.step, this.program, region, this.module.parallel)
    if (checksIndices) this.checkStatus(region)
    const results = new Array<HostArray>(outputs.length)
    for (let i = 0; i < outputs.length; i++) {
      const { offset, type, elements } = outputs[i]!
      results[i] = readElements(heap, region + offset, type, elements)
    }
    return results
  }

  private checkStatus(region: number): void {
    const { int32 } = this.heap
    const status = region + this.module.layout.status
    const number = int32[(status + statusKernel) >>> 2]!
    if (number === 0) return
    const statement = this.module.indexed[number - 1]!
    const source = statement.kind === 'gather' ? statement.operands[0]!.view.shape : statement.target.buffer.type.shape
    const size = source[statement.axis]!
    throw new IndexOutOfRangeError({
      what: `${statement.label}: index ${int32[(status + statusValue) >>> 2]!} along axis ${statement.axis}`,
      expected: `indices from 0 to ${size - 1}`,
      fix: 'check the labels or token numbers against the size of the table',
    })
  }

  describe(): string {
    const { plan, module } = this
    const lines = describeKernels(plan.kernels)
    const { bytes, parallel } = module
    lines.push(
      `${bytes.length} bytes of code, ${plan.memory.bytes} bytes of scratch, ${parallel ? 'parallel' : 'one thread'}`,
    )
    return lines.join('\n')
  }

  free(): void {
    if (this.program >= 0) this.runner.forget(this.program)
  }
}

function describeKernels(kernels: readonly Kernel[]): string[] {
  return kernels.flatMap((kernel, i) => {
    const isLoop = kernel.kind === 'loop' || kernel.kind === 'columnReduce'
    const steps = kernel.kind === 'scan' ? `${kernel.statement.attributes.steps} steps` : ''
    const size = isLoop ? `${kernel.rows}x${kernel.columns}` : steps
    const name = kernel.kind === 'loop' && kernel.flat ? 'map' : kernel.kind
    const line = `${String(i).padStart(3)} ${name.padEnd(12)} ${size.padEnd(12)} ${kernel.label}`
    const inside = kernel.kind === 'scan' ? describeKernels(kernel.plan.kernels) : []
    return [line, ...inside.map((inner) => `    ${inner}`)]
  })
}

function foreignState(): StateError {
  return new StateError({
    what: 'a program got a state of another device',
    expected: 'a state made by the same backend',
    fix: 'create the model after init(), or move it by saving and loading its state',
  })
}
