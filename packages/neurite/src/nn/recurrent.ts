import { ArgumentError, ShapeError } from '../errors.ts'
import { concat, scan, stack, tensor, type Tensor, where, zeros } from '../tensor/index.ts'
import { Dropout } from './dropout.ts'
import { initialisedParameter } from './initial-values.ts'
import { uniformWithin } from './initialisers.ts'
import { requireFloat32, shapeRefused } from './input-checks.ts'
import { Module } from './module.ts'
import { describeModule } from './module-names.ts'
import { requireKnownOptions, requireSize } from './options.ts'
import { biasInitialiser, elmanKind, gruKind, lstmKind, type RecurrentKind } from './recurrent-steps.ts'

export interface RecurrentOptions {
  /** Layers one above the other; default 1. */
  readonly numLayers?: number
  /** Default true. */
  readonly bias?: boolean
  /** Inputs and outputs are [B, T, ...] instead of [T, B, ...]; default false. States are [layers, B, H] either way. */
  readonly batchFirst?: boolean
  /** Probability of dropout between layers; default 0. */
  readonly dropout?: number
  /** A second network reads each sequence from its end; outputs are both, [..., 2 H]. Default false. */
  readonly bidirectional?: boolean
}
export interface RNNOptions extends RecurrentOptions {
  /** Default 'tanh'. */
  readonly nonlinearity?: 'tanh' | 'relu'
}
export interface LSTMOptions extends RecurrentOptions {
  /**
   * The forget gate's bias at the start: the sum of its two biases. Large ones (1 to 4) keep memories longer; default: as the
   * other biases.
   */
  readonly forgetBias?: number
}

export interface RecurrentCall {
  /**
   * The length of each sequence of the batch, int32 [B]: what lies behind is padding. Outputs there are 0, the final state is
   * that after the last valid step, and the backward direction starts at it (PyTorch's packed sequences).
   */
  readonly lengths?: Tensor | readonly number[]
}

const OPTIONS = ['numLayers', 'bias', 'batchFirst', 'dropout', 'bidirectional']

/** What RNN, LSTM and GRU have in common. */
export abstract class Recurrent extends Module {
  readonly inputSize: number
  readonly hiddenSize: number
  readonly numLayers: number
  readonly bias: boolean
  readonly batchFirst: boolean
  readonly dropout: number
  readonly bidirectional: boolean
  /** Between the layers; empty without dropout. */
  readonly dropouts: readonly Dropout[]
  readonly #kind: RecurrentKind

  protected constructor(kind: RecurrentKind, inputSize: number, hiddenSize: number, options: LSTMOptions) {
    super()
    const { numLayers = 1, bias = true, batchFirst = false, dropout = 0, bidirectional = false } = options
    const name = this.typeName
    requireSize(name, 'inputSize', inputSize)
    requireSize(name, 'hiddenSize', hiddenSize)
    requireSize(name, 'numLayers', numLayers)
    this.inputSize = inputSize
    this.hiddenSize = hiddenSize
    this.numLayers = numLayers
    this.bias = bias
    this.batchFirst = batchFirst
    this.dropout = dropout
    this.bidirectional = bidirectional
    this.#kind = kind
    const bound = 1 / Math.sqrt(hiddenSize)
    const rows = kind.gates * hiddenSize
    for (let layer = 0; layer < numLayers; layer++) {
      const size = layer === 0 ? inputSize : hiddenSize * this.directions
      for (const suffix of this.suffixes(layer)) {
        this.setParameter(`weight_ih_${suffix}`, initialisedParameter([rows, size], uniformWithin(bound)))
        this.setParameter(`weight_hh_${suffix}`, initialisedParameter([rows, hiddenSize], uniformWithin(bound)))
        if (!bias) continue
        const { forgetBias } = options
        this.setParameter(`bias_ih_${suffix}`, initialisedParameter([rows], biasInitialiser(hiddenSize, forgetBias)))
        const other = biasInitialiser(hiddenSize, forgetBias === undefined ? undefined : 0)
        this.setParameter(`bias_hh_${suffix}`, initialisedParameter([rows], other))
      }
    }
    const between = dropout === 0 ? 0 : numLayers - 1
    this.dropouts = Array.from({ length: between }, () => new Dropout(dropout))
  }

  private get directions(): number {
    return this.bidirectional ? 2 : 1
  }

