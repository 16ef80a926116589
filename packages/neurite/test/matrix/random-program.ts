/**
 * Random programs: a graph with its gradients and with states that it writes, decided by a seed. Every value has a bound, and
 * large ones are scaled down, so that rounding stays small; functions that jump get only values that float32 holds exactly.
 */
import type { BindingDeclaration, GraphProgram } from '../../src/compiler/program.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import { dump } from '../../src/graph/dump.ts'
import type { HostArray, Node, Shape } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { numbersFrom } from '../support/operation-cases.ts'
import { moves } from './random-moves.ts'

/** A value of the program, and what is known of its numbers. */
export interface Value {
  readonly node: Node
  /** No number is larger than this. */
  readonly bound: number
  /** All numbers are multiples of this; 0 where they are not exact. */
  readonly grid: number
}

export interface RandomProgram {
  readonly program: GraphProgram
  /** What the bindings hold at first. */
  readonly values: readonly HostArray[]
  readonly text: string
}

const MANTISSA = 2 ** 22
const LARGEST = 4

/** What moves draw from. */
export class Draft {
  readonly random: () => number
  readonly pool: Value[] = []
  readonly bindings: BindingDeclaration[] = []
  readonly values: HostArray[] = []
  readonly leaves: Node[] = []
  readonly mostElements: number

  constructor(seed: number, mostElements: number) {
    this.random = numbersFrom(seed)
    this.mostElements = mostElements
    // The first numbers of neighbouring seeds are alike.
    for (let i = 0; i < 4; i++) this.random()
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.random() * count)
  }

  chance(part: number): boolean {
    return this.random() < part
  }

  choose<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  /** A new input or state. Inputs are multiples of 1/4; states change, so they count as inexact. */
  leaf(shape: Shape, kind: 'data' | 'state' = this.chance(0.4) ? 'state' : 'data'): Value {
    const node = ops.binding({ index: this.bindings.length, type: { shape, dtype: 'float32' } })
    this.bindings.push({ kind, type: { shape, dtype: 'float32' } })
    this.values.push(Float32Array.from({ length: elementCount(shape) }, () => this.below(17) / 4 - 2))
    this.leaves.push(node)
    return { node, bound: 2, grid: kind === 'data' ? 1 / 4 : 0 }
  }

  /** An input of positions along an axis of so many elements. */
  positions(shape: Shape, axisLength: number): Node {
    const type = { shape, dtype: 'int32' as const }
    const node = ops.binding({ index: this.bindings.length, type })
    this.bindings.push({ kind: 'data', type })
    this.values.push(Int32Array.from({ length: elementCount(shape) }, () => this.below(axisLength)))
    return node
  }

  /** A value of the pool, mostly a late one. */
  pick(): Value {
    return this.chance(0.6) ? this.pool.at(-1)! : this.choose(this.pool)
  }

  /** Keeps a value, made small enough to be used again. */
  keep({ node, bound, grid }: Value): void {
    if (elementCount(node.shape) > this.mostElements || node.shape.length > 5) return
    const down = bound <= LARGEST ? 1 : 2 ** -Math.ceil(Math.log2(bound / LARGEST))
    const scaled = down === 1 ? node : ops.mul(node, down)
    const isExact = grid > 0 && bound / grid < MANTISSA
    this.pool.push({ node: scaled, bound: bound * down, grid: isExact ? grid * down : 0 })
  }
}

/** A sum over all elements, of about the size of one, in which each has another weight. */
function weighed(node: Node): Node {
  const count = elementCount(node.shape)
  const weights = ops.reshape(ops.sin(ops.add(ops.cast(ops.iota(count), 'float32'), 1)), node.shape)
  const down = 2 ** -Math.floor(Math.log2(Math.max(count, 1)) / 2)
  return ops.mul(ops.sum(ops.mul(ops.sin(node), weights)), down)
}

const total = (nodes: readonly Node[]): Node => nodes.map(weighed).reduce((a, b) => ops.add(a, b))

/** What a state becomes: a step along its gradient, itself turned round, or something of its shape. */
function update(draft: Draft, state: Node, gradient: Node | undefined): Node {
  const same = draft.pool.filter(({ node }) => node.shape.join() === state.shape.join()).map(({ node }) => node)
  const other = same.length > 0 ? draft.choose(same) : ops.neg(state)
  const rank = state.shape.length
  const choices: (() => Node)[] = [
    () => ops.tanh(ops.sub(state, ops.mul(gradient ?? state, 0.25))),
    () => ops.mul(other, 0.5),
    () => ops.tanh(ops.add(other, state)),
  ]
  if (rank > 0) choices.push(() => ops.flip(state, [draft.below(rank)]))
  if (rank === 2 && state.shape[0] === state.shape[1]) choices.push(() => ops.transpose(state, 0, 1))
  return draft.choose(choices)()
}

/** The program of a seed: some outputs, their gradients, for some seeds second derivatives, and new values of the states. */
export function randomProgram(seed: number, options: { readonly large: boolean }): RandomProgram {
  const draft = new Draft(seed, options.large ? 40_000 : 700)
  const sizes = options.large ? [1, 3, 8, 17, 33, 64, 131] : [1, 2, 3, 4, 5, 7, 8, 9, 16, 17]
  const dims = [draft.choose(sizes), draft.choose(sizes), draft.choose(sizes)]
  const isEmpty = draft.chance(0.03)
  for (let i = 0; i < 2 + draft.below(2); i++) {
    const rank = options.large ? 2 : draft.below(4)
    const shape = dims.slice(3 - rank).map((size) => (draft.chance(0.15) ? 1 : size))
    if (isEmpty && rank > 0) shape[0] = 0
    draft.pool.push(draft.leaf(shape))
  }
  const wanted = draft.pool.length + 5 + draft.below(9)
  for (let tries = 0; tries < 60 && draft.pool.length < wanted; tries++) {
    const made = draft.choose(moves)(draft, draft.pick())
    if (made !== undefined) draft.keep(made)
  }
  const results = draft.pool.slice(-3).map(({ node }) => node)
  const loss = total(results)
  const first = gradients(loss, draft.leaves)
  const outputs = [...results, loss, ...first.filter((node) => node !== undefined)]
  const known = first.filter((node) => node !== undefined).map((node) => ops.tanh(node))
  if (known.length > 0 && !options.large && draft.chance(0.3)) {
    outputs.push(...gradients(total(known), draft.leaves).filter((node) => node !== undefined))
  }
  const assignments = draft.leaves.flatMap((state, i) => {
    const binding = draft.bindings.findIndex((_, index) => (state.attributes as { index: number }).index === index)
    if (draft.bindings[binding]!.kind !== 'state' || draft.chance(0.2)) return []
    return [{ binding, value: update(draft, state, first[i]) }]
  })
  const program = { bindings: draft.bindings, outputs, assignments }
  const lines = assignments.map(({ binding }, i) => `binding ${binding} becomes result ${outputs.length + i}`)
  const text = [dump([...outputs, ...assignments.map(({ value }) => value)]), ...lines].join('\n')
  return { program, values: draft.values, text }
}
