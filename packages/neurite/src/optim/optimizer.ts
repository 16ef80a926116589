import { ArgumentError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'
import { dependOn, isGatheringGradients, onBeforeRun } from '../tensor/for-modules.ts'
import {
  assignStates,
  hostScalar,
  noGrad,
  scalarTensor,
  type StateAssignment,
  type Tensor,
  where,
  zerosBuffer,
} from '../tensor/index.ts'
import { makeGroups, type OptionRules, type ParameterGroup, type Trainable } from './parameter-group.ts'
import { loadOptimizerState, type OptimizerState, saveOptimizerState } from './optimizer-state.ts'

/** What an optimiser remembers about one parameter. */
export class Memory {
  /** Steps that were taken with this parameter. */
  steps = 0
  /** Products over all steps, such as beta1^t, in double precision. */
  products: number[] = []
  /** Resident tensors of the parameter's shape, made when they are first needed. */
  readonly slots = new Map<string, Tensor>()
  readonly parameter: Tensor
  private readonly advanced: Set<Memory>
  private before: { readonly steps: number; readonly products: readonly number[] } = { steps: 0, products: [] }

  constructor(parameter: Tensor, advanced: Set<Memory>) {
    this.parameter = parameter
    this.advanced = advanced
  }

  slot(name: string): Tensor {
    let slot = this.slots.get(name)
    if (slot === undefined) this.slots.set(name, (slot = zerosBuffer(this.parameter.shape)))
    return slot
  }

  /** Counts a step, and multiplies the running products. */
  advance(...factors: readonly number[]): void {
    this.advanced.add(this)
    this.before = { steps: this.steps, products: this.products }
    this.steps++
    this.products = factors.map((factor, i) => factor * (this.products[i] ?? 1))
  }

  /** Takes back the last `advance`: the step was withheld. */
  takeBack(): void {
    this.steps = this.before.steps
    this.products = [...this.before.products]
  }
}

/** One step for one parameter: new values for it and for its slots. */
export interface Update {
  readonly parameter: Tensor
  readonly gradient: Tensor
  readonly memory: Memory
}

export interface StepOptions {
  /** A bool of shape []: where it is false, nothing changes. */
  readonly onlyIf?: Tensor
}

/** Any optimiser, whatever its options. */
export interface AnyOptimizer {
  readonly typeName: string
  readonly groups: readonly {
    readonly parameters: readonly Tensor[]
    learningRate: number
    readonly options: object
    set(changes: never): void
  }[]
  learningRate: number
  parameters(): Tensor[]
  step(options?: StepOptions): void
  zeroGrad(): void
  /** @internal */
  takeBack(): void
  stateDict(): OptimizerState
  loadStateDict(state: OptimizerState): void
}

const readStructure = (group: ParameterGroup): unknown => group.structure()

/** A number that a program reads at every run. */
export function runTimeNumber(read: () => number): Tensor<[], 'float32'> {
  const scalar = hostScalar(0)
  onBeforeRun(() => {
    scalar.value = read()
  })
  return scalarTensor(scalar)
}

/** The base of all optimisers: groups of parameters, slots, and the step over all of them in one program. */
export abstract class Optimizer<O extends { readonly learningRate: number } = { readonly learningRate: number }> {
  readonly groups: readonly ParameterGroup<O>[]
  private readonly memories = new Map<Tensor, Memory>()
  /** What the last step counted. */
  private readonly advanced = new Set<Memory>()

  constructor(name: string, trainable: Trainable<Partial<O>>, options: Partial<O>, defaults: O, rules: OptionRules<O>) {
    this.groups = makeGroups(name, trainable, options, defaults, rules)
  }

  /** The name of the method, for messages and stored states. */
  get typeName(): string {
    return this.constructor.name.replace(/^_/, '')
  }

  /** The new values of a parameter and of its slots. Numbers of the group are read by `runTimeNumber`. */
  protected abstract update(update: Update, group: ParameterGroup<O>): StateAssignment[]

  /** The learning rate of the first group. Writing it changes all groups. */
  get learningRate(): number {
    return this.groups[0]!.learningRate
  }

  set learningRate(value: number) {
    for (const group of this.groups) group.learningRate = value
  }

  /** All parameters of all groups. */
  parameters(): Tensor[] {
    return this.groups.flatMap((group) => group.parameters)
  }

  /**
   * Moves every parameter that has a gradient. Frozen parameters and those without gradient stay, and their slots too.
   * In a function compiled with `accumulate` it acts only in the runs that complete the sum.
   */
  step(options: StepOptions = {}): void {
    requireKnownOptions(`${this.typeName}.step`, options, ['onlyIf'])
    if (isGatheringGradients()) return
    const { onlyIf } = options
    onBeforeRun(() => this.advanced.clear())
    const assignments = noGrad(() => this.groups.flatMap((group) => this.groupUpdates(group)))
    const guarded =
      onlyIf === undefined
        ? assignments
        : assignments.map(([target, value]): StateAssignment => [target, where(onlyIf as never, value, target)])
    noGrad(() => assignStates(guarded))
  }

  private groupUpdates(group: ParameterGroup<O>): StateAssignment[] {
    dependOn<ParameterGroup>(group, readStructure)
    return group.parameters.flatMap((parameter) => {
      if (!parameter.requiresGrad) return []
      const { grad } = parameter
      if (grad === undefined) return []
      const { maximize } = group.options as { readonly maximize?: boolean }
      const gradient = maximize === true ? grad.neg() : grad
      return this.update({ parameter, gradient, memory: this.memory(parameter) }, group)
    })
  }

  private memory(parameter: Tensor): Memory {
    let memory = this.memories.get(parameter)
    if (memory === undefined) this.memories.set(parameter, (memory = new Memory(parameter, this.advanced)))
    return memory
  }

  /** Forgets the gradients of all parameters, so that `backward` starts anew. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = undefined
  }

  /** @internal Takes back the counting of the last step, which was withheld. */
  takeBack(): void {
    for (const memory of this.advanced) memory.takeBack()
    this.advanced.clear()
  }

  /**
   * Everything that decides how training goes on besides the parameters themselves: options, numbers of steps, slots. The
   * tensors keep the values of this moment.
   *
   * @example
   * ```ts
   * import { Adam, Linear } from 'neurite'
   *
   * const model = new Linear(2, 1)
   * const state = new Adam(model, { learningRate: 0.01 }).stateDict()
   * const optimizer = new Adam(model)
   * optimizer.loadStateDict(state)
   * console.log(optimizer.learningRate) // → 0.01
   * ```
   */
  stateDict(): OptimizerState {
    return saveOptimizerState(this.typeName, this.groups, (parameter) => this.memories.get(parameter))
  }

  /**
   * Continues from a state that `stateDict` gave, of the same method over parameters of the same shapes.
   *
   * @throws ArgumentError for another method, or other groups
   * @throws ShapeError where a slot does not have the shape of its parameter
   */
  loadStateDict(state: OptimizerState): void {
    if (state.algorithm !== this.typeName) {
      throw new ArgumentError({
        what: `${this.typeName}: the state of another method is loaded, ${state.algorithm}`,
        expected: `a state that ${this.typeName} gave`,
        fix: `make a new ${state.algorithm}, or start without a state`,
      })
    }
    loadOptimizerState(state, this.groups, (parameter) => this.memory(parameter))
  }

  /** Gives back the memory of all slots. Not needed where an optimiser is just dropped. */
  free(): void {
    for (const { slots } of this.memories.values()) for (const slot of slots.values()) slot.state?.free()
    this.memories.clear()
  }
}
