import { DTypeError, IndexOutOfRangeError, NeuriteError, ArgumentError, ShapeError } from '../errors.ts'
import { dependOn, nextEpoch, stateRole, withLabel } from '../tensor/for-modules.ts'
import { Tensor } from '../tensor/index.ts'
import { tellForward } from './forward-watch.ts'
import {
  describeModule,
  fieldMembers,
  isUnplaced,
  joinPath,
  type Member,
  pathOf,
  placeModules,
} from './module-names.ts'
import { loadStateDict, type LoadOptions, type LoadResult, type StoredValues } from './state-dict.ts'

/** A module that takes one tensor and gives one: what `fit` trains and `Sequential` is made of. */
export type Network = Module & { forward(x: Tensor): Tensor }

type Forward = (...inputs: never[]) => unknown

const readTraining = (module: Module): unknown => module.isTraining()

/** How many `forward` calls are under way, one inside the other. */
let depth = 0
/** Errors that already tell where in the model they happened. */
const told = new WeakSet<Error>()

/**
 * The base of all layers and of networks of one's own (torch.nn.Module). Make layers, parameters and buffers fields of
 * the class, and say in `forward` what happens to the input. Fields are found by themselves, in their order; arrays of
 * modules count as well. Names are those of PyTorch: `fc1.weight`, `layers.0.bias`. Private fields (`#fc`) are not found.
 *
 * @example
 * ```ts
 * import { Linear, Module, type Tensor, zeros } from 'neurite'
 *
 * class Network extends Module {
 *   fc1 = new Linear(4, 8)
 *   fc2 = new Linear(8, 3)
 *   forward(x: Tensor) {
 *     return this.fc2.forward(this.fc1.forward(x).relu())
 *   }
 * }
 * const network = new Network()
 * console.log([...network.namedParameters().keys()])
 * // → [ 'fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias' ]
 * console.log(network.forward(zeros([5, 4])).shape) // → [ 5, 3 ]
 * ```
 */
export abstract class Module {
  #training = true

  constructor() {
    isUnplaced(this)
    // The wrapper gives what is recorded in `forward` the module's path, and errors too. It is no field: not enumerable.
    const forward = Reflect.get(this, 'forward') as Forward
    Object.defineProperty(this, 'forward', {
      configurable: true,
      writable: true,
      value: (...inputs: never[]) => runForward(this, forward, inputs),
    })
  }

  /** What the module makes of its input. */
  abstract forward(...inputs: never[]): unknown

  /** The name of the class, for messages and summaries. */
  get typeName(): string {
    return this.constructor.name.replace(/^_/, '')
  }

  /** Where the module stands in its model, such as `features.3`; empty for the model itself. */
  get path(): string {
    placeModules(this)
    return pathOf(this)
  }

  /** True in training (the default), false in evaluation: dropout acts only in training. Compiled functions notice. */
  get training(): boolean {
    dependOn<Module>(this, readTraining)
    return this.#training
  }

  /** @internal The mode, without making a compiled function depend on it. */
  isTraining(): boolean {
    return this.#training
  }

