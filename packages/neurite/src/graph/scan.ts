/** A loop inside a program: what its node carries, and how its results lie one after another. */
import { attributeKey } from './attribute-key.ts'
import type { ConstantAttributes, Node, Shape } from './node.ts'
import { elementCount, topologicalOrder } from './node.ts'

/** A closed graph: its leaves are its parameters, constants and iota. */
export class Subgraph {
  readonly parameters: readonly Node[]
  readonly results: readonly Node[]
  private key: string | undefined

  constructor(parameters: readonly Node[], results: readonly Node[]) {
    this.parameters = parameters
    this.results = results
  }

  /** Equal for graphs that compute the same. */
  get structuralKey(): string {
    return (this.key ??= keyOf(this))
  }
}

function keyOf({ parameters, results }: Subgraph): string {
  const places = new Map<Node, number>()
  const parts: string[] = []
  const enter = (node: Node, text: string): void => {
    places.set(node, places.size)
    parts.push(text)
  }
  for (const node of parameters) enter(node, `${node.dtype}[${node.shape.join()}]`)
  for (const node of topologicalOrder(results)) {
    if (places.has(node)) continue
    const { operation, attributes } = node
    const own =
      operation.name === 'constant'
        ? `${attributeKey((attributes as ConstantAttributes).value)}${node.dtype}`
        : attributeKey(attributes)
    enter(node, `${operation.name}${own}(${node.inputs.map((input) => places.get(input)!).join()})`)
  }
  return `<${parts.join(';')}>${results.map((node) => places.get(node)!).join()}`
}

/**
 * Inputs of a scan node: initial carries, sequences [steps, ...], invariants, and the run-time length if there is one. The
 * parameters of the body are carries, one element of each sequence, and invariants; its results are the next carries and the
 * outputs, all float32.
 */
export interface ScanAttributes {
  readonly body: Subgraph
  readonly carries: number
  readonly sequences: number
  readonly steps: number
  /** From the last step to the first. */
  readonly reverse: boolean
  /** The last input says how many steps are run; in those beyond, carries stay as they are and outputs are 0. */
  readonly hasLength: boolean
  /** Per carry: whether its value at every step is kept, or only the last one. */
  readonly stacked: readonly boolean[]
}

/** before, after: a carry at the start or the end of every step; final: after the loop; each: an output of every step. */
export type ScanPart = 'before' | 'after' | 'final' | 'each'

/** A window on the results of a scan, in the units of its flat value. */
export interface ScanResultAttributes {
  readonly result: number
  readonly part: ScanPart
  readonly offset: number
  readonly shape: Shape
}

/** Gradients of windows on a scan: what flows back to it. */
export interface ScanGradientAttributes {
  readonly elements: number
  readonly parts: readonly ScanResultAttributes[]
}

/** Memory of one result: slots of one value each. Carries have one slot more than there are steps: the initial value. */
export interface ScanRegion {
  readonly offset: number
  readonly slot: number
  readonly slots: number
  readonly shape: Shape
}

/** Elements; results start on cache lines. */
const alignment = 16

export function scanRegions({ body, carries, steps, stacked }: ScanAttributes): {
  readonly regions: readonly ScanRegion[]
  readonly elements: number
} {
  let offset = 0
  const regions = body.results.map(({ shape }, i): ScanRegion => {
    const slots = i >= carries ? steps : stacked[i]! ? steps + 1 : 1
    const region = { offset, slot: elementCount(shape), slots, shape }
    offset += Math.ceil((region.slot * slots) / alignment) * alignment
    return region
  })
  return { regions, elements: offset }
}

export function scanWindow(attributes: ScanAttributes, result: number, part: ScanPart): ScanResultAttributes {
  const { steps, reverse, stacked, carries } = attributes
  const { offset, slot, shape } = scanRegions(attributes).regions[result]!
  const isLater = part === 'final' ? !reverse && stacked[result]! : part === (reverse ? 'before' : 'after')
  const first = result < carries && isLater ? (part === 'final' ? steps : 1) : 0
  return { result, part, offset: offset + first * slot, shape: part === 'final' ? shape : [steps, ...shape] }
}

/** The inputs of a scan by their duty. */
export function scanInputs({ inputs, attributes }: Node<ScanAttributes>): {
  readonly initial: readonly Node[]
  readonly sequences: readonly Node[]
  readonly invariants: readonly Node[]
  readonly length: Node | undefined
} {
  const { carries, sequences, hasLength } = attributes
  const end = inputs.length - Number(hasLength)
  return {
    initial: inputs.slice(0, carries),
    sequences: inputs.slice(carries, carries + sequences),
    invariants: inputs.slice(carries + sequences, end),
    length: hasLength ? inputs[end] : undefined,
  }
}
