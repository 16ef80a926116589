/** The WebAssembly backend: SIMD code generated for each program. */
import { compileProgram } from '../../compiler/compile.ts'
import { lendWordFiller } from '../../math/random.ts'
import type { Backend, Executable, GraphProgram, HostArray, StateStorage, TensorType } from '../../compiler/program.ts'
import { emitProgramModule, isParallel } from './codegen/program-module.ts'
import { chooseTile } from './contract/index.ts'
import type { EngineTraits } from './contract/index.ts'
import { canShareMemory, enableFused, v8Major } from './engine.ts'
import { WasmExecutable } from './executable.ts'
import { Heap } from './heap.ts'
import { WasmState } from './state-storage.ts'
import { Team } from './team.ts'
import { enableWidening } from './widening.ts'
import { wordFiller } from './word-filler.ts'

export interface WasmOptions {
  /** `reproducible` (default): the same bits everywhere. `fast`: fused multiply-add where the engine has it. */
  readonly mode?: 'reproducible' | 'fast'
  /** Ask V8 to merge pairs of 128-bit operations into 256-bit ones (Node 24 and later). */
  readonly widen?: boolean
  /** Default: the machine's cores. */
  readonly threads?: number
}

/** From this many elements on that it is given, a program is taken to be large enough for several threads. */
const largeElements = 1 << 17

/** A guess, before the work is known. */
function isLarge({ bindings }: GraphProgram): boolean {
  const elements = bindings.map(({ type }) => type.shape.reduce((product, size) => product * size, 1))
  return elements.reduce((sum, count) => sum + count, 0) >= largeElements
}

export class WasmBackend implements Backend {
  readonly name = 'wasm'
  readonly heap: Heap
  readonly team: Team
  /** Whether fused multiply-add is in use. */
  readonly fused: boolean
  /** Whether 256-bit vectors are in use. */
  readonly widened: boolean
  private readonly engine: EngineTraits

  constructor(options: WasmOptions = {}) {
    this.widened = options.widen === true && enableWidening()
    this.fused = options.mode === 'fast' && enableFused()
    this.engine = chooseTile({ v8Major: v8Major(), widened: this.widened, fused: this.fused })
    this.heap = new Heap(canShareMemory())
    this.team = new Team(this.heap, options.threads)
    lendWordFiller(wordFiller(this.heap))
  }

  /** Threads for programs large enough to gain. Results do not depend on it. */
  setThreads(threads: number): void {
    this.team.resize(threads)
  }

  compile(program: GraphProgram): Executable {
    // Threads that start while the code is made are there for the first run: they take about as long.
    if (isLarge(program)) this.team.prepare()
    const plan = compileProgram(program, { limitBytes: this.heap.limitBytes })
    if (isParallel(plan, this.team.maximum)) this.team.prepare()
    const module = emitProgramModule(plan, {
      fused: this.fused,
      engine: this.engine,
      memory: this.heap.memoryImport,
      threads: this.team.maximum,
    })
    return new WasmExecutable(this.heap, plan, module, this.team)
  }

  createState(type: TensorType, initial?: HostArray): StateStorage {
    return new WasmState(this.heap, type, initial)
  }
}
