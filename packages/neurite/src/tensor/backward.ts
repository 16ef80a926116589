import { StateError } from '../errors.ts'
import { gradients } from '../graph/autodiff.ts'
import type { Node } from '../graph/node.ts'
import { topologicalOrder } from '../graph/node.ts'
import { requireKnownOptions } from '../known-options.ts'
import { add } from '../ops/add.ts'
import { state as readState } from '../ops/state.ts'
import { currentTrace, type TraceContext } from '../runtime/trace-context.ts'
import { leafTensor } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** Options of `backward`. */
export interface BackwardOptions {
  /** The derivative of the final result with respect to this tensor, of its shape; 1 by default. */
  readonly gradient?: Tensor
  /** Allows another `backward` from the same tensor; default false, or true with `createGraph`. */
  readonly retainGraph?: boolean
  /** Makes gradients that can be differentiated themselves, for second derivatives; default false. */
  readonly createGraph?: boolean
}

/**
 * Losses and gradients that wait to be computed; a parameter that they read is about to change when they are asked for.
 * Plain references: what a WeakRef names stays alive until a loop yields, and a loop of steps need not.
 */
let pending: Tensor[] = []
const longestPending = 1024

const isWaiting = (tensor: Tensor): boolean => tensor.values === undefined && tensor.recorded !== undefined

function addPending(tensor: Tensor): void {
  pending.push(tensor)
  // What is forgotten here is computed when it is asked for, from copies of the parameters as they were.
  if (pending.length > 2 * longestPending) pending = pending.filter(isWaiting).slice(-longestPending)
}

/** Tensors that were left by `backward` outside compile and are not computed yet; forgets them. */
export function takePending(): Tensor[] {
  const waiting = pending.filter(isWaiting)
  pending = []
  return waiting
}

/** Adds the gradients of `output` to the tensors that it was computed from. */
export function backward(output: Tensor, options: BackwardOptions): void {
  requireKnownOptions('backward', options, ['gradient', 'retainGraph', 'createGraph'])
  const { createGraph = false, retainGraph = createGraph } = options
  const found = gradientsOf(output, gradientLeaves(output.node), options)
  const context = currentTrace()
  const isEager = context === undefined
  for (const [tensor, own] of found) {
    const node = context?.sumOf === undefined ? own : withEarlierRuns(context, tensor, own)
    const before = tensor.grad
    const sum = before === undefined ? tensor.make(node) : tensor.make(add(before.node, node))
    sum.wantsGrad = createGraph
    tensor.grad = sum
    if (isEager && !createGraph) addPending(sum)
  }
  output.graphUsed = !retainGraph
  if (isEager) addPending(output)
  if (!retainGraph && output.values !== undefined) output.letGo()
}

/**
 * The derivatives of one number with respect to some tensors, without touching their `grad` (torch.autograd.grad).
 * undefined where the number does not depend on a tensor. Tensors that were computed on the way may be asked for, too.
 *
 * @throws StateError where nothing requires a gradient
 * @throws ShapeError for an output of several elements without `gradient`
 *
 * @example
 * ```ts
 * import { grad, tensor } from 'neurite'
 *
 * const x = tensor([3], { requiresGrad: true })
 * const [slope] = grad(x.pow(3).sum(), [x], { createGraph: true })
 * const [curvature] = grad(slope!.sum(), [x])
 * console.log(await slope!.item(), await curvature!.item()) // → 27 18
 * ```
 */
export function grad(
  output: Tensor,
  inputs: readonly Tensor[],
  options: Omit<BackwardOptions, 'retainGraph'> = {},
): (Tensor | undefined)[] {
  requireKnownOptions('grad', options, ['gradient', 'createGraph'])
  const found = gradientsOf(
    output,
    inputs.map((tensor) => [tensor.node, tensor] as const),
    options,
  )
  return inputs.map((tensor) => {
    const node = found.get(tensor)
    if (node === undefined) return undefined
    const made = tensor.make(node)
    made.wantsGrad = options.createGraph ?? false
    return made
  })
}

function gradientsOf(
  output: Tensor,
  targets: readonly (readonly [Node, Tensor])[],
  { gradient }: BackwardOptions,
): Map<Tensor, Node> {
  if (!output.wantsGrad) {
    throw new StateError({
      what: 'backward is called on a tensor that does not require a gradient',
      expected: 'a tensor computed from parameters, outside noGrad',
      fix: 'compute it from tensors made with requiresGrad: true, and not inside noGrad or after detach()',
    })
  }
  if (output.graphUsed) {
    throw new StateError({
      what: 'backward is called a second time on the same tensor',
      expected: 'one call, after which the graph is let go',
      fix: 'compute the tensor again, or call backward({ retainGraph: true }) the first time',
    })
  }
  const nodes = gradients(
    output.node,
    targets.map(([node]) => node),
    { seed: gradient?.node },
  )
  const found = new Map<Tensor, Node>()
  for (const [i, [, tensor]] of targets.entries()) {
    const node = nodes[i]
    if (node === undefined) continue
    const before = found.get(tensor)
    found.set(tensor, before === undefined ? node : add(before, node))
  }
  return found
}

/** The gradient of this run; with `accumulate`, the first one in a run starts from the sum of the runs before. */
function withEarlierRuns(context: TraceContext, tensor: Tensor, gradient: Node): Node {
  const sum = context.sums.get(tensor)
  if (sum !== undefined) {
    sum.node = add(sum.node, gradient)
    return gradient
  }
  const state = context.sumOf!(tensor)
  const node = add(context.stateNode(state, readState), gradient)
  context.sums.set(tensor, { state, node })
  return node
}

/** The leaves below a node that require gradients. */
function gradientLeaves(output: Node): [Node, Tensor][] {
  const found: [Node, Tensor][] = []
  for (const node of topologicalOrder([output])) {
    const tensor = leafTensor(node)
    if (tensor?.wantsGrad === true) found.push([node, tensor])
  }
  return found
}
