import { StateError } from '../errors.ts'
import { gradients } from '../graph/autodiff.ts'
import type { Node } from '../graph/node.ts'
import { topologicalOrder } from '../graph/node.ts'
import { add } from '../ops/add.ts'
import { state as readState } from '../ops/state.ts'
import { currentTrace, type TraceContext } from '../runtime/trace-context.ts'
import { leafTensor } from './tensor-core.ts'
import type { Tensor } from './tensor.ts'

/** Options of `backward`. */
export interface BackwardOptions {
  /** The derivative of the final result with respect to this tensor, of its shape; 1 by default. */
  readonly gradient?: Tensor
  /** Allows another `backward` from the same tensor; default false. */
  readonly retainGraph?: boolean
}

/** Losses and gradients that wait to be computed; a parameter that they read is about to change when they are asked for. */
let pending: WeakRef<Tensor>[] = []

/** Tensors that were left by `backward` outside compile and are not computed yet; forgets them. */
export function takePending(): Tensor[] {
  const alive = pending.flatMap((reference) => reference.deref() ?? [])
  pending = []
  return alive.filter((tensor) => tensor.values === undefined && tensor.recorded !== undefined)
}

/** Adds the gradients of `output` to the tensors that it was computed from. */
export function backward(output: Tensor, { gradient, retainGraph = false }: BackwardOptions): void {
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
  const targets = gradientLeaves(output.node)
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
  const context = currentTrace()
  const isEager = context === undefined
  for (const [tensor, own] of found) {
    const node = context?.sumOf === undefined ? own : withEarlierRuns(context, tensor, own)
    const before = tensor.grad
    const sum = before === undefined ? tensor.make(node) : tensor.make(add(before.node, node))
    tensor.grad = sum
    if (isEager) pending.push(new WeakRef(sum))
  }
  output.graphUsed = !retainGraph
  if (isEager) pending.push(new WeakRef(output))
  if (!retainGraph && output.values !== undefined) output.letGo()
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
