import { StateError } from '../errors.ts'
import { isUnplaced, type Member } from './module-names.ts'
import { Module } from './module.ts'
import { noLayer, requireModule } from './sequential.ts'

/**
 * A list of modules for a network of one's own (torch.nn.ModuleList): parameters are named `list.0.weight`. It only holds
 * them; `forward` of the network says how they are used.
 *
 * @example
 * ```ts
 * import { Linear, Module, ModuleList, type Tensor, zeros } from 'neurite'
 *
 * class Deep extends Module {
 *   layers = new ModuleList([new Linear(4, 4), new Linear(4, 4)])
 *   forward(x: Tensor) {
 *     for (const layer of this.layers) x = layer.forward(x).relu()
 *     return x
 *   }
 * }
 * const network = new Deep()
 * console.log(network.forward(zeros([1, 4])).shape) // → [ 1, 4 ]
 * console.log(network.parameters().length) // → 4
 * ```
 */
export class ModuleList<M extends Module = Module> extends Module {
  readonly #items: M[] = []

  constructor(items: Iterable<M> = []) {
    super()
    for (const item of items) this.push(item)
  }

  /** Always throws: a list does not say how its modules are used. */
  forward(..._inputs: never[]): never {
    throw new StateError({
      what: 'forward is called on a ModuleList',
      expected: 'a module that says what it computes',
      fix: 'loop over the list in the forward of your network, or use Sequential',
    })
  }

  /**
   * Adds a module at the end.
   *
   * @throws ArgumentError for something that is no module
   */
  push(item: M): void {
    requireModule('ModuleList', item, this.#items.length)
    this.#items.push(item)
    isUnplaced(this)
  }

  /** How many modules there are. */
  get length(): number {
    return this.#items.length
  }

  /**
   * The module at a place; negative places count from the end.
   *
   * @throws IndexOutOfRangeError where there is none
   */
  at(index: number): M {
    const item = this.#items.at(index)
    if (item === undefined) throw noLayer('ModuleList', index, this.#items.length)
    return item
  }

  [Symbol.iterator](): Iterator<M> {
    return this.#items[Symbol.iterator]()
  }

  /** @internal */
  override members(): Iterable<Member> {
    return this.#items.map((item, index) => [String(index), item] as const)
  }
}
