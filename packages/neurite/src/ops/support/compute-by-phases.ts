import { equalShapes, type Node, type Shape } from '../../graph/node.ts'
import { full } from '../full.ts'
import { place } from '../place.ts'
import { slice } from '../slice.ts'
import { channelsToFront } from './channels-last.ts'
import { channelsLast } from './read-windows.ts'
import type { WindowGeometry } from './window-geometry.ts'
import { combinations, type Phase, phasesOf, reach, tapsOf } from './window-phases.ts'

/** One phase of every spatial axis. */
export type PhaseSet = readonly Phase[]

/** The taps of a set of phases: which one it is, and by which of the windows around an element it reads that element. */
export function tapsOfPhases(phases: PhaseSet): { readonly tap: Shape; readonly offset: Shape }[] {
  return tapsOf(phases.map(({ taps }) => taps)).map((index) => ({
    tap: phases.map(({ tap, tapStep }, axis) => tap - tapStep * index[axis]!),
    offset: phases.map(({ spread }, axis) => spread * index[axis]!),
  }))
}

/**
 * A picture [N, channels, *S] from values of the windows that read it, `ys` of [N, C, *P] each. The elements are computed
 * phase by phase, so that nothing is multiplied by zeros between them: `part` gives those of one set of phases,
 * [N, *counts, channels], from the windows around them, [N, *(counts + spread (taps - 1)), C]. `prepare` computes something for
 * every window before, once for all phases.
 */
export function computeByPhases(
  ys: readonly Node[],
  geometry: WindowGeometry,
  channels: number,
  part: (near: readonly Node[], phases: PhaseSet) => Node,
  options: { readonly value?: number; readonly prepare?: (padded: Node) => Node } = {},
): Node {
  const { size, positions, stride } = geometry
  const phases = phasesOf(geometry)
  const sets = combinations(phases)
  // A stride longer than the kernel can leave out every element.
  if (sets.length === 0) return full([ys[0]!.shape[0]!, channels, ...size], 0)
  const around = phases.map((own, axis) => reach(own, positions[axis]!))
  const before = around.map(([count]) => count)
  const after = around.map(([, count]) => count)
  const { value = 0, prepare = (picture): Node => picture } = options
  const padded = ys.map((y) => prepare(channelsLast(y, before, after, value)))
  const parts = sets.map((set) => {
    const start = [0, ...set.map(({ from }, axis) => from + before[axis]!), 0]
    const length = set.map(({ count, spread, taps }) => count + spread * (taps - 1))
    const near = padded.map((x) => slice(x, { start, size: [x.shape[0]!, ...length, x.shape.at(-1)!] }))
    return part(near, set)
  })
  const shape = [ys[0]!.shape[0]!, ...size, channels]
  const isWhole = parts.length === 1 && equalShapes(parts[0]!.shape, shape)
  const result = isWhole
    ? parts[0]!
    : place(parts, {
        shape,
        start: sets.map((set) => [0, ...set.map(({ start }) => start), 0]),
        step: sets.map(() => [1, ...stride, 1]),
      })
  return channelsToFront(result)
}
