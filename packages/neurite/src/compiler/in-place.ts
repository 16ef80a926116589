/** Which results of a kernel may be written over what it reads. */
import type { Buffer } from './expression.ts'
import { streamKey } from './kernel.ts'
import type { LoopKernel, LoopMember } from './kernel.ts'

/** The members whose results may be written over something, in the order in which they are written. */
export function writersOf({ members }: LoopKernel): LoopMember[] {
  return members.filter(({ role, store }) => role === 'wide' && store).sort((a, b) => a.level - b.level)
}

/**
 * Whether a kernel may write the result of `writer` into the bytes of `source`, which it reads, or writes itself at a lower level,
 * if nobody needs the source afterwards. Every element of the source has to be read before the one that takes its bytes is
 * written: both walk alike through the loop, and nothing reads the source later than the inner loop that writes the result, where
 * stores come last.
 */
export function mayTakeOver({ members }: LoopKernel, source: Buffer, writer: LoopMember): boolean {
  if (source.elements !== writer.target.elements) return false
  const walk = streamKey(writer.targetStream)
  return members.every((member) => {
    const { role, level, target, targetStream, streams } = member
    if (target === writer.target && member !== writer) return false
    if (target === source && (role !== 'wide' || level >= writer.level || streamKey(targetStream) !== walk))
      return false
    return [...streams].every(
      ([leaf, stream]) =>
        leaf.kind === 'index' || leaf.buffer !== source || (level <= writer.level && streamKey(stream) === walk),
    )
  })
}
