import { ArgumentError, ShapeError } from '../errors.ts'
import { equalShapes, type HostArray } from '../tensor/for-modules.ts'
import { Tensor } from '../tensor/index.ts'
import type { StoredTensor } from '../nn/index.ts'
import type { Memory } from './optimizer.ts'
import type { ParameterGroup } from './parameter-group.ts'

/** How often a parameter was moved, and the running products of the method. */
export interface ParameterProgress {
  readonly steps: number
  readonly products: readonly number[]
}

/** The state of an optimiser: plain data, but for the slots. */
export interface OptimizerState {
  readonly algorithm: string
  readonly groups: readonly {
    readonly options: Readonly<Record<string, unknown>>
    readonly parameters: readonly ParameterProgress[]
  }[]
  /** By group, parameter and slot: `0.2.momentum`. */
  readonly slots: ReadonlyMap<string, Tensor | StoredTensor>
}

export function saveOptimizerState<O extends { readonly learningRate: number }>(
  algorithm: string,
  groups: readonly ParameterGroup<O>[],
  memoryOf: (parameter: Tensor) => Memory | undefined,
): OptimizerState {
  const slots = new Map<string, Tensor>()
  const saved = groups.map(({ options, parameters }, g) => ({
    options: { ...options },
    parameters: parameters.map((parameter, p): ParameterProgress => {
      const memory = memoryOf(parameter)
      for (const [name, slot] of memory?.slots ?? []) slots.set(`${g}.${p}.${name}`, slot.detach())
      return { steps: memory?.steps ?? 0, products: [...(memory?.products ?? [])] }
    }),
  }))
  return { algorithm, groups: saved, slots }
}

/** Checks everything first: where something does not fit, nothing is changed. */
export function loadOptimizerState<O extends { readonly learningRate: number }>(
  state: OptimizerState,
  groups: readonly ParameterGroup<O>[],
  memoryOf: (parameter: Tensor) => Memory,
): void {
  const sizes = groups.map(({ parameters }) => parameters.length).join(' and ')
  const given = state.groups.map(({ parameters }) => parameters.length).join(' and ')
  if (sizes !== given) {
    throw new ArgumentError({
      what: `${state.algorithm}: the stored state is of groups with ${given} parameters`,
      expected: `${sizes} parameters`,
      fix: 'make the optimiser over the same parameters in the same groups as before',
    })
  }
  const writes: (() => void)[] = []
  for (const [key, value] of state.slots) {
    const [g, p, name] = key.split('.') as [string, string, string]
    const parameter = groups[Number(g)]?.parameters[Number(p)]
    if (parameter === undefined || !equalShapes(parameter.shape, value.shape)) throw unfitting(key, value, parameter)
    const data = value instanceof Tensor ? value.laterValues() : value.data
    const isComplete = data instanceof Float32Array ? data.length === parameter.size : typeof data === 'function'
    if (!isComplete || value.dtype !== 'float32') throw unfitting(key, value, parameter)
    writes.push(() =>
      memoryOf(parameter)
        .slot(name)
        .state!.write(data as HostArray | (() => HostArray)),
    )
  }
  for (const [g, { options, parameters }] of state.groups.entries()) {
    const group = groups[g]!
    group.set(options as Partial<O>)
    for (const [p, { steps, products }] of parameters.entries()) {
      const memory = memoryOf(group.parameters[p]!)
      for (const slot of memory.slots.values()) slot.state!.write(new Float32Array(slot.size))
      memory.steps = steps
      memory.products = [...products]
    }
  }
  for (const write of writes) write()
}

function unfitting(key: string, value: Tensor | StoredTensor, parameter: Tensor | undefined): ShapeError {
  return new ShapeError({
    what: `the stored slot ${key} is ${value.dtype} of shape [${value.shape.join(', ')}]`,
    expected: parameter === undefined ? 'no such slot' : `float32 of shape [${parameter.shape.join(', ')}]`,
    fix: 'load the state into an optimiser over the same parameters',
  })
}
