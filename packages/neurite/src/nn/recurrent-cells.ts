import { type Tensor, zeros } from '../tensor/index.ts'
import { initialisedParameter } from './initial-values.ts'
import { uniformWithin } from './initialisers.ts'
import { requireFloat32, shapeRefused } from './input-checks.ts'
import { Module } from './module.ts'
import { requireKnownOptions, requireSize } from './options.ts'
import { biasInitialiser, elmanKind, gruKind, lstmKind, type RecurrentKind } from './recurrent-steps.ts'

export interface RecurrentCellOptions {
  /** Default true. */
  readonly bias?: boolean
}
export interface RNNCellOptions extends RecurrentCellOptions {
  /** Default 'tanh'. */
  readonly nonlinearity?: 'tanh' | 'relu'
}
export interface LSTMCellOptions extends RecurrentCellOptions {
  /** The forget gate's bias at the start. */
  readonly forgetBias?: number
}

/** One step of a recurrent network: [B, inputSize] or [inputSize] and a state to the next state. */
abstract class RecurrentCell extends Module {
  readonly inputSize: number
  readonly hiddenSize: number
  weight_ih: Tensor
  weight_hh: Tensor
  bias_ih: Tensor | undefined
  bias_hh: Tensor | undefined
  readonly #kind: RecurrentKind

  protected constructor(kind: RecurrentKind, inputSize: number, hiddenSize: number, options: LSTMCellOptions) {
    super()
    requireSize(this.typeName, 'inputSize', inputSize)
    requireSize(this.typeName, 'hiddenSize', hiddenSize)
    this.inputSize = inputSize
    this.hiddenSize = hiddenSize
    this.#kind = kind
    const rows = kind.gates * hiddenSize
    const uniform = uniformWithin(1 / Math.sqrt(hiddenSize))
    const { bias = true, forgetBias } = options
    this.weight_ih = initialisedParameter([rows, inputSize], uniform)
    this.weight_hh = initialisedParameter([rows, hiddenSize], uniform)
    const biasOf = (first: number | undefined): Tensor | undefined =>
      bias ? initialisedParameter([rows], biasInitialiser(hiddenSize, first)) : undefined
    this.bias_ih = biasOf(forgetBias)
    this.bias_hh = biasOf(forgetBias === undefined ? undefined : 0)
  }

  protected next(x: Tensor, given: readonly Tensor[] | undefined): Tensor[] {
    requireFloat32(this, x)
    const rows = x.rank === 1 ? x.unsqueeze(0) : x
    if (rows.rank !== 2 || rows.shape[1] !== this.inputSize) {
      throw shapeRefused(
        this,
        x,
        `shape [B, ${this.inputSize}] or [${this.inputSize}]`,
        'pass one step of the sequence',
      )
    }
    const shape = [rows.shape[0]!, this.hiddenSize]
    const state = (given ?? Array.from({ length: this.#kind.states }, () => zeros(shape))).map((part) => {
      const fitting = part.rank === 1 ? part.unsqueeze(0) : part
      if (fitting.shape.join() === shape.join()) return fitting
      throw shapeRefused(this, part, `a state of shape [${shape.join(', ')}]`, 'leave it out to start from zeros')
    })
    const projected = rows.matmul(this.weight_ih.t())
    const weights = { recurrent: this.weight_hh.t(), inputBias: this.bias_ih, hiddenBias: this.bias_hh }
    const found = this.#kind.step(projected, state, weights)
    return x.rank === 1 ? found.map((part) => part.squeeze(0)) : found
  }

  override describeOptions(): string {
    return `${this.inputSize}, ${this.hiddenSize}`
  }
}

/**
 * One step of `RNN` (torch.nn.RNNCell), with the parameters `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh`.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { ones, RNNCell } from 'neurite'
 *
 * const cell = new RNNCell(3, 8)
 * const first = cell.forward(ones([2, 3]))
 * console.log(cell.forward(ones([2, 3]), first).shape) // → [ 2, 8 ]
 * ```
 */
export class RNNCell extends RecurrentCell {
  constructor(inputSize: number, hiddenSize: number, options: RNNCellOptions = {}) {
    requireKnownOptions('RNNCell', options, ['bias', 'nonlinearity'])
    super(elmanKind(options.nonlinearity ?? 'tanh'), inputSize, hiddenSize, options)
  }

  /** The next state [B, H]. Throws ShapeError for inputs and states that do not fit. */
  forward(x: Tensor, state?: Tensor): Tensor {
    return this.next(x, state && [state])[0]!
  }
}

/**
 * One step of `LSTM` (torch.nn.LSTMCell); gates i, f, g, o.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { LSTMCell, ones } from 'neurite'
 *
 * const [h, c] = new LSTMCell(3, 8).forward(ones([2, 3]))
 * console.log(h.shape, c.shape) // → [ 2, 8 ] [ 2, 8 ]
 * ```
 */
export class LSTMCell extends RecurrentCell {
  constructor(inputSize: number, hiddenSize: number, options: LSTMCellOptions = {}) {
    requireKnownOptions('LSTMCell', options, ['bias', 'forgetBias'])
    super(lstmKind, inputSize, hiddenSize, options)
  }

  /** The next h and c, each [B, H]. Throws ShapeError for inputs and states that do not fit. */
  forward(x: Tensor, state?: readonly [h: Tensor, c: Tensor]): [h: Tensor, c: Tensor] {
    const [h, c] = this.next(x, state)
    return [h!, c!]
  }
}

/**
 * One step of `GRU` (torch.nn.GRUCell); gates r, z, n.
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { GRUCell, ones } from 'neurite'
 *
 * console.log(new GRUCell(3, 8).forward(ones([2, 3])).shape) // → [ 2, 8 ]
 * ```
 */
export class GRUCell extends RecurrentCell {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentCellOptions = {}) {
    requireKnownOptions('GRUCell', options, ['bias'])
    super(gruKind, inputSize, hiddenSize, options)
  }

  /** The next state [B, H]. Throws ShapeError for inputs and states that do not fit. */
  forward(x: Tensor, state?: Tensor): Tensor {
    return this.next(x, state && [state])[0]!
  }
}
