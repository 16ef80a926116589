/**
 * What the lowered forms of windows over pictures share. They work on channels last, [N, *S, C], row-major: whole vectors of
 * channels are then neighbours in memory at every element of every window.
 */
import type { Node } from '../../graph/node.ts'
import { permute } from '../permute.ts'

/** The axes in another order, by one letter each. */
export function arrange(x: Node, from: string, to: string): Node {
  return permute(
    x,
    to.split('').map((letter) => from.indexOf(letter)),
  )
}

/** [N, C, *S] to [N, *S, C]. */
export function channelsToEnd(x: Node): Node {
  return permute(x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1])
}

/** [N, *S, C] to [N, C, *S]. */
export function channelsToFront(x: Node): Node {
  return permute(x, [0, x.shape.length - 1, ...x.shape.slice(2).map((_, i) => i + 1)])
}
