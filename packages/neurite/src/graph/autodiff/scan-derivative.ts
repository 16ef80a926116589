/**
 * The derivative of a scan is a scan that walks the other way. Its body is the derivative of the body. What it needs of the
 * forward pass lies in the stacks of the carries, or is saved as a further output of the forward scan where it cost more than
 * cheap arithmetic. Gradients of what does not change from step to step leave the loop where they are products or sums over
 * the steps: one contraction over all steps takes their place.
 */
import { add } from '../../ops/add.ts'
import { cast } from '../../ops/cast.ts'
import { full } from '../../ops/full.ts'
import { iota } from '../../ops/iota.ts'
import { less } from '../../ops/less.ts'
import { reshape } from '../../ops/reshape.ts'
import { scan } from '../../ops/scan.ts'
import { stepValue } from '../../ops/step-value.ts'
import { sum } from '../../ops/sum.ts'
import { where } from '../../ops/where.ts'
import type { Node } from '../node.ts'
import type { ScanAttributes, ScanGradientAttributes, ScanPart } from '../scan.ts'
import { scanInputs } from '../scan.ts'
import { substitute } from '../substitute.ts'
import { ForwardValues } from './scan-forward.ts'
import { OutsideSums } from './scan-outside.ts'

/** Gradients of `wanted` from outputs and their gradients. */
export type Propagate = (
  outputs: readonly (readonly [output: Node, seed: Node])[],
  wanted: ReadonlySet<Node>,
) => ReadonlyMap<Node, Node>

export function scanDerivative(
  node: Node<ScanAttributes>,
  gradient: Node,
  propagate: Propagate,
): readonly (Node | undefined)[] {
  if (gradient.operation.name !== 'scanGradient') throw new Error('scan: its gradient must come from its results')
  return new ScanDerivative(node, gradient as Node<ScanGradientAttributes>, propagate).run()
}

class ScanDerivative {
  private readonly node: Node<ScanAttributes>
  private readonly gradient: Node<ScanGradientAttributes>
  private readonly forward: ForwardValues
  /** Per carry the gradient that the loop carries; undefined where none flows. */
  private readonly carried: (Node | undefined)[]
  private readonly seeds = new Map<number, Node>()
  private readonly found: ReadonlyMap<Node, Node>

  constructor(node: Node<ScanAttributes>, gradient: Node<ScanGradientAttributes>, propagate: Propagate) {
    this.node = node
    this.gradient = gradient
    this.forward = new ForwardValues(node)
    this.carried = node.inputs.slice(0, node.attributes.carries).map(() => undefined)
    this.found = this.propagateBody(propagate)
  }

  /** The gradient that arrives at a result, if any. */
  private arriving(result: number, part: ScanPart): Node | undefined {
    const { parts } = this.gradient.attributes
    const place = parts.findIndex((other) => other.result === result && other.part === part)
    return place < 0 ? undefined : this.gradient.inputs[place]
  }

  private propagateBody(propagate: Propagate): ReadonlyMap<Node, Node> {
    const { body, carries } = this.node.attributes
    const wanted = new Set(body.parameters.filter(({ dtype }) => dtype === 'float32'))
    const isReached = (i: number): boolean =>
      (['final', 'after', 'before'] as const).some((part) => this.arriving(i, part) !== undefined)
    for (let i = 0; i < carries; i++) if (isReached(i)) this.carried[i] = stepValue(body.results[i]!)
    for (let j = carries; j < body.results.length; j++) {
      if (this.arriving(j, 'each') !== undefined) this.seeds.set(j, stepValue(body.results[j]!))
    }
    // A carry may get its gradient from another carry only.
    for (;;) {
      const starts = body.results.flatMap((result, i): (readonly [Node, Node])[] => {
        const seed = i < carries ? this.carried[i] : this.seeds.get(i)
        return seed === undefined ? [] : [[result, seed]]
      })
      const found = propagate(starts, wanted)
      const late = this.carried.flatMap((seed, i) => (seed === undefined && found.has(body.parameters[i]!) ? [i] : []))
      if (late.length === 0) return found
      for (const i of late) this.carried[i] = stepValue(body.results[i]!)
    }
  }

