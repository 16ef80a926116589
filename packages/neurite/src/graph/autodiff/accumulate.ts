import { add } from '../../ops/add.ts'
import { place } from '../../ops/place.ts'
import { joinScanGradients, scanGradientOperation } from '../../ops/scan-result.ts'
import type { Node, PlaceAttributes } from '../node.ts'
import type { ScanGradientAttributes } from '../scan.ts'

/**
 * The sum of two gradients of one value. Gradients of different parts of it, as those of slices are, are put side by side
 * instead of being added to zeros.
 */
export function accumulate(earlier: Node, value: Node): Node {
  if (value.operation === scanGradientOperation && earlier.operation === scanGradientOperation) {
    return joinScanGradients(earlier as Node<ScanGradientAttributes>, value as Node<ScanGradientAttributes>)
  }
  if (value.operation.name === 'place' && earlier.operation.name === 'place') {
    const joined = joinPlaced(earlier as Node<PlaceAttributes>, value as Node<PlaceAttributes>)
    if (joined !== undefined) return joined
  }
  return add(earlier, value)
}

/** Both in one tensor of zeros, or undefined where parts may meet. */
function joinPlaced(a: Node<PlaceAttributes>, b: Node<PlaceAttributes>): Node | undefined {
  if (a.attributes.value !== 0 || b.attributes.value !== 0) return undefined
  const apart = a.inputs.every((_, i) => b.inputs.every((_, j) => isApart(rangesOf(a, i), rangesOf(b, j))))
  if (!apart) return undefined
  return place([...a.inputs, ...b.inputs], {
    shape: a.shape,
    start: [...a.attributes.start, ...b.attributes.start],
    step: [...a.attributes.step, ...b.attributes.step],
  })
}

interface Range {
  readonly first: number
  readonly last: number
}

function rangesOf({ inputs, attributes: { start, step } }: Node<PlaceAttributes>, part: number): Range[] {
  return inputs[part]!.shape.map((size, axis) => {
    const [one, other] = [start[part]![axis]!, start[part]![axis]! + (size - 1) * step[part]![axis]!]
    return { first: Math.min(one, other), last: Math.max(one, other) }
  })
}

const isApart = (a: readonly Range[], b: readonly Range[]): boolean =>
  a.some(({ first, last }, axis) => last < b[axis]!.first || b[axis]!.last < first)