  /** @internal Sets the mode of this module alone. */
  setMode(training: boolean): void {
    if (this.#training !== training) nextEpoch()
    this.#training = training
  }

  /** Puts this module and all inside it into training mode, or out of it (Module.train). */
  train(mode = true): this {
    for (const module of this.modules()) module.setMode(mode)
    return this
  }

  /** Puts this module and all inside it into evaluation mode (Module.eval). */
  eval(): this {
    return this.train(false)
  }

  /** @internal Parameters, buffers and modules directly inside. */
  members(): Iterable<Member> {
    return fieldMembers(this, (value): value is Module => value instanceof Module)
  }

  /** This module under the name '' and every module inside it by path, each once. */
  namedModules(): Map<string, Module> {
    const found = new Map<string, Module>()
    const seen = new Set<Module>()
    const visit = (module: Module, path: string): void => {
      if (seen.has(module)) return
      seen.add(module)
      found.set(path, module)
      for (const [name, value] of module.members()) {
        if (value instanceof Module) visit(value, joinPath(path, name))
      }
    }
    visit(this, '')
    return found
  }

  /** This module and every module inside it, each once. */
  modules(): Module[] {
    return [...this.namedModules().values()]
  }

  /** The modules directly inside, by name. */
  namedChildren(): Map<string, Module> {
    const children = [...this.members()].filter((member): member is [string, Module] => member[1] instanceof Module)
    return new Map(children)
  }

  /** All parameters by path, each once: a parameter that two layers share has the name of the first. */
  namedParameters(): Map<string, Tensor> {
    return this.tensors('parameter')
  }

  /** All parameters, each once. */
  parameters(): Tensor[] {
    return [...this.namedParameters().values()]
  }

  /** All buffers by path, each once: what belongs to the model but is not trained, such as running statistics. */
  namedBuffers(): Map<string, Tensor> {
    return this.tensors('buffer')
  }

  /** All buffers, each once. */
  buffers(): Tensor[] {
    return [...this.namedBuffers().values()]
  }

  private tensors(role: 'parameter' | 'buffer'): Map<string, Tensor> {
    placeModules(this)
    const found = new Map<string, Tensor>()
    const seen = new Set<Tensor>()
    for (const [path, module] of this.namedModules()) {
      for (const [name, value] of module.members()) {
        if (!(value instanceof Tensor) || stateRole(value) !== role || seen.has(value)) continue
        seen.add(value)
        found.set(joinPath(path, name), value)
      }
    }
    return found
  }

  /**
   * Freezes all parameters inside (`false`), or lets them be trained again (Module.requires_grad_). Compiled functions
   * notice.
   *
   * @example
   * ```ts
   * import { Linear } from 'neurite'
   *
   * const layer = new Linear(2, 1).requiresGrad(false)
   * console.log(layer.weight.requiresGrad) // → false
   * ```
   */
  requiresGrad(wanted = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad = wanted
    return this
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = undefined
  }

  /**
   * All parameters and buffers by path, as they are now: later training does not change what was given out. A parameter
   * that two layers share stands under both names, as in PyTorch.
   */
  stateDict(): Map<string, Tensor> {
    placeModules(this)
    const found = new Map<string, Tensor>()
    collectAll(this, '', [], (path, tensor) => found.set(path, tensor.detach()))
    return found
  }

  /**
   * Puts values into parameters and buffers: tensors, or arrays as `readSafetensors` gives them. With `strict` (the
   * default) every name must be there, and no other.
   *
   * @throws StateError that lists missing and unexpected names
   * @throws ShapeError that lists the values whose shape differs
   *
   * @example
   * ```ts
   * import { Linear } from 'neurite'
   *
   * const from = new Linear(2, 1)
   * const to = new Linear(2, 1)
   * to.loadStateDict(from.stateDict())
   * console.log((await to.weight.toText()) === (await from.weight.toText())) // → true
   * ```
   */
  loadStateDict(values: StoredValues, options: LoadOptions = {}): LoadResult {
    placeModules(this)
    const targets = new Map<string, Tensor>()
    collectAll(this, '', [], (path, tensor) => targets.set(path, tensor))
    return loadStateDict(this.typeName, targets, values, options)
  }

  /** Gives back the memory of all parameters and buffers. Any later use throws. Not needed where a model is just dropped. */
  free(): void {
    for (const tensor of [...this.parameters(), ...this.buffers()]) tensor.state?.free()
  }

  /** What a summary shows about the layer beside its class, such as `784, 128`. */
  describeOptions(): string {
    return ''
  }
}

/** Every parameter and buffer under each of its names; a module that contains itself is entered once. */
function collectAll(
  module: Module,
  path: string,
  above: readonly Module[],
  visit: (path: string, tensor: Tensor) => void,
): void {
  if (above.includes(module)) return
  const inner = [...above, module]
  for (const [name, value] of module.members()) {
    const place = joinPath(path, name)
    if (value instanceof Tensor) visit(place, value)
    else collectAll(value, place, inner, visit)
  }
}

function runForward(module: Module, forward: Forward, inputs: never[]): unknown {
  if (depth === 0) placeModules(module)
  const label = describeModule(module)
  depth++
  try {
    const output = withLabel(label, () => forward.apply(module, inputs))
    tellForward(module, output)
    return output
  } catch (error) {
    throw error instanceof NeuriteError ? withPlace(error, label) : error
  } finally {
    depth--
  }
}

/** The same error with the innermost module in front, unless it is there already. */
function withPlace(error: NeuriteError, label: string): NeuriteError {
  if (told.has(error)) return error
  const kind = [ShapeError, DTypeError, ArgumentError, IndexOutOfRangeError].find((each) => error.constructor === each)
  if (kind === undefined) return error
  const { what, expected, fix } = error
  const placed = what.startsWith(`${label}:`)
    ? error
    : new kind({ what: `${label}: ${what}`, expected, fix, cause: error })
  told.add(placed)
  return placed
}
