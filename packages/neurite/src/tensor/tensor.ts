import { canonicalNaN } from '../math/canonical-nan.ts'
import { ShapeError } from '../errors.ts'
import type { DType, HostArray, Node, Shape } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { whenReady } from '../runtime/arrival.ts'
import type { State } from '../runtime/state.ts'
import type { HostArrayOf } from './apply.ts'
import { backward, type BackwardOptions } from './backward.ts'
import { IndexMethods } from './index-methods.ts'
import { nestedArray, type NestedValues } from './nested-values.ts'
import { formatTensor, summaryLine } from './printing.ts'
import { readInsideCompile } from './tensor-core.ts'
import { currentTrace } from '../runtime/trace-context.ts'

/**
 * An array of numbers with a shape and a dtype. Methods only record what is to be computed; `await x.data()`,
 * `await x.item()` and `await x.toText()` compute it. Tensors do not change once made, but for parameters and buffers,
 * which optimisers and layers assign to.
 *
 * Types: `Tensor<[number, 784]>` knows a part of its shape, `Tensor` nothing. What is known is checked in the editor.
 *
 * @example
 * ```ts
 * import { tensor } from 'neurite'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * const y = x.matmul(x).add(1)
 * console.log(await y.toText())
 * // → tensor([[ 8., 11.],
 * // →         [16., 23.]])
 * ```
 */
export class Tensor<S extends Shape = Shape, D extends DType = DType> extends IndexMethods {
  declare readonly shape: S
  declare readonly dtype: D

  /** @internal */
  override make(node: Node): Tensor {
    return new Tensor(node.shape, node.dtype, node)
  }

  /**
   * The same values without gradient: nothing flows back through the result (Tensor.detach).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const w = tensor([2], { requiresGrad: true })
   * console.log(w.mul(3).detach().requiresGrad) // → false
   * ```
   */
  detach(): Tensor<S, D> {
    return new Tensor(this.shape, this.dtype, ops.detach(this.node)) as Tensor<S, D>
  }

  /**
   * A tensor of its own with the same values; gradients flow through it (Tensor.clone).
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const w = tensor([2], { requiresGrad: true })
   * console.log(w.clone().requiresGrad) // → true
   * ```
   */
  clone(): Tensor<S, D> {
    return this.derive(this.node, this) as Tensor<S, D>
  }

  /**
   * Adds the derivative of this number with respect to every parameter it was computed from to their `grad`
   * (Tensor.backward). A tensor of several elements needs `gradient`, the derivative to start from.
   *
   * @throws StateError where nothing requires a gradient, and for a second call without `retainGraph`
   * @throws ShapeError for several elements without `gradient`
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * const w = tensor([1, 2, 3], { requiresGrad: true })
   * w.square().sum().backward()
   * console.log(await w.grad?.toText()) // → tensor([2., 4., 6.])
   * ```
   */
  backward(options: BackwardOptions = {}): void {
    backward(this, options)
  }

  /**
   * The values, row-major, in a typed array of their own: Float32Array, Int32Array, or Uint8Array for uint8 and bool.
   *
   * @throws StateError inside a compiled function
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).add(1).data()) // → Float32Array(2) [ 2, 3 ]
   * ```
   */
  data(): Promise<HostArrayOf<D>> {
    return this.read((values) => canonicalNaN(this.state === undefined ? values.slice() : values) as HostArrayOf<D>)
  }

  /**
   * The only element as a number; bool gives 0 or 1.
   *
   * @throws ShapeError unless there is exactly one element
   * @throws StateError inside a compiled function
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([1, 2]).sum().item()) // → 3
   * ```
   */
  item(): Promise<number> {
    return this.read((values) => {
      if (values.length === 1) return values[0]!
      throw new ShapeError({
        what: `item: the tensor has ${values.length} elements, shape [${this.shape.join(', ')}]`,
        expected: 'exactly one element',
        fix: 'pick one with at(), or read all with data()',
      })
    })
  }

  /**
   * The values as nested arrays, bool as true and false; a number or boolean for a scalar.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2], [3, 4]]).greater(2).toArray()) // → [ [ false, false ], [ true, true ] ]
   * ```
   */
  toArray(): Promise<NestedValues> {
    return this.read((values) => nestedArray(values, this.shape, this.dtype))
  }

  /**
   * The values as people read them, in the manner of PyTorch: four digits, scientific where numbers differ much, the
   * middle left out above 1,000 elements.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(await tensor([[1, 2.5], [3, 4]]).toText())
   * // → tensor([[1.0000, 2.5000],
   * // →         [3.0000, 4.0000]])
   * ```
   */
  toText(): Promise<string> {
    return this.read((values) => formatTensor(values, this.shape, this.dtype, this.wantsGrad))
  }

  /**
   * The values where they are known already, else shape and dtype.
   *
   * @example
   * ```ts
   * import { tensor } from 'neurite'
   *
   * console.log(String(tensor([1, 2])), String(tensor([1, 2]).add(1)))
   * // → tensor([1., 2.]) Tensor(shape=[2], dtype=float32, not evaluated: await t.data())
   * ```
   */
  override toString(): string {
    const isKept = this.values !== undefined || this.state !== undefined
    if (isKept && currentTrace() === undefined && this.hasValuesAtHand()) {
      return formatTensor(this.hostValues(), this.shape, this.dtype, this.wantsGrad)
    }
    return summaryLine(this.shape, this.dtype, currentTrace() !== undefined || this.trace !== undefined)
  }

  private read<T>(use: (values: HostArray) => T): Promise<T> {
    // Inside compile this must throw at once: a rejected promise would be noticed too late.
    if (currentTrace() !== undefined) this.hostValues()
    if (!this.hasValuesAtHand()) return whenReady(() => use(this.hostValues()))
    return new Promise((resolve) => {
      resolve(use(this.hostValues()))
    })
  }

  /** @internal What console.log shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /** Throws: a tensor is no number. `x * 2` would otherwise be NaN without a word. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString()
    if (currentTrace() !== undefined) throw readInsideCompile()
    throw new TypeError(
      'a tensor is used as a number\n  expected: a number\n  fix: use its methods, such as x.mul(2), or await x.item()',
    )
  }
}

/** @internal A tensor with known values, which it keeps: they must not change. */
export function fromValues<S extends Shape, D extends DType>(values: HostArray, shape: S, dtype: D): Tensor<S, D> {
  return new Tensor(shape, dtype, undefined, values) as Tensor<S, D>
}

/** @internal A tensor for a node. */
export function fromNode<S extends Shape = Shape, D extends DType = DType>(node: Node): Tensor<S, D> {
  return new Tensor(node.shape, node.dtype, node) as unknown as Tensor<S, D>
}

/** @internal A tensor over resident memory. */
export function fromState(state: State): Tensor {
  return new Tensor(state.shape, state.dtype, undefined, undefined, state)
}
