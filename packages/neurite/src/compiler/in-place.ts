/** Which results of a kernel may be written over what it reads. */
import type { Buffer } from './expression.ts'
import type { Kernel, LoopMember, Stream } from './kernel.ts'

/** A buffer that a kernel reads, and one that it writes, which may lie in the same bytes if the first is not needed any more. */
export type InPlace = readonly [source: Buffer, target: Buffer]

/**
 * Every element of the source has to be read before the element of the target that takes its bytes is written: both walk alike
 * through the loop, and nothing reads the source later than the inner loop that writes the target, where stores come last.
 */
export function inPlacePairs(kernel: Kernel): InPlace[] {
  if (kernel.kind !== 'loop') return []
  const { members, reads } = kernel
  const writers = members.filter(({ role, store }) => role === 'wide' && store).sort((a, b) => a.level - b.level)
  return writers.flatMap((writer) =>
    [...reads, ...writers.filter(({ level }) => level < writer.level).map(({ target }) => target)]
      .filter(({ elements }) => elements === writer.target.elements)
      .filter((source) => mayShare(source, writer, members))
      .map((source): InPlace => [source, writer.target]),
  )
}

function mayShare(source: Buffer, writer: LoopMember, members: readonly LoopMember[]): boolean {
  return members.every((member) => {
    const { level, target, targetStream, streams } = member
    if (target === writer.target && member !== writer) return false
    if (target === source && !(level < writer.level && isSame(targetStream, writer.targetStream))) return false
    return [...streams].every(
      ([leaf, stream]) =>
        leaf.kind === 'index' ||
        leaf.buffer !== source ||
        (level <= writer.level && isSame(stream, writer.targetStream)),
    )
  })
}

function isSame(a: Stream, b: Stream): boolean {
  const text = ({ offset, rows, inner }: Stream): string => JSON.stringify([offset, rows, inner])
  return text(a) === text(b)
}
