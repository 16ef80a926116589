import { ArgumentError } from '../errors.ts'
import type { Node } from '../graph/node.ts'
import * as ops from '../ops/index.ts'
import { isGradEnabled } from './grad-mode.ts'
import { operandNode, whileRecordingLoop } from './tensor-core.ts'
import { fromNode, type Tensor } from './tensor.ts'

/** What the body of a loop computes in one step: the next carries, and what the step gives out. */
export type ScanStep = (
  carries: Tensor[],
  steps: Tensor[],
) => { readonly carries: readonly Tensor[]; readonly outputs?: readonly Tensor[] }

export interface ScanOptions {
  /** The values with which the loop starts; every step replaces them by values of the same shape and dtype. */
  readonly carries: readonly Tensor[]
  /** Each [T, ...]: step t gets element t. */
  readonly sequences?: readonly Tensor[]
  /** The number of steps, where there is no sequence. */
  readonly steps?: number
  /** Starts at the last element; outputs keep their places. Default false. */
  readonly reverse?: boolean
  /**
   * An int32 scalar that says how many of the T steps are run: shorter sequences are padded to T and share one program.
   * In the steps beyond, carries stay as they are and outputs are 0.
   */
  readonly length?: Tensor
}

export interface ScanResult {
  /** Per carry its value after the last step. */
  readonly carries: Tensor[]
  /** Per carry its value after every step: [T, ...]. */
  readonly stacks: Tensor[]
  /** Per output of the body [T, ...]. */
  readonly outputs: Tensor[]
}

/**
 * A loop inside the program: `body` is recorded once and runs for every step, whatever their number; gradients flow through
 * it. It may use any tensor from outside; random numbers made inside it would be the same in every step, so pass them as a
 * sequence. Carries and outputs that are no float32 pass through it, exact up to 2^24.
 *
 * @throws ShapeError where sequences differ in length or a carry changes its shape
 * @throws DTypeError where a carry changes its dtype
 * @throws ArgumentError where the number of steps is unknown
 * @throws StateError where the body reads a value
 *
 * @example
 * ```ts
 * import { scan, tensor } from 'neurite'
 *
 * const { carries, stacks } = scan(([sum], [x]) => ({ carries: [sum!.mul(0.5).add(x!)] }), {
 *   carries: [tensor(0)],
 *   sequences: [tensor([1, 2, 3])],
 * })
 * console.log(await carries[0]!.item(), await stacks[0]!.toText()) // → 4.25 tensor([1.0000, 2.5000, 4.2500])
 * ```
 */
export function scan(body: ScanStep, options: ScanOptions): ScanResult {
  const { carries: initial, sequences = [], steps, reverse, length } = options
  const given = [...initial, ...sequences]
  const wantsGrad = given.some((tensor) => tensor.requiresGrad)
  let wants = wantsGrad
  const standIns = (nodes: readonly Node[]): Tensor[] =>
    nodes.map((node) => {
      const tensor = fromNode(node)
      tensor.wantsGrad = wantsGrad && isGradEnabled() && node.dtype === 'float32'
      return tensor
    })
  const nodesOf = (tensors: readonly Tensor[]): Node[] => {
    if (tensors.some((tensor) => tensor.requiresGrad)) wants = true
    return tensors.map(operandNode)
  }
  const record = (carries: readonly Node[], elements: readonly Node[]) =>
    whileRecordingLoop(() => {
      const result: { readonly carries?: unknown; readonly outputs?: readonly Tensor[] } = body(
        standIns(carries),
        standIns(elements),
      )
      if (!Array.isArray(result.carries)) throw bodyError()
      return { carries: nodesOf(result.carries as Tensor[]), outputs: nodesOf(result.outputs ?? []) }
    })
  const found = ops.scan(record, {
    carries: initial.map(operandNode),
    sequences: sequences.map(operandNode),
    steps,
    reverse,
    length: length?.node,
  })
  const depth = 1 + Math.max(0, ...given.map(({ pendingDepth }) => pendingDepth))
  const tensorsOf = (nodes: readonly Node[]): Tensor[] =>
    nodes.map((node) => {
      const tensor = fromNode(node)
      tensor.wantsGrad = wants && isGradEnabled() && node.dtype === 'float32'
      tensor.pendingDepth = depth
      return tensor
    })
  return { carries: tensorsOf(found.carries), stacks: tensorsOf(found.stacks), outputs: tensorsOf(found.outputs) }
}

const bodyError = (): ArgumentError =>
  new ArgumentError({
    what: 'scan: the body gives no list of carries',
    expected: '{ carries: [...], outputs: [...] }',
    fix: 'return an object with the next value of every carry; [] where there is none',
  })
