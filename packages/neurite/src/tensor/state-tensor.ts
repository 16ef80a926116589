import { ArgumentError, DTypeError, ShapeError, StateError } from '../errors.ts'
import type { DType, HostArray, Node, Shape } from '../graph/node.ts'
import { equalShapes } from '../graph/node.ts'
import { detach } from '../ops/detach.ts'
import type { Assignment } from '../runtime/open-graph.ts'
import { isReady } from '../runtime/arrival.ts'
import { evaluateLater, evaluateNodes, valuesAtHand } from '../runtime/evaluate.ts'
import { State } from '../runtime/state.ts'
import type { FirstValues } from '../runtime/state.ts'
import { currentTrace, withTrace } from '../runtime/trace-context.ts'
import { keepValues, knownValues } from '../runtime/values.ts'
import { takePending } from './backward.ts'
import { failTensors } from './failures.ts'
import { fromState, type Tensor } from './tensor.ts'

const roles = new WeakMap<Tensor, 'parameter' | 'buffer'>()

/** Whether a tensor was made as a parameter or as a buffer; undefined for all others. */
export function stateRole(tensor: Tensor): 'parameter' | 'buffer' | undefined {
  return roles.get(tensor)
}

function made(state: State, role: 'parameter' | 'buffer'): Tensor {
  const tensor = fromState(state)
  roles.set(tensor, role)
  return tensor
}

/**
 * Resident memory with the values of `data`, which can be assigned to: for running statistics and optimiser slots. May be
 * made anywhere, also inside a compiled function.
 *
 * @example
 * ```ts
 * import { assignState, buffer, zeros } from 'neurite'
 *
 * const count = buffer(zeros([2]))
 * assignState(count, count.add(1))
 * console.log(await count.toText()) // → tensor([1., 1.])
 * ```
 */
export function buffer<S extends Shape, D extends DType>(data: Tensor<S, D>): Tensor<S, D> {
  // Inside compile the values are wanted now, not in every run.
  return withTrace(undefined, () => {
    const state = data.trace === undefined ? data.copyToState() : new State(data, valuesInside(data))
    return made(state, 'buffer') as Tensor<S, D>
  })
}

/**
 * Zeros in resident memory, made without computing anything; for optimiser slots.
 *
 * @example
 * ```ts
 * import { zerosBuffer } from 'neurite'
 *
 * console.log(zerosBuffer([2])) // → tensor([0., 0.])
 * ```
 */
export function zerosBuffer(shape: Shape): Tensor<Shape, 'float32'> {
  return withTrace(undefined, () => made(new State({ shape, dtype: 'float32' }), 'buffer') as Tensor<Shape, 'float32'>)
}

/**
 * Resident memory that requires a gradient and is trained by optimisers (torch.nn.Parameter).
 *
 * @throws DTypeError unless `data` is float32
 *
 * @example
 * ```ts
 * import { parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1, 2]))
 * console.log(w.requiresGrad) // → true
 * ```
 */
export function parameter<S extends Shape>(
  data: Tensor<S>,
  options: { readonly requiresGrad?: boolean } = {},
): Tensor<S, 'float32'> {
  const result = buffer(data)
  roles.set(result, 'parameter')
  if (options.requiresGrad !== false) result.requiresGrad = true
  return result as Tensor<S, 'float32'>
}

/** A parameter whose first values are computed when they are needed, unless others are written before. */
export function deferredParameter<S extends Shape>(shape: S, initial: FirstValues): Tensor<S, 'float32'> {
  return withTrace(undefined, () => {
    const result = made(new State({ shape, dtype: 'float32' }, initial), 'parameter')
    result.requiresGrad = true
    return result as Tensor<S, 'float32'>
  })
}

/** One of several assignments that happen together. */
export type StateAssignment = readonly [target: Tensor, value: Tensor]

/**
 * Gives a parameter or a buffer a new value. Inside a compiled function the assignment is recorded: later reads there see
 * the new value, and every run writes it at its end. Outside, it happens now.
 *
 * @throws ShapeError or DTypeError where the value does not have the type of the target
 * @throws ArgumentError for a target that has no memory of its own: arguments and results of operations
 *
 * @example
 * ```ts
 * import { assignState, parameter, tensor } from 'neurite'
 *
 * const w = parameter(tensor([1, 2]))
 * assignState(w, w.mul(10))
 * console.log(await w.toArray()) // → [ 10, 20 ]
 * ```
 */
