import { requireWhole } from '../option-checks.ts'
import { StateError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'
import { type Executable, isReady, prepareDevice } from '../runtime/arrival.ts'
import { MAXIMUM_PROGRAMS } from '../runtime/limits.ts'
import type { State } from '../runtime/state.ts'
import { currentTrace, TraceContext } from '../runtime/trace-context.ts'
import { CompiledProgram } from './compiled-program.ts'
import { isGradEnabled } from './grad-mode.ts'
import { isArgumentLeaf, nestKey, takeApart } from './nest.ts'
import { record, watchIn } from './record.ts'
import { zerosBuffer } from './state-tensor.ts'
import type { Tensor } from './tensor.ts'

/** Options of `compile`. */
export interface CompileOptions {
  /** Keeps gradients readable as `grad` after each call; default false: only what optimisers use is computed. */
  readonly keepGradients?: boolean
  /**
   * Adds up the gradients of this many calls, and lets optimisers step in the last of them; default 1. As in PyTorch the
   * gradients are summed: divide the loss by the number for their mean.
   */
  readonly accumulate?: number
}

/** Arguments of a compiled function: a tensor of shape [] may be given as a number. */
export type CompiledArguments<A extends readonly unknown[]> = {
  [K in keyof A]: A[K] extends Tensor<[]> ? A[K] | number : A[K]
}

/** A function that runs as one program. */
export interface Compiled<A extends readonly unknown[], R> {
  (...values: CompiledArguments<A>): R
  /** The tensors named by `watch`, with their values of the last call. */
  readonly watched: ReadonlyMap<string, Tensor>
  /** How many programs are kept: one per combination of shapes, dtypes, modes and plain options. */
  readonly programCount: number
  /** How the programs look inside. */
  describe(): string
  /** Gives the programs' memory back; calling the function afterwards throws. */
  free(): void
}

const KNOWN = ['keepGradients', 'accumulate']

// Only the executables: what else a program holds may hold the function, which then would never be dropped.
const reclaim = new FinalizationRegistry<Set<Executable>>((executables) => {
  for (const executable of executables) executable.free()
})

/**
 * Records what `fn` does with tensors, once, and runs it as one program from then on: forward, backward and the
 * optimiser's update in a single call.
 *
 * - Another program is made when shapes or dtypes of arguments change, a module changes its mode, a parameter is frozen,
 *   or a string or boolean argument changes. At most 64 are kept.
 * - Numbers given as arguments reach `fn` as tensors of shape [], so other values need no other program: declare such
 *   parameters as `Tensor<[]>`.
 * - Tensors from outside are resident memory: assignments to them show in later calls.
 * - `fn` must not read values (`data()`, `item()`): nothing is computed yet while it is recorded.
 * - What it returns (tensors in any arrays and objects) holds values of its own, which later calls do not change.
 *
 * @throws StateError for a value read inside, and for an async function
 * @throws ArgumentError for an unknown option, or an argument that is no tensor, number, string, boolean or nest of them
 *
 * @example
 * ```ts
 * import { assignState, compile, parameter, tensor, type Tensor } from 'neurite'
 *
 * const w = parameter(tensor([0]))
 * const step = compile((x: Tensor, y: Tensor, rate: Tensor<[]>) => {
 *   const loss = x.mul(w).sub(y).square().mean()
 *   w.grad = undefined
 *   loss.backward()
 *   assignState(w, w.sub(w.grad!.mul(rate)))
 *   return loss
 * })
 * const [x, y] = [tensor([1, 2, 3]), tensor([2, 4, 6])]
 * for (let i = 0; i < 50; i++) step(x, y, 0.1)
 * console.log(await w.toText()) // → tensor([2.], requiresGrad=true)
 * ```
 */
export function compile<A extends readonly unknown[], R>(
  fn: (...values: A) => R,
  options: CompileOptions = {},
): Compiled<A, R> {
  const { keepGradients = false, accumulate = 1 } = options
  checkOptions(options, accumulate)
  prepareDevice()
  const programs: CompiledProgram[] = []
  const executables = new Set<Executable>()
  const sums = new WeakMap<object, State>()
  const watched = new Map<string, Tensor>()
  let last: CompiledProgram | undefined
  let lastHasGrad = true
  const calls = { count: 0 }
  let isFreed = false

  const sumOf = (tensor: object): State => {
    let sum = sums.get(tensor)
    if (sum === undefined) sums.set(tensor, (sum = zerosBuffer((tensor as Tensor).shape).state!))
    return sum
  }

  /** Finds or makes the program for these arguments and makes it the last one used. */
  const select = (values: readonly unknown[], leaves: unknown[]): CompiledProgram => {
    const nest = takeApart(values, leaves, isArgumentLeaf, 'the argument list')
    const gathering = accumulate > 1 && (calls.count + 1) % accumulate !== 0
    const mode = `${isGradEnabled() ? '' : 'no grad '}${gathering ? 'gather' : ''}`
    const key = mode + nestKey(nest, (index) => leafKey(leaves[index] as Tensor | number))
    let place = programs.findIndex((program) => program.key === key && program.isCurrent())
    if (place < 0) {
      const context = new TraceContext(gathering, accumulate > 1 ? sumOf : undefined)
      const recording = record(fn, nest, leaves, context, key, keepGradients, calls)
      const made = new CompiledProgram(recording, executables)
      // What cannot be compiled is told now, where it can be known now.
      if (isReady()) made.isBuilt()
      programs.push(made)
      place = programs.length - 1
    }
    const [program] = programs.splice(place, 1) as [CompiledProgram]
    programs.push(program)
    if (programs.length > MAXIMUM_PROGRAMS) programs.shift()!.free()
    // Only plain argument lists of one kind of run can be recognised without a key.
    const isFlat = nest.kind === 'array' && nest.items.every((item) => item.kind === 'leaf')
    last = isFlat && accumulate === 1 ? program : undefined
    lastHasGrad = isGradEnabled()
    return program
  }

  const compiled = (...values: unknown[]): unknown => {
    if (currentTrace() !== undefined) return fn(...(values as unknown as A))
    if (isFreed) throw freedError()
    let program = last
    let leaves = values
    if (program === undefined || lastHasGrad !== isGradEnabled() || !program.takes(values) || !program.isCurrent()) {
      leaves = []
      program = select(values, leaves)
    }
    if (program.watched.length === 0 && program.isBuilt()) {
      const values = program.run(leaves)
      calls.count++
      return program.handles(values)
    }
    const results = program.isBuilt() ? program.tensors(program.run(leaves)) : program.runLater(leaves)
    calls.count++
    program.nameWatched(results, watched)
    return program.result(results)
  }

  const properties: Pick<Compiled<A, R>, 'watched' | 'describe' | 'free'> = {
    watched,
    describe: () => programs.map((program) => program.describe()).join('\n\n'),
    free: () => {
      isFreed = true
      last = undefined
      for (const program of programs.splice(0)) program.free()
    },
  }
  Object.defineProperty(compiled, 'programCount', { get: () => programs.length })
  reclaim.register(compiled, executables)
  return Object.assign(compiled, properties) as unknown as Compiled<A, R>
}

/**
 * Inside a compiled function: makes a tensor readable after every call, as `step.watched.get(name)`. Gives the tensor
 * back, so it can stand in the middle of a formula. Outside, it does nothing else.
 *
 * @throws ArgumentError for a name that was given to another tensor of the same run
 *
 * @example
 * ```ts
 * import { compile, tensor, watch, type Tensor } from 'neurite'
 *
 * const f = compile((x: Tensor) => watch(x.add(1), 'sum').mul(2))
 * f(tensor([1, 2]))
 * console.log(await f.watched.get('sum')!.toText()) // → tensor([2., 3.])
 * ```
 */
export function watch<T extends Tensor>(tensor: T, name: string): T {
  const context = currentTrace()
  if (context !== undefined) watchIn(context, tensor.node, name)
  return tensor
}

function leafKey(leaf: Tensor | number): string {
  if (typeof leaf === 'number') return 'number'
  const place = leaf.wantsGrad ? ` grad ${leaf.state?.id ?? ''}` : ''
  return `${leaf.dtype}[${leaf.shape.join()}]${place}`
}

function checkOptions(options: CompileOptions, accumulate: number): void {
  requireKnownOptions('compile', options, KNOWN)
  requireWhole('compile', 'accumulate', accumulate, 1)
}

function freedError(): StateError {
  return new StateError({
    what: 'a compiled function is called after free()',
    expected: 'a function that still has its programs',
    fix: 'call free() after the last use, or compile the function again',
  })
}
