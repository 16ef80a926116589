/** Reverse-mode differentiation: adds the nodes that compute gradients to the graph. */
import { DTypeError, ShapeError } from '../errors.ts'
import { full } from '../ops/full.ts'
import { accumulate } from './autodiff/accumulate.ts'
import { scanDerivative } from './autodiff/scan-derivative.ts'
import type { Node } from './node.ts'
import { elementCount, equalShapes, withLabel } from './node.ts'
import type { ScanAttributes } from './scan.ts'

/** What one use of a value adds to its gradient: the incoming gradient times the local derivative. */
export interface Contribution {
  /** The node that uses the value, and as which of its inputs. */
  readonly consumer: Node
  readonly inputIndex: number
  readonly value: Node
}

export interface GradientOptions {
  /** Gradient of the final result with respect to `output`, of its shape; default: one, for a single element. */
  readonly seed?: Node | undefined
  /** Called for each gradient that flows from a consumer to one of its inputs. */
  readonly onContribution?: ((input: Node, contribution: Contribution) => void) | undefined
}

/**
 * The gradient of `output` with respect to each node of `wanted`; undefined where `output` does not depend on it, or only
 * through operations without a derivative. Throws DTypeError for an output that is not float32 and ShapeError for one of
 * several elements without `seed`.
 *
 * The gradients are nodes again, so they can be differentiated too.
 */
export function gradients(output: Node, wanted: readonly Node[], options: GradientOptions = {}): (Node | undefined)[] {
  const found = gradientsOnPath(output, new Set(wanted), options)
  return wanted.map((node) => found.get(node))
}

/** The gradients that `gradients` finds, of all nodes between `wanted` and `output`. */
export function gradientsOnPath(
  output: Node,
  wanted: ReadonlySet<Node>,
  { seed = defaultSeed(output), onContribution }: GradientOptions,
): ReadonlyMap<Node, Node> {
  checkSeed(output, seed)
  return propagate([[output, seed]], wanted, NO_NODES, onContribution)
}

const NO_NODES: ReadonlySet<Node> = new Set()

/** Nodes between `wanted` and `outputs`, both included, inputs first; nothing behind a node of `boundary` is visited. */
export function pathNodes(
  outputs: readonly Node[],
  wanted: ReadonlySet<Node>,
  boundary: ReadonlySet<Node> = NO_NODES,
): Node[] {
  const path: Node[] = []
  const onPath = new Map<Node, boolean>()
  for (const output of outputs) if (!onPath.has(output)) visitPath(output, wanted, boundary, onPath, path)
  return path
}

function visitPath(
  output: Node,
  wanted: ReadonlySet<Node>,
  boundary: ReadonlySet<Node>,
  onPath: Map<Node, boolean>,
  path: Node[],
): void {
  const stack: { node: Node; next: number }[] = [{ node: output, next: 0 }]
  onPath.set(output, wanted.has(output))
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!
    if (top.next < top.node.inputs.length && !boundary.has(top.node)) {
      const input = top.node.inputs[top.next++]!
      if (!onPath.has(input)) {
        onPath.set(input, wanted.has(input))
        stack.push({ node: input, next: 0 })
      }
    } else {
      const { node } = top
      const reaches = onPath.get(node)! || (!boundary.has(node) && node.inputs.some((input) => onPath.get(input)!))
      onPath.set(node, reaches)
      if (reaches) path.push(node)
      stack.pop()
    }
  }
}

/** Walks back from outputs, each with its gradient. */
function propagate(
  outputs: readonly (readonly [output: Node, seed: Node])[],
  wanted: ReadonlySet<Node>,
  boundary: ReadonlySet<Node>,
  onContribution?: (input: Node, contribution: Contribution) => void,
): Map<Node, Node> {
  const path = pathNodes(
    outputs.map(([output]) => output),
    wanted,
    boundary,
  )
  const onPath = new Set(path)
  const found = new Map<Node, Node>()
  for (const [output, seed] of outputs) {
    const earlier = found.get(output)
    if (onPath.has(output)) found.set(output, earlier === undefined ? seed : accumulate(earlier, seed))
  }
  for (const node of path.reverse()) {
    const gradient = found.get(node)
    if (gradient === undefined || boundary.has(node)) continue
    if (!node.inputs.some((input) => onPath.has(input))) continue
    const parts = withLabel(node.label, () => inputGradients(node, gradient))
    for (const [inputIndex, value] of parts.entries()) {
      const input = node.inputs[inputIndex]!
      if (value === undefined || input.dtype !== 'float32' || !onPath.has(input)) continue
      if (!equalShapes(value.shape, input.shape)) throw derivativeShapeError(node, input, value)
      onContribution?.(input, { consumer: node, inputIndex, value })
      const earlier = found.get(input)
      found.set(input, earlier === undefined ? value : withLabel(node.label, () => accumulate(earlier, value)))
    }
  }
  return found
}

/** What flows to each input of one node. */
function inputGradients(node: Node, gradient: Node): readonly (Node | undefined)[] {
  const { operation, inputs, attributes } = node
  if (operation.kind === 'source') return []
  if (operation.name === 'scan') {
    return scanDerivative(node as Node<ScanAttributes>, gradient, (outputs, wanted) =>
      propagate(outputs, wanted, NO_NODES),
    )
  }
  if (operation.derivative !== undefined) return operation.derivative({ node, inputs, attributes, gradient })
  if (operation.kind !== 'composite') return []
  // The inputs bound the walk: what lies behind them is not part of this operation. The same node twice among the inputs
  // gets its whole gradient once.
  const distinct = new Set(inputs)
  const found = propagate([[operation.lower(inputs, attributes), gradient]], distinct, distinct)
  return inputs.map((input, i) => (inputs.indexOf(input) === i ? found.get(input) : undefined))
}

function defaultSeed(output: Node): Node {
  if (elementCount(output.shape) === 1) return full(output.shape, 1)
  throw new ShapeError({
    what: `backward: the output has shape [${output.shape.join(', ')}], so its gradient is not one number`,
    expected: 'an output of one element, or a gradient to start from',
    fix: 'reduce the output first (loss.mean() or loss.sum()), or pass the gradient of its shape',
  })
}

function checkSeed(output: Node, seed: Node): void {
  if (output.dtype !== 'float32' || seed.dtype !== 'float32') {
    throw new DTypeError({
      what: `backward: the output has dtype ${output.dtype} and its gradient ${seed.dtype}`,
      expected: 'float32: gradients exist only for floating-point numbers',
      fix: "convert to float32 before the computation: x.to('float32')",
    })
  }
  if (!equalShapes(output.shape, seed.shape)) {
    throw new ShapeError({
      what: `backward: the gradient has shape [${seed.shape.join(', ')}], the output [${output.shape.join(', ')}]`,
      expected: 'the same shape',
      fix: 'pass a gradient with the shape of the output',
    })
  }
}

function derivativeShapeError(node: Node, input: Node, value: Node): ShapeError {
  return new ShapeError({
    what: `${node.operation.name}: its derivative has shape [${value.shape.join(', ')}]`,
    expected: `the shape of the input, [${input.shape.join(', ')}]`,
    fix: 'correct the derivative of the operation; this is a mistake of its definition, not of its user',
  })
}
