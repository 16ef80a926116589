import { ArgumentError, DTypeError, ShapeError } from '../errors.ts'
import type { KernelOperation, Node, ReferenceValues } from '../graph/node.ts'
import { createNode, equalShapes } from '../graph/node.ts'
import type { ScanAttributes } from '../graph/scan.ts'
import { scanRegions, Subgraph } from '../graph/scan.ts'
import { substitute } from '../graph/substitute.ts'
import { cast } from './cast.ts'
import { full } from './full.ts'
import { bodyEvaluator } from './scan-evaluate.ts'
import { scanResult } from './scan-result.ts'
import { stepValue } from './step-value.ts'

/** What a body computes in one step from its carries and the step's element of each sequence. */
export type ScanBody = (
  carries: readonly Node[],
  steps: readonly Node[],
) => { readonly carries: readonly Node[]; readonly outputs?: readonly Node[] }

export interface ScanOptions {
  /** The values with which the loop starts. */
  readonly carries: readonly Node[]
  /** [T, ...]: step t gets element t. */
  readonly sequences?: readonly Node[]
  /** Number of steps; needed only where there is no sequence. */
  readonly steps?: number | undefined
  /** Walks from the last step to the first; outputs keep their places. */
  readonly reverse?: boolean | undefined
  /** int32 scalar: how many steps are run, at most T. Beyond it carries stay as they are and outputs are 0. */
  readonly length?: Node | undefined
}

export interface ScanResults {
  /** Per carry its value after the last step. */
  readonly carries: readonly Node[]
  /** Per carry its value after each step: [T, ...]. */
  readonly stacks: readonly Node[]
  /** Per output [T, ...]. */
  readonly outputs: readonly Node[]
}

export const scanOperation: KernelOperation<ScanAttributes> = {
  kind: 'kernel',
  kernel: 'scan',
  name: 'scan',
  infer: (_inputs, attributes) => ({ shape: [scanRegions(attributes).elements], dtype: 'float32' }),
  evaluate(inputs, { attributes }) {
    const { body, carries, sequences, steps, reverse, hasLength, stacked } = attributes
    const { regions, elements } = scanRegions(attributes)
    const length = hasLength ? Math.min(steps, Math.max(0, inputs.at(-1)![0]!)) : steps
    const evaluate = bodyEvaluator(body)
    const all = new Float64Array(elements)
    const put = (result: number, slot: number, values: ReferenceValues): void =>
      all.set(
        values,
        regions[result]!.offset + (result < carries && !stacked[result]! ? 0 : slot * regions[result]!.slot),
      )
    const invariants = inputs.slice(carries + sequences, carries + sequences + body.parameters.length)
    let state = inputs.slice(0, carries)
    for (const [i, values] of state.entries()) put(i, reverse ? steps : 0, values)
    for (let round = 0; round < steps; round++) {
      const t = reverse ? steps - 1 - round : round
      if (t < length) {
        const elementsAt = inputs.slice(carries, carries + sequences).map((values) => {
          const size = values.length / steps
          return values.subarray(t * size, (t + 1) * size)
        })
        const results = evaluate([...state, ...elementsAt, ...invariants])
        state = results.slice(0, carries)
        for (let i = carries; i < results.length; i++) put(i, t, results[i]!)
      }
      for (const [i, values] of state.entries()) put(i, reverse ? t : t + 1, values)
    }
    return all
  },
}

/**
 * A loop over the first dimension of some sequences: `carries` go from step to step. The body is recorded once; it may use any
 * node from outside. Carries and outputs of other dtypes pass through float32, which holds integers up to 2^24.
 *
 * @throws ShapeError where sequences differ in length or a carry changes its shape
 * @throws DTypeError where a carry changes its dtype
 * @throws ArgumentError where the number of steps is unknown or nothing is computed
 */
export function scan(body: ScanBody, options: ScanOptions): ScanResults {
  const { carries: initial, sequences = [], reverse = false, length } = options
  const steps = stepCount(sequences, options.steps)
  const floats = initial.map((node) => stepValue({ shape: node.shape, dtype: 'float32' }))
  const elements = sequences.map(({ shape, dtype }) => stepValue({ shape: shape.slice(1), dtype }))
  const { carries: next, outputs = [] } = body(
    floats.map((node, i) => cast(node, initial[i]!.dtype)),
    elements,
  )
  checkCarries(initial, next)
  // An output that is a carry's next value lies in that carry's stack already.
  const own = outputs.filter((node) => !next.includes(node))
  if (next.length + own.length === 0) throw nothingError()
  const results = [...next, ...own]
  const closed = closeOver(
    [...floats, ...elements],
    results.map((node) => cast(node, 'float32')),
  )
  const inputs = [...initial.map((node) => cast(node, 'float32')), ...sequences, ...closed.invariants]
  const node = createNode(scanOperation, length === undefined ? inputs : [...inputs, lengthNode(length)], {
    body: closed.body,
    carries: next.length,
    sequences: sequences.length,
    steps,
    reverse,
    hasLength: length !== undefined,
    stacked: next.map(() => true),
  })
  const typed = (like: Node, found: Node): Node => cast(found, like.dtype)
  const stackOf = (result: Node): Node =>
    steps === 0
      ? full([0, ...result.shape], 0, result.dtype)
      : typed(
          result,
          scanResult(node, results.indexOf(result), results.indexOf(result) < next.length ? 'after' : 'each'),
        )
  return {
    carries: next.map((like, i) => (steps === 0 ? initial[i]! : typed(like, scanResult(node, i, 'final')))),
    stacks: next.map((like, i) => (steps === 0 ? stackOf(like) : typed(like, scanResult(node, i, 'after')))),
    outputs: outputs.map(stackOf),
  }
}

