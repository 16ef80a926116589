/** Places buffers in one scratch region: buffers whose lives do not overlap may share bytes. */
import { MemoryError } from '../errors.ts'
import type { Buffer } from './expression.ts'
import { mayTakeOver, writersOf } from './in-place.ts'
import type { Kernel } from './kernel.ts'

export interface MemoryPlan {
  /** Byte offset inside the scratch region, by buffer id. Buffers that are never touched have none. */
  readonly offsets: ReadonlyMap<number, number>
  readonly bytes: number
}

/** One buffer, or several that take the place over from one another, between its first kernel and its last. */
interface Life {
  readonly buffers: Buffer[]
  readonly bytes: number
  first: number
  last: number
}

/** Every element takes four bytes on the device; vector loads may read one vector beyond the end. */
export const bytesOf = (buffer: Buffer): number => buffer.elements * 4

/** Cache lines: threads that write neighbouring buffers do not disturb each other. */
const alignment = 64
const overread = 64

export function planMemory(kernels: readonly Kernel[], outputs: readonly Buffer[], limitBytes: number): MemoryPlan {
  const lives = new Map<Buffer, Life>()
  const touch = (buffer: Buffer, time: number): void => {
    if (buffer.origin.kind === 'state' || buffer.origin.kind === 'outside') return
    const life = lives.get(buffer)
    const first = buffer.origin.kind === 'host' ? -1 : time
    if (!life) lives.set(buffer, { buffers: [buffer], bytes: bytesOf(buffer), first, last: time })
    else life.last = Math.max(life.last, time)
  }
  kernels.forEach((kernel, time) => {
    for (const buffer of kernel.reads) touch(buffer, time)
    for (const buffer of kernel.writes) touch(buffer, time)
  })
  for (const buffer of outputs) touch(buffer, kernels.length)
  kernels.forEach((kernel, time) => {
    handOn(kernel, time, lives)
  })

  // Large buffers first: they find their places while there is room to choose.
  const order = [...new Set(lives.values())].sort((a, b) => b.bytes - a.bytes || a.first - b.first)
  const placed: { life: Life; start: number; end: number }[] = []
  const offsets = new Map<number, number>()
  let top = 0
  for (const life of order) {
    const size = Math.ceil((life.bytes + overread) / alignment) * alignment
    const rivals = placed
      .filter(({ life: other }) => other.first <= life.last && life.first <= other.last)
      .sort((a, b) => a.start - b.start)
    let start = 0
    for (const rival of rivals) {
      if (start + size <= rival.start) break
      start = Math.max(start, rival.end)
    }
    placed.push({ life, start, end: start + size })
    for (const { id } of life.buffers) offsets.set(id, start)
    top = Math.max(top, start + size)
  }
  if (top > limitBytes) throw tooLarge(top, limitBytes, order)
  return { offsets, bytes: top }
}

/** A result that is born in a kernel takes over the place of what the kernel is the last to read, where it may. */
function handOn(kernel: Kernel, time: number, lives: Map<Buffer, Life>): void {
  if (kernel.kind !== 'loop') return
  for (const writer of writersOf(kernel)) {
    const after = lives.get(writer.target)
    if (after?.first !== time || after.buffers[0] !== writer.target) continue
    const source = [...kernel.reads, ...kernel.writes].find((buffer) => {
      const life = lives.get(buffer)
      const ends = life !== after && life?.last === time && life.buffers.at(-1) === buffer
      return ends && mayTakeOver(kernel, buffer, writer)
    })
    const before = source && lives.get(source)
    if (before === undefined) continue
    before.buffers.push(...after.buffers)
    before.last = after.last
    for (const buffer of after.buffers) lives.set(buffer, before)
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`

function tooLarge(bytes: number, limit: number, order: readonly Life[]): MemoryError {
  const largest = order
    .slice(0, 3)
    .map(
      ({ buffers: [buffer], bytes: size }) => `${buffer!.label} [${buffer!.type.shape.join(', ')}] ${megabytes(size)}`,
    )
  return new MemoryError({
    what: `the program needs ${megabytes(bytes)} of working memory; its largest buffers are ${largest.join('; ')}`,
    expected: `at most ${megabytes(limit)}`,
    fix: 'use smaller batches, smaller layers, or run the work in several pieces',
  })
}
