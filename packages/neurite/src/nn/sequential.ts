import { ArgumentError, IndexOutOfRangeError } from '../errors.ts'
import type { Shape } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import type { Member } from './module-names.ts'
import { Module, type Network } from './module.ts'
import type { Chain, ChainShape, ChainTakes, FirstFeatures, shapes } from './shape-rules.ts'

/** The layers of a chain; of an unknown chain, modules. */
type Layers<L extends readonly Module[]> = 0 extends 1 & L ? readonly Module[] : L

/**
 * Layers one after the other (torch.nn.Sequential). Layers that do not fit are an error in the editor that names both.
 * Parameters are named by the place of their layer: `0.weight`.
 *
 * @throws ArgumentError for something that is no module
 *
 * @example
 * ```ts
 * import { Linear, ReLU, Sequential, zeros } from 'neurite'
 *
 * const model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10))
 * console.log(model.forward(zeros([32, 784])).shape) // → [ 32, 10 ]
 * console.log([...model.namedParameters().keys()])
 * // → [ '0.weight', '0.bias', '2.weight', '2.bias' ]
 * ```
 */
// The name alone means a chain of any layers; no narrower default would take every chain.
// oxlint-disable-next-line typescript/no-explicit-any
export class Sequential<L extends readonly Module[] = any> extends Module {
  declare readonly [shapes]: 'chain'
  readonly layers: Layers<L>

  constructor(...layers: Chain<L>) {
    super()
    for (const [index, layer] of (layers as readonly unknown[]).entries()) requireModule('Sequential', layer, index)
    this.layers = layers
  }

  forward<S extends Shape>(x: Tensor<S> & ChainTakes<S, FirstFeatures<L>>): Tensor<ChainShape<L, S>> {
    let result: Tensor = x
    for (const layer of this.layers as readonly unknown[] as readonly Network[]) result = layer.forward(result)
    return result as Tensor<ChainShape<L, S>>
  }

  /** How many layers there are. */
  get length(): number {
    return this.layers.length
  }

  /**
   * The layer at a place; negative places count from the end.
   *
   * @throws IndexOutOfRangeError where there is no layer
   */
  at(index: number): Layers<L>[number] {
    const layer = this.layers.at(index)
    if (layer === undefined) throw noLayer('Sequential', index, this.layers.length)
    return layer
  }

  [Symbol.iterator](): Iterator<Layers<L>[number]> {
    return this.layers[Symbol.iterator]()
  }

  /** @internal */
  override members(): Iterable<Member> {
    // A chain whose constructor threw has none.
    const layers: readonly Module[] | undefined = this.layers
    return layers?.map((layer, index) => [String(index), layer] as const) ?? []
  }
}

/** Throws ArgumentError where a list of layers holds something else. */
export function requireModule(where: string, value: unknown, index: number): asserts value is Module {
  if (value instanceof Module) return
  throw new ArgumentError({
    what: `${where}: entry ${index} is ${typeof value === 'function' ? `the function ${value.name}` : String(value)}`,
    expected: 'a module such as new Linear(2, 1)',
    fix: typeof value === 'function' ? `write new ${value.name || 'Layer'}(...)` : 'pass modules only',
  })
}

/** The error for a place where no layer is. */
export function noLayer(where: string, index: number, length: number): IndexOutOfRangeError {
  return new IndexOutOfRangeError({
    what: `${where}: there is no layer ${index}`,
    expected: length === 0 ? 'no index: there are no layers' : `a whole number from ${-length} to ${length - 1}`,
    fix: 'count layers from 0',
  })
}