function stepCount(sequences: readonly Node[], given: number | undefined): number {
  const lengths = sequences.map(({ shape }) => shape[0])
  const steps = lengths.length > 0 ? lengths[0] : given
  if (steps === undefined || !Number.isInteger(steps) || steps < 0) {
    throw new ArgumentError({
      what: `scan: the number of steps is ${String(steps)}`,
      expected: 'sequences of shape [T, ...], or `steps`, a whole number',
      fix: 'pass a sequence, or { steps: 10 }',
    })
  }
  if (lengths.some((other) => other !== steps) || (given !== undefined && given !== steps)) {
    throw new ShapeError({
      what: `scan: the sequences have ${lengths.join(', ')} steps`,
      expected: 'the same first dimension for all',
      fix: 'cut or pad them to one length',
    })
  }
  return steps
}

function checkCarries(initial: readonly Node[], next: readonly Node[]): void {
  if (initial.length !== next.length) {
    throw new ArgumentError({
      what: `scan: the body gives ${next.length} carries`,
      expected: `${initial.length}, as many as the loop starts with`,
      fix: 'give a next value for every carry, in the same order',
    })
  }
  for (const [i, node] of initial.entries()) {
    const other = next[i]!
    if (!equalShapes(node.shape, other.shape)) {
      throw new ShapeError({
        what: `scan: carry ${i} starts with shape [${node.shape.join(', ')}] and becomes [${other.shape.join(', ')}]`,
        expected: 'the same shape in every step',
        fix: 'start with a value of the shape that the body gives',
      })
    }
    if (node.dtype !== other.dtype) {
      throw new DTypeError({
        what: `scan: carry ${i} starts as ${node.dtype} and becomes ${other.dtype}`,
        expected: 'the same dtype in every step',
        fix: `convert it: .to('${node.dtype}')`,
      })
    }
  }
}

function lengthNode(length: Node): Node {
  if (length.dtype === 'int32' && length.shape.length === 0) return length
  throw new ArgumentError({
    what: `scan: length is ${length.dtype} of shape [${length.shape.join(', ')}]`,
    expected: 'an int32 scalar',
    fix: "reduce it to one number and convert it: lengths.max().to('int32')",
  })
}

const nothingError = (): ArgumentError =>
  new ArgumentError({
    what: 'scan: the body gives neither carries nor outputs',
    expected: 'something to compute',
    fix: 'return { carries: [...], outputs: [...] }',
  })

/** Whether the value is written in the program: the loop can have a copy of its own. */
function isWritten(node: Node): boolean {
  const { operation, inputs } = node
  if (operation.kind === 'view') return isWritten(inputs[0]!)
  return operation.name === 'constant' || operation.name === 'iota'
}

/** Makes a closed body of what was recorded: what does not depend on the parameters is computed outside and comes in. */
function closeOver(parameters: readonly Node[], results: readonly Node[]): { body: Subgraph; invariants: Node[] } {
  // Nodes grow in number: older ones than the parameters cannot depend on them.
  const oldest = parameters.reduce((least, { id }) => Math.min(least, id), Infinity)
  const varies = new Map<Node, boolean>(parameters.map((node) => [node, true]))
  const isOutside = (node: Node): boolean => varies.get(node) === false || (!varies.has(node) && node.id < oldest)
  const stack = [...results]
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!
    const open = varies.has(node) || node.id < oldest ? [] : node.inputs.filter((x) => !varies.has(x) && x.id >= oldest)
    if (open.length > 0) {
      stack.push(...open)
      continue
    }
    stack.pop()
    if (!varies.has(node) && node.id >= oldest)
      varies.set(
        node,
        node.inputs.some((input) => !isOutside(input)),
      )
  }
  const invariants = new Map<Node, Node>()
  const enter = (node: Node): void => {
    if (isOutside(node) && !isWritten(node) && !invariants.has(node)) invariants.set(node, stepValue(node))
  }
  for (const node of results) enter(node)
  for (const [node, isInside] of varies) if (isInside) node.inputs.forEach(enter)
  const all = [...parameters, ...invariants.values()]
  return { body: new Subgraph(all, substitute(results, invariants)), invariants: [...invariants.keys()] }
}
