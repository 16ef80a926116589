import { requireOneOf } from '../option-checks.ts'
import { constantValue, uniformWithin } from './initialisers.ts'
import type { Initialiser } from './initial-values.ts'
import type { Tensor } from '../tensor/index.ts'

/** What one step of a recurrent network computes with. */
export interface StepWeights {
  /** W_hh transposed: [H, G H]. */
  readonly recurrent: Tensor
  readonly inputBias: Tensor | undefined
  readonly hiddenBias: Tensor | undefined
}

/** The step of a kind of network: from x W_ih^T [B, G H] and the state before to the state after; the first part is h. */
export interface RecurrentKind {
  /** Blocks of H rows in the weights. */
  readonly gates: number
  /** Tensors of the state: h, or h and c. */
  readonly states: number
  step(projected: Tensor, state: readonly Tensor[], weights: StepWeights): Tensor[]
}

const plus = (x: Tensor, bias: Tensor | undefined): Tensor => (bias === undefined ? x : x.add(bias))

/** x W_ih^T + h W_hh^T + b_ih + b_hh; the sum of the biases does not change from step to step. */
function preactivation(projected: Tensor, h: Tensor, { recurrent, inputBias, hiddenBias }: StepWeights): Tensor {
  const sum = projected.add(h.matmul(recurrent))
  return inputBias === undefined || hiddenBias === undefined ? sum : sum.add(inputBias.add(hiddenBias))
}

/** h' = tanh(...), or relu. */
export function elmanKind(nonlinearity: 'tanh' | 'relu'): RecurrentKind {
  requireOneOf('RNN', 'nonlinearity', nonlinearity, ['tanh', 'relu'])
  return {
    gates: 1,
    states: 1,
    step(projected, [h], weights) {
      const sum = preactivation(projected, h!, weights)
      return [nonlinearity === 'tanh' ? sum.tanh() : sum.relu()]
    },
  }
}

/** i, f, o = sigmoid, g = tanh; c' = f c + i g, h' = o tanh(c'). Hochreiter and Schmidhuber, 1997; Gers and others, 2000. */
export const lstmKind: RecurrentKind = {
  gates: 4,
  states: 2,
  step(projected, [h, c], weights) {
    const [i, f, g, o] = parts(preactivation(projected, h!, weights), 4)
    const cell = f!.sigmoid().mul(c!).add(i!.sigmoid().mul(g!.tanh()))
    return [o!.sigmoid().mul(cell.tanh()), cell]
  },
}

/** r, z = sigmoid; n = tanh(x_n + r h_n); h' = (1 - z) n + z h. Cho and others, 2014. */
export const gruKind: RecurrentKind = {
  gates: 3,
  states: 1,
  step(projected, [h], { recurrent, inputBias, hiddenBias }) {
    const fromInput = parts(plus(projected, inputBias), 3)
    const fromState = parts(plus(h!.matmul(recurrent), hiddenBias), 3)
    const [r, z] = [0, 1].map((k) => fromInput[k]!.add(fromState[k]!).sigmoid())
    const n = fromInput[2]!.add(r!.mul(fromState[2]!)).tanh()
    return [n.add(z!.mul(h!.sub(n)))]
  },
}

function parts(x: Tensor, count: number): Tensor[] {
  return x.split(x.shape.at(-1)! / count, -1)
}

/** Uniform within 1 / sqrt(H), as in PyTorch. With `forgetBias` the forget gate's part is that number. */
export function biasInitialiser(hiddenSize: number, forgetBias?: number): Initialiser {
  const uniform = uniformWithin(1 / Math.sqrt(hiddenSize))
  if (forgetBias === undefined) return uniform
  return (values, stream) => {
    uniform(values, stream)
    constantValue(forgetBias)(values.subarray(hiddenSize, 2 * hiddenSize), stream)
  }
}
