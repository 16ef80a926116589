import type { Node } from '../graph/node.ts'
import type { State } from './state.ts'

/** Something that decided how a function was recorded, such as a module's mode; checked before the program is used again. */
export interface Dependency {
  readonly owner: object
  readonly read: (owner: object) => unknown
  readonly value: unknown
}

/** What is collected while a function is being recorded. */
export class TraceContext {
  /** One node per state for its value before the run. */
  readonly stateReads = new Map<State, Node>()
  /** The last value assigned to each state. */
  readonly assignments = new Map<State, Node>()
  readonly hooks: (() => void)[] = []
  readonly watched = new Map<string, Node>()
  /** Gradients by tensor: they belong to the run, not to the tensors themselves. */
  readonly gradients = new Map<object, unknown>()
  /** With `accumulate`: the memory that holds the sum of a tensor's gradients, and the sum after this run. */
  readonly sumOf: ((tensor: object) => State) | undefined
  readonly sums = new Map<object, { readonly state: State; node: Node }>()
  /** True where gradients are only added up in this run and optimisers do not step. */
  readonly gathering: boolean
  /** The first error of a read that cannot work here; kept because an async function hides it in its promise. */
  failure: unknown
  private readonly seen = new Map<object, Set<unknown>>()
  private readonly recorded: Dependency[] = []

  constructor(gathering = false, sumOf?: (tensor: object) => State) {
    this.gathering = gathering
    this.sumOf = sumOf
  }

  get dependencies(): readonly Dependency[] {
    return this.recorded
  }

  /** The present node of a state: what was assigned last, or its value before the run. */
  stateNode(state: State, read: (state: State) => Node): Node {
    const assigned = this.assignments.get(state)
    if (assigned !== undefined) return assigned
    let node = this.stateReads.get(state)
    if (node === undefined) {
      node = read(state)
      this.stateReads.set(state, node)
    }
    return node
  }

  depend(owner: object, read: (owner: object) => unknown): void {
    let reads = this.seen.get(owner)
    if (reads === undefined) this.seen.set(owner, (reads = new Set()))
    if (reads.has(read)) return
    reads.add(read)
    this.recorded.push({ owner, read, value: read(owner) })
  }
}

let current: TraceContext | undefined

/** The recording in progress, or undefined. */
export function currentTrace(): TraceContext | undefined {
  return current
}

/** Runs `fn` so that what it does is recorded in `context`; undefined records nothing (the outer world, inside a trace). */
export function withTrace<T>(context: TraceContext | undefined, fn: () => T): T {
  const outer = current
  current = context
  try {
    return fn()
  } finally {
    current = outer
  }
}

/**
 * Inside a compiled function: `hook` runs before every call of the program, the first one included. For numbers that
 * change from run to run, such as a learning rate or a counter. Outside, it runs once, now.
 *
 * @example
 * ```ts
 * import { compile, hostScalar, onBeforeRun, scalarTensor, tensor, type Tensor } from 'neurite'
 *
 * const count = hostScalar(0)
 * const f = compile((x: Tensor) => {
 *   onBeforeRun(() => {
 *     count.value++
 *   })
 *   return x.mul(scalarTensor(count))
 * })
 * f(tensor([1]))
 * console.log(await f(tensor([1])).item()) // → 2
 * ```
 */
export function onBeforeRun(hook: () => void): void {
  if (current === undefined) hook()
  else current.hooks.push(hook)
}

/**
 * Inside a compiled function: notes that the recording depends on what `read(owner)` gives, so that the program is used
 * again only while it gives the same. Call `nextEpoch()` whenever the value may have changed. `read` must be a function
 * that stays the same (not made anew for each call).
 */
export function dependOn<T extends object>(owner: T, read: (owner: T) => unknown): void {
  current?.depend(owner, read as (owner: object) => unknown)
}

/**
 * True inside a function compiled with `accumulate` in the runs that only add up gradients: optimisers must not step.
 *
 * @example
 * ```ts
 * import { compile, isGatheringGradients, tensor, type Tensor } from 'neurite'
 *
 * const f = compile((x: Tensor) => x.mul(isGatheringGradients() ? 0 : 1), { accumulate: 2 })
 * console.log(await f(tensor([5])).item(), await f(tensor([5])).item()) // → 0 5
 * ```
 */
export function isGatheringGradients(): boolean {
  return current?.gathering ?? false
}