  run(): readonly (Node | undefined)[] {
    const { node, forward } = this
    const { body, carries, sequences, steps, reverse } = node.attributes
    const active = this.carried.flatMap((seed, i) => (seed === undefined ? [] : [i]))
    const gradientOf = (parameter: number): Node | undefined => this.found.get(body.parameters[parameter]!)
    const sums = new OutsideSums(forward, steps)
    const sequenceGradients = Array.from({ length: sequences }, (_, s) => {
      const value = gradientOf(carries + s)
      return value === undefined ? undefined : sums.stack(value)
    })
    const { invariants, length } = scanInputs(node)
    const invariantGradients = invariants.map((_, i) => {
      const value = gradientOf(carries + sequences + i)
      return value === undefined ? undefined : sums.total(value)
    })
    forward.need([...active.flatMap((i) => gradientOf(i) ?? []), ...sums.stacked, ...sums.accumulated])
    const extended = forward.extended()

    const stream: Node[] = []
    const enter = (sequence: Node): number => stream.push(sequence) - 1
    const forwardPlaces = forward.used().map(([inside, sequence]) => [inside, enter(sequence)] as const)
    const seedPlaces = [...this.seeds].map(([j, seed]) => [seed, enter(this.arriving(j, 'each')!)] as const)
    const partPlaces = (part: ScanPart): Map<number, number> =>
      new Map(
        active.flatMap((i) => {
          const value = this.arriving(i, part)
          return value === undefined ? [] : [[i, enter(value)] as const]
        }),
      )
    const [after, before] = [partPlaces('after'), partPlaces('before')]
    const zeros = (like: Node): Node => full(like.shape, 0)
    const starts = [
      ...active.map((i) => {
        const value = this.arriving(i, 'final') ?? zeros(body.results[i]!)
        return reverse ? value : this.plusHeld(value, i)
      }),
      ...sums.accumulated.map(zeros),
    ]
    if (starts.length + sums.stacked.length === 0) return node.inputs.map(() => undefined)
    const loop = scan(
      (now, at) => {
        const replaced = new Map<Node, Node>(forward.constants())
        for (const [inside, place] of [...forwardPlaces, ...seedPlaces])
          replaced.set(inside, cast(at[place]!, inside.dtype))
        const plus = (value: Node, place: number | undefined): Node =>
          place === undefined ? value : add(value, at[place]!)
        active.forEach((i, k) => replaced.set(this.carried[i]!, plus(now[k]!, after.get(i))))
        const roots = [
          ...active.map((i) => gradientOf(i) ?? zeros(body.results[i]!)),
          ...sums.accumulated,
          ...sums.stacked,
        ]
        const values = substitute(roots, replaced)
        const carriesNow = active.map((i, k) => plus(values[k]!, before.get(i)))
        const totals = sums.accumulated.map((_, k) => add(now[active.length + k]!, values[active.length + k]!))
        return { carries: [...carriesNow, ...totals], outputs: values.slice(active.length + totals.length) }
      },
      { carries: starts, sequences: stream, steps: stream.length === 0 ? steps : undefined, reverse: !reverse, length },
    )
    const results = {
      extended,
      stacks: loop.outputs,
      totals: loop.carries.slice(active.length),
    }
    return [
      ...Array.from({ length: carries }, (_, i) => {
        const value = active.includes(i) ? loop.carries[active.indexOf(i)]! : undefined
        return value === undefined || !reverse ? value : this.plusHeld(value, i)
      }),
      ...sequenceGradients.map((build) => build?.(results)),
      ...invariantGradients.map((build) => build?.(results)),
      ...(length === undefined ? [] : [undefined]),
    ]
  }

  /** Adds the gradients of a carry in steps that are not run, where it stays as it is. */
  private plusHeld(value: Node, carry: number): Node {
    const { steps } = this.node.attributes
    const { length } = scanInputs(this.node)
    if (length === undefined) return value
    let total = value
    for (const part of ['after', 'before'] as const) {
      const all = this.arriving(carry, part)
      if (all === undefined) continue
      const isRun = reshape(less(iota(steps), length), [steps, ...value.shape.map(() => 1)])
      total = add(total, sum(where(isRun, 0, all), { axes: 0 }))
    }
    return total
  }
}
