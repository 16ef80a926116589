import { ArgumentError } from '../errors.ts'
import { nextEpoch, stateRole } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { Module } from '../nn/index.ts'

/** What every optimiser has. */
export interface OptimizerOptions {
  /** How far a step goes. */
  readonly learningRate?: number
}

/** Some parameters with options of their own; what is left out comes from the optimiser. */
export type GroupContent<O> = { readonly parameters: Module | Iterable<Tensor> } & O

/** What an optimiser trains: a model, a list of parameters, or groups of them with options of their own. */
export type Trainable<O> = Module | Iterable<Tensor> | Iterable<GroupContent<O>>

/** What an optimiser knows about its options. */
export interface OptionRules<O> {
  /** Throws ArgumentError for a value that makes no sense. */
  check(options: Readonly<O>): void
  /** Which parts of the formula are used: programs are compiled anew when this changes, and only then. */
  structure(options: Readonly<O>): string
}

/**
 * Parameters that share options. Options may be changed at any time: programs read them at every run.
 *
 * @example
 * ```ts
 * import { Linear, SGD } from 'neurite'
 *
 * const optimizer = new SGD(new Linear(2, 1), { learningRate: 0.1, momentum: 0.9 })
 * const [group] = optimizer.groups
 * group!.learningRate = 0.01
 * group!.set({ momentum: 0.8 })
 * console.log(group!.options.learningRate, group!.options.momentum) // → 0.01 0.8
 * ```
 */
export class ParameterGroup<O extends { readonly learningRate: number } = { readonly learningRate: number }> {
  readonly parameters: readonly Tensor[]
  private readonly rules: OptionRules<O>
  private current: O

  /** @internal */
  constructor(parameters: readonly Tensor[], options: O, rules: OptionRules<O>) {
    rules.check(options)
    this.parameters = parameters
    this.current = options
    this.rules = rules
  }

  get options(): Readonly<O> {
    return this.current
  }

  /**
   * Changes some options.
   *
   * @throws ArgumentError for values that make no sense, and for options that do not exist; nothing is changed then
   */
  set(changes: Partial<O>): void {
    const next = { ...this.current, ...changes }
    for (const name of Object.keys(changes)) if (!(name in this.current)) throw unknownOption('set', name, this.current)
    this.rules.check(next)
    if (this.rules.structure(next) !== this.structure()) nextEpoch()
    this.current = next
  }

  get learningRate(): number {
    return this.current.learningRate
  }

  set learningRate(value: number) {
    this.set({ learningRate: value } as Partial<O>)
  }

  /** @internal Which parts of the formula are used. */
  structure(): string {
    return this.rules.structure(this.current)
  }
}

/** The groups that an optimiser was given, with all options filled in. */
export function makeGroups<O extends { readonly learningRate: number }>(
  optimizer: string,
  trainable: Trainable<Partial<O>>,
  options: Partial<O>,
  defaults: O,
  rules: OptionRules<O>,
): ParameterGroup<O>[] {
  const base = withDefaults(optimizer, options, defaults)
  const entries = trainable instanceof Module ? [] : [...(trainable as Iterable<Tensor | GroupContent<Partial<O>>>)]
  const hasGroups = entries.some((entry) => !isTensor(entry))
  const contents: readonly GroupContent<Partial<O>>[] = hasGroups
    ? (entries as GroupContent<Partial<O>>[])
    : [{ parameters: trainable instanceof Module ? trainable : (entries as Tensor[]) } as GroupContent<Partial<O>>]
  const seen = new Set<Tensor>()
  const groups = contents.map((content) => {
    if (isTensor(content) || content.parameters === undefined) {
      throw notTrainable(optimizer, 'a list in which parameters and groups are mixed')
    }
    const { parameters, ...own } = content
    const list = parametersOf(optimizer, parameters)
    for (const parameter of list) {
      if (seen.has(parameter)) throw inTwoGroups(optimizer, parameter)
      seen.add(parameter)
    }
    return new ParameterGroup<O>(list, withDefaults(optimizer, own as unknown as Partial<O>, base), rules)
  })
  if (seen.size === 0) throw notTrainable(optimizer, 'nothing that has parameters')
  return groups
}

/** The parameters of a module, or a list of them, each once. */
export function parametersOf(where: string, parameters: Module | Iterable<Tensor>): Tensor[] {
  if (parameters instanceof Module) return parameters.parameters()
  const list = [...new Set(parameters)]
  for (const entry of list) {
    if (isTensor(entry) && stateRole(entry) === 'parameter') continue
    if (isTensor(entry) && entry.isLeaf && entry.requiresGrad) continue
    throw notTrainable(where, isTensor(entry) ? 'a tensor that is no parameter' : String(entry))
  }
  return list
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'requiresGrad' in value && 'shape' in value
}

function withDefaults<O extends object>(optimizer: string, options: Partial<O>, defaults: O): O {
  const given: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (!(name in defaults)) throw unknownOption(`new ${optimizer}`, name, defaults)
    if (value !== undefined) given[name] = value
  }
  return { ...defaults, ...given }
}

function unknownOption(where: string, name: string, known: object): ArgumentError {
  return new ArgumentError({
    what: `${where}: there is no option '${name}'`,
    expected: `only ${Object.keys(known).join(', ')}`,
    fix: name === 'lr' ? 'write learningRate' : 'correct the spelling, or leave the option out',
  })
}

function notTrainable(where: string, got: string): ArgumentError {
  return new ArgumentError({
    what: `${where}: got ${got}`,
    expected: 'a model, a list of parameters, or a list of { parameters, ...options }',
    fix: 'pass the model itself, or model.parameters()',
  })
}

function inTwoGroups(optimizer: string, parameter: Tensor): ArgumentError {
  return new ArgumentError({
    what: `${optimizer}: ${parameter.label ?? 'a parameter'} is in two groups`,
    expected: 'every parameter in one group',
    fix: 'leave it out of one of them',
  })
}