export function assignState(target: Tensor, value: Tensor): void {
  assignStates([[target, value]])
}

/**
 * Several assignments in one program: all values are computed from what was there before.
 *
 * @example
 * ```ts
 * import { assignStates, buffer, tensor } from 'neurite'
 *
 * const [a, b] = [buffer(tensor([1])), buffer(tensor([2]))]
 * assignStates([[a, b.mul(10)], [b, a.add(5)]])
 * console.log(await a.item(), await b.item()) // → 20 6
 * ```
 */
export function assignStates(assignments: readonly StateAssignment[]): void {
  const context = currentTrace()
  for (const [target, value] of assignments) check(target, value)
  if (context !== undefined) {
    const nodes = assignments.map(([, value]) => detach(value.node))
    for (const [i, [target]] of assignments.entries()) context.assignments.set(target.makeResident(), nodes[i]!)
    return
  }
  const list: Assignment[] = assignments.map(([target, value]) => ({ state: target.makeResident(), value: value.node }))
  evaluateTogether(takePending(), list)
}

/**
 * Computes tensors now, together in one program, instead of when their values are read; before the device has arrived,
 * when it has.
 *
 * @throws StateError inside a compiled function
 *
 * @example
 * ```ts
 * import { evaluateNow, tensor } from 'neurite'
 *
 * const x = tensor([1, 2]).mul(2)
 * evaluateNow([x])
 * console.log(await x.toText()) // → tensor([2., 4.])
 * ```
 */
export function evaluateNow(tensors: readonly Tensor[]): void {
  const waiting = tensors.filter((tensor) => tensor.state === undefined && tensor.values === undefined)
  if (currentTrace() !== undefined) waiting[0]?.hostValues()
  evaluateTogether(waiting, [])
}

function evaluateTogether(tensors: readonly Tensor[], assignments: readonly Assignment[]): void {
  const nodes: Node[] = tensors.map((tensor) => tensor.node)
  const use = (values: readonly HostArray[]): void => {
    for (const [i, tensor] of tensors.entries()) {
      keepValues(nodes[i]!, values[i]!)
      // It may have become resident while this waited.
      if (tensor.state !== undefined) continue
      tensor.values = values[i]!
      tensor.letGo()
    }
  }
  const isAtHand = assignments.length === 0 && nodes.every((node) => valuesAtHand(node) !== undefined)
  if (isAtHand || isReady()) use(evaluateNodes(nodes, assignments))
  else evaluateLater(nodes, assignments, use, (error) => failTensors(tensors, error))
}

function valuesInside(data: Tensor): HostArray {
  if (data.values !== undefined) return data.values.slice()
  throw new StateError({
    what: 'a buffer is made inside a compiled function from values that are computed there',
    expected: 'initial values that are known, such as zeros',
    fix: 'make the buffer with known values and assign the computed ones to it, or make it outside',
  })
}

function check(target: Tensor, value: Tensor): void {
  if (!equalShapes(target.shape, value.shape)) {
    throw new ShapeError({
      what: `a value of shape [${value.shape.join(', ')}] is assigned to ${name(target)}`,
      expected: `the shape [${target.shape.join(', ')}]`,
      fix: 'reshape or expand the value first',
    })
  }
  if (target.dtype !== value.dtype) {
    throw new DTypeError({
      what: `a value of dtype ${value.dtype} is assigned to ${name(target)}`,
      expected: `dtype ${target.dtype}`,
      fix: `convert the value first: value.to('${target.dtype}')`,
    })
  }
  const isComputed = target.state === undefined && (!target.isLeaf || target.trace !== undefined)
  if (
    isComputed ||
    (target.state === undefined && target.recorded !== undefined && knownValues(target.recorded) === undefined)
  ) {
    throw new ArgumentError({
      what: `a value is assigned to ${name(target)}, which has no memory of its own`,
      expected: 'a parameter, a buffer, or a tensor made from data outside the compiled function',
      fix: 'make the target with parameter() or buffer()',
    })
  }
}

function name(target: Tensor): string {
  return target.label ?? `a tensor of shape [${target.shape.join(', ')}]`
}