  private suffixes(layer: number): string[] {
    return this.bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`]
  }

  private setParameter(name: string, value: Tensor): void {
    Object.assign(this, { [name]: value })
  }

  private parameter(name: string): Tensor | undefined {
    return (this as unknown as Record<string, Tensor | undefined>)[name]
  }

  /** All layers: outputs like the input with H (or 2 H) features, and per part of the state [layers * directions, B, H]. */
  protected run(input: Tensor, given: readonly Tensor[] | undefined, call: RecurrentCall): [Tensor, Tensor[]] {
    requireKnownOptions(`${this.typeName}.forward`, call, ['lengths'])
    const batched = input.rank === 3
    this.checkInput(input)
    const x = !batched ? input.unsqueeze(1) : this.batchFirst ? input.transpose(0, 1) : input
    const [steps, batch] = x.shape as readonly [number, number]
    if (steps === 0) throw this.emptyError()
    const state = this.initialState(given, batch, batched)
    const valid = this.validSteps(call.lengths, steps, batch)
    let current = x
    const finals: Tensor[][] = []
    for (let layer = 0; layer < this.numLayers; layer++) {
      if (layer > 0 && this.dropouts.length > 0) current = this.dropouts[layer - 1]!.forward(current)
      const outputs: Tensor[] = []
      for (const suffix of this.suffixes(layer)) {
        const start = state.map((part) => part.at(finals.length))
        const [output, final] = this.runDirection(current, suffix, start, valid)
        outputs.push(output)
        finals.push(final)
      }
      current = outputs.length === 1 ? outputs[0]! : concat(outputs, -1)
    }
    const output = !batched ? current.squeeze(1) : this.batchFirst ? current.transpose(0, 1) : current
    const last = state.map((_, part) => stack(finals.map((final) => final[part]!)))
    return [output, batched ? last : last.map((part) => part.squeeze(1))]
  }

  private runDirection(
    x: Tensor,
    suffix: string,
    start: readonly Tensor[],
    valid: { readonly mask: Tensor; readonly longest: Tensor } | undefined,
  ): [Tensor, Tensor[]] {
    const [steps, batch, size] = x.shape as readonly [number, number, number]
    const kind = this.#kind
    const weights = {
      recurrent: this.parameter(`weight_hh_${suffix}`)!.t(),
      inputBias: this.parameter(`bias_ih_${suffix}`),
      hiddenBias: this.parameter(`bias_hh_${suffix}`),
    }
    // All time steps in one product, before the loop.
    const rows = x.reshape([steps * batch, size])
    const projected = rows.matmul(this.parameter(`weight_ih_${suffix}`)!.t()).reshape([steps, batch, -1])
    const reverse = suffix.endsWith('reverse')
    if (valid === undefined) {
      const { carries, stacks } = scan((state, [now]) => ({ carries: kind.step(now!, state, weights) }), {
        carries: start,
        sequences: [projected],
        reverse,
      })
      return [stacks[0]!, carries]
    }
    const { carries, outputs } = scan(
      (state, [now, isValid]) => {
        const next = kind.step(now!, state, weights)
        const kept = next.map((part, i) => where(isValid as Tensor<readonly number[], 'bool'>, part, state[i]!))
        return { carries: kept, outputs: [where(isValid as Tensor<readonly number[], 'bool'>, next[0]!, 0)] }
      },
      { carries: start, sequences: [projected, valid.mask], reverse, length: valid.longest },
    )
    return [outputs[0]!, carries]
  }

  private checkInput(x: Tensor): void {
    requireFloat32(this, x)
    const layout = this.batchFirst ? '[B, T, ' : '[T, B, '
    if ((x.rank === 2 || x.rank === 3) && x.shape.at(-1) === this.inputSize) return
    throw shapeRefused(
      this,
      x,
      `shape ${layout}${this.inputSize}], or [T, ${this.inputSize}] for one sequence`,
      'reshape it, or make the layer with the size of its last dimension',
    )
  }

  private emptyError(): ShapeError {
    return new ShapeError({
      what: `${describeModule(this)}: the sequence has 0 steps`,
      expected: 'at least one step',
      fix: 'leave empty sequences out, or pad them and pass { lengths }',
    })
  }

  private initialState(given: readonly Tensor[] | undefined, batch: number, batched: boolean): Tensor[] {
    const count = this.numLayers * this.directions
    const shape = batched ? [count, batch, this.hiddenSize] : [count, this.hiddenSize]
    if (given === undefined)
      return Array.from({ length: this.#kind.states }, () => zeros([count, batch, this.hiddenSize]))
    return given.map((part) => {
      if (part.shape.join() !== shape.join()) {
        throw new ShapeError({
          what: `${describeModule(this)}: the initial state has shape [${part.shape.join(', ')}]`,
          expected: `[${shape.join(', ')}]: layers times directions${batched ? ', batch' : ''}, hidden size`,
          fix: 'leave it out to start from zeros',
        })
      }
      return batched ? part : part.unsqueeze(1)
    })
  }

  /** Which steps of which sequence count [T, B, 1], and how many steps the longest has. */
  private validSteps(
    lengths: Tensor | readonly number[] | undefined,
    steps: number,
    batch: number,
  ): { readonly mask: Tensor; readonly longest: Tensor } | undefined {
    if (lengths === undefined) return undefined
    const isList = Array.isArray(lengths)
    if (isList) {
      const wrong = (lengths as readonly number[]).find((n) => !Number.isInteger(n) || n < 1 || n > steps)
      if (wrong !== undefined) throw this.lengthError(`a sequence has length ${wrong}`, steps, batch)
    }
    const counts = isList ? tensor(lengths as number[], { dtype: 'int32' }) : (lengths as Tensor)
    if (counts.dtype !== 'int32' || counts.rank !== 1 || counts.shape[0] !== batch) {
      throw this.lengthError(`lengths are ${counts.dtype} of shape [${counts.shape.join(', ')}]`, steps, batch)
    }
    const places = tensor(
      Array.from({ length: steps }, (_, t) => t),
      { dtype: 'int32' },
    )
    return { mask: places.reshape([steps, 1, 1]).less(counts.reshape([1, batch, 1])), longest: counts.max() }
  }

  private lengthError(what: string, steps: number, batch: number): ArgumentError {
    return new ArgumentError({
      what: `${describeModule(this)}: ${what}`,
      expected: `${batch} whole numbers from 1 to ${steps}, as int32 [${batch}]`,
      fix: 'pass the number of valid steps of each sequence of the batch',
    })
  }

  override describeOptions(): string {
    const { numLayers, bidirectional } = this
    const more = `${numLayers > 1 ? `, numLayers: ${numLayers}` : ''}${bidirectional ? ', bidirectional: true' : ''}`
    return `${this.inputSize}, ${this.hiddenSize}${more}`
  }
}

/**
 * A recurrent network after Elman (torch.nn.RNN): h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh), or relu. Parameters are
 * `weight_ih_l0` [H, inputSize], `weight_hh_l0` [H, H], `bias_ih_l0`, `bias_hh_l0` [H]; with `_reverse` for the backward
 * direction. All start uniform within 1 / sqrt(H).
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { ones, RNN } from 'neurite'
 *
 * const rnn = new RNN(3, 8)
 * const [outputs, state] = rnn.forward(ones([10, 2, 3]))
 * console.log(outputs.shape, state.shape) // → [ 10, 2, 8 ] [ 1, 2, 8 ]
 * ```
 */
export class RNN extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    requireKnownOptions('RNN', options, [...OPTIONS, 'nonlinearity'])
    super(elmanKind(options.nonlinearity ?? 'tanh'), inputSize, hiddenSize, options)
  }

  /**
   * Outputs [T, B, H] of the last layer and final states [layers, B, H]; `state` is the initial one, zeros by default.
   *
   * @throws ShapeError for inputs and states that do not fit, and for sequences of 0 steps
   */
  forward(x: Tensor, state?: Tensor, call: RecurrentCall = {}): [outputs: Tensor, state: Tensor] {
    const [outputs, [final]] = this.run(x, state && [state], call)
    return [outputs, final!]
  }
}

