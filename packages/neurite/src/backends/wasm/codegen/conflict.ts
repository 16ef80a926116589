import type { Buffer } from '../../../compiler/expression.ts'
import type { Kernel } from '../../../compiler/kernel.ts'
import { bytesOf } from '../../../compiler/memory-plan.ts'

/** Whether two kernels touch the same bytes and one of them writes; `offsets` tell where the buffers of their plan begin. */
export function inConflict(a: Kernel, b: Kernel, offsets: ReadonlyMap<number, number>): boolean {
  const overlap = (x: Buffer, y: Buffer): boolean => {
    if (x.origin.kind === 'state' || y.origin.kind === 'state') {
      return x.origin.kind === 'state' && y.origin.kind === 'state' && x.origin.binding === y.origin.binding
    }
    if (x.origin.kind === 'outside' || y.origin.kind === 'outside') return x === y
    const [start, other] = [offsets.get(x.id)!, offsets.get(y.id)!]
    return start < other + bytesOf(y) && other < start + bytesOf(x)
  }
  const some = (xs: readonly Buffer[], ys: readonly Buffer[]): boolean => xs.some((x) => ys.some((y) => overlap(x, y)))
  return some(a.writes, b.writes) || some(a.writes, b.reads) || some(a.reads, b.writes)
}
