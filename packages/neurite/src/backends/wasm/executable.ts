/** A compiled program bound to the WebAssembly memory. */
import { IndexOutOfRangeError, StateError } from '../../errors.ts'
import type { Plan } from '../../compiler/compile.ts'
import type { BindingValue, Executable, HostArray } from '../../compiler/program.ts'
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

export class WasmExecutable implements Executable {
  private readonly heap: Heap
  private readonly plan: Plan
  private readonly module: ProgramModule
  private readonly runner: Runner
  private readonly step: Step
  private readonly program: number
  private readonly checksIndices: boolean
  /** Offset of each host-filled binding in the region, in bytes; -1 for states and bindings nobody reads. */
  private readonly inputs: Int32Array

  constructor(heap: Heap, plan: Plan, module: ProgramModule, runner: Runner) {
    this.heap = heap
    this.plan = plan
    this.module = module
    this.runner = runner
    const compiled = new WebAssembly.Module(module.bytes)
    const instance = new WebAssembly.Instance(compiled, { env: { memory: heap.memory } })
    this.step = instance.exports['step'] as Step
    this.program = module.parallel ? runner.register(module) : -1
    this.checksIndices = plan.kernels.some((kernel) => kernel.kind === 'index')
    this.inputs = new Int32Array(plan.program.bindings.length).fill(-1)
    for (const buffer of plan.buffers) {
      const offset = plan.memory.offsets.get(buffer.id)
      if (buffer.origin.kind === 'host' && offset !== undefined) {
        this.inputs[buffer.origin.binding] = module.layout.buffers + offset
      }
    }
  }

  run(bindings: readonly BindingValue[]): HostArray[] {
    const { heap, plan, module } = this
    const { layout } = module
    const region = heap.scratch(layout.bytes)
    const table = (region + layout.table) >> 2
    for (let i = 0; i < bindings.length; i++) {
      const value = bindings[i]!
      const offset = this.inputs[i]!
      if (value instanceof WasmState) heap.int32[table + i] = value.address
      else if (offset < 0) continue
      else if (typeof value === 'number') {
        const { dtype } = plan.program.bindings[i]!.type
        ;(dtype === 'float32' ? heap.float32 : heap.int32)[(region + offset) >> 2] = value
      } else if ('length' in value) writeElements(heap, region + offset, value)
      else throw foreignState()
    }
    if (this.checksIndices) heap.int32[(region + layout.status + statusKernel) >> 2] = 0
    this.runner.run(this.step, this.program, region, module.parallel)
    if (this.checksIndices) this.checkStatus(region)
    const outputs: HostArray[] = []
    for (const buffer of plan.outputs) {
      const offset = plan.memory.offsets.get(buffer.id) ?? 0
      outputs.push(readElements(heap, region + layout.buffers + offset, buffer.type, buffer.elements))
    }
    return outputs
  }

  private checkStatus(region: number): void {
    const { int32 } = this.heap
    const status = region + this.module.layout.status
    const number = int32[(status + statusKernel) >> 2]!
    if (number === 0) return
    const kernel = this.plan.kernels[number - 1]!
    if (kernel.kind !== 'index') throw new Error('wasm: the status names a kernel without indices')
    const { statement } = kernel
    const source = statement.kind === 'gather' ? statement.operands[0]!.view.shape : statement.target.buffer.type.shape
    const size = source[statement.axis]!
    throw new IndexOutOfRangeError({
      what: `${statement.label}: index ${int32[(status + statusValue) >> 2]!} along axis ${statement.axis}`,
      expected: `indices from 0 to ${size - 1}`,
      fix: 'check the labels or token numbers against the size of the table',
    })
  }

  describe(): string {
    const { plan, module } = this
    const lines = plan.kernels.map((kernel, i) => {
      const size = kernel.kind === 'loop' || kernel.kind === 'columnReduce' ? `${kernel.rows}x${kernel.columns}` : ''
      const name = kernel.kind === 'loop' && kernel.flat ? 'map' : kernel.kind
      return `${String(i).padStart(3)} ${name.padEnd(12)} ${size.padEnd(12)} ${kernel.label}`
    })
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

function foreignState(): StateError {
  return new StateError({
    what: 'a program got a state of another device',
    expected: 'a state made by the same backend',
    fix: 'create the model after init(), or move it by saving and loading its state',
  })
}