/**
 * Long short-term memory (torch.nn.LSTM; Hochreiter and Schmidhuber, 1997): gates i, f, g, o in this order in the rows of
 * `weight_ih_l0` [4 H, inputSize] and `weight_hh_l0` [4 H, H].
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { LSTM, ones } from 'neurite'
 *
 * const lstm = new LSTM(3, 8, { numLayers: 2, batchFirst: true, forgetBias: 1 })
 * const [outputs, [h, c]] = lstm.forward(ones([2, 10, 3]), undefined, { lengths: [10, 4] })
 * console.log(outputs.shape, h.shape, c.shape) // → [ 2, 10, 8 ] [ 2, 2, 8 ] [ 2, 2, 8 ]
 * ```
 */
export class LSTM extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: LSTMOptions = {}) {
    requireKnownOptions('LSTM', options, [...OPTIONS, 'forgetBias'])
    super(lstmKind, inputSize, hiddenSize, options)
  }

  /**
   * Outputs [T, B, H] of the last layer and the final h and c, each [layers, B, H]; `state` is the initial pair.
   *
   * @throws ShapeError for inputs and states that do not fit, and for sequences of 0 steps
   */
  forward(
    x: Tensor,
    state?: readonly [h: Tensor, c: Tensor],
    call: RecurrentCall = {},
  ): [outputs: Tensor, state: [h: Tensor, c: Tensor]] {
    const [outputs, [h, c]] = this.run(x, state, call)
    return [outputs, [h!, c!]]
  }
}

/**
 * Gated recurrent units (torch.nn.GRU; Cho and others, 2014): gates r, z, n in this order in the rows of `weight_ih_l0`
 * [3 H, inputSize] and `weight_hh_l0` [3 H, H].
 *
 * @throws ArgumentError for sizes that are no whole numbers of at least 1
 *
 * @example
 * ```ts
 * import { GRU, ones } from 'neurite'
 *
 * const gru = new GRU(3, 8, { bidirectional: true })
 * const [outputs, state] = gru.forward(ones([10, 2, 3]))
 * console.log(outputs.shape, state.shape) // → [ 10, 2, 16 ] [ 2, 2, 8 ]
 * ```
 */
export class GRU extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    requireKnownOptions('GRU', options, OPTIONS)
    super(gruKind, inputSize, hiddenSize, options)
  }

  /**
   * Outputs [T, B, H] of the last layer and final states [layers, B, H]; `state` is the initial one, zeros by default.
   *
   * @throws ShapeError for inputs and states that do not fit, and for sequences of 0 steps
   */
  forward(x: Tensor, state?: Tensor, call: RecurrentCall = {}): [outputs: Tensor, state: Tensor] {
    const [outputs, [final]] = this.run(x, state && [state], call)
    return [outputs, final!]
  }
}
