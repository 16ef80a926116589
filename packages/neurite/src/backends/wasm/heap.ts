/** The one WebAssembly memory: blocks for states, which never move, and one scratch region that all programs share. */
import { MemoryError } from '../../errors.ts'
import type { MemoryImport } from './assembler.ts'
import { teamMemory } from './codegen/barrier.ts'

const pageBytes = 65536
const alignment = 64
/** Vector loads may run past the end of the last block. */
const guardBytes = 256
const megabytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`

interface Block {
  start: number
  end: number
}

export class Heap {
  readonly memory: WebAssembly.Memory
  readonly memoryImport: MemoryImport
  /** Views of the whole memory; replaced when it grows. */
  float32!: Float32Array
  int32!: Int32Array
  /** Free ranges in ascending order, neighbours merged. */
  private readonly free: Block[] = []
  private readonly sizes = new Map<number, number>()
  private end: number = teamMemory.end
  private scratchStart = 0
  private scratchSize = 0

  constructor(shared: boolean) {
    const { memory, maximumPages } = createMemory(shared)
    this.memory = memory
    this.memoryImport = { shared, initialPages: 1, maximumPages }
    this.refresh()
  }

  get limitBytes(): number {
    return this.memoryImport.maximumPages * pageBytes
  }

  /** Bytes of the memory in use or reserved. */
  get bytes(): number {
    return this.memory.buffer.byteLength
  }

  private refresh(): void {
    this.float32 = new Float32Array(this.memory.buffer)
    this.int32 = new Int32Array(this.memory.buffer)
  }

  /** A block of zeros, 64-byte aligned. */
  allocate(bytes: number, purpose: string): number {
    const size = Math.max(alignment, Math.ceil(bytes / alignment) * alignment)
    let start = -1
    for (const [i, block] of this.free.entries()) {
      if (block.end - block.start < size) continue
      start = block.start
      block.start += size
      if (block.start === block.end) this.free.splice(i, 1)
      break
    }
    if (start < 0) {
      start = this.end
      this.grow(start + size, bytes, purpose)
      this.end = start + size
    } else this.int32.fill(0, start / 4, (start + size) / 4)
    this.sizes.set(start, size)
    return start
  }

  release(start: number): void {
    const size = this.sizes.get(start)
    if (size === undefined) throw new Error('heap: this block is not in use')
    this.sizes.delete(start)
    let i = this.free.findIndex((block) => block.start > start)
    if (i < 0) i = this.free.length
    this.free.splice(i, 0, { start, end: start + size })
    const merge = (first: number): void => {
      const [a, b] = [this.free[first], this.free[first + 1]]
      if (!a || !b || a.end !== b.start) return
      a.end = b.end
      this.free.splice(first + 1, 1)
    }
    merge(i)
    merge(i - 1)
  }

  /** The address of a scratch region of at least `bytes`; the old region may move and lose its contents. */
  scratch(bytes: number): number {
    if (bytes > this.scratchSize) {
      if (this.scratchSize > 0) this.release(this.scratchStart)
      this.scratchSize = 0
      this.scratchStart = this.allocate(bytes, 'the working memory of a program')
      this.scratchSize = bytes
    }
    return this.scratchStart
  }

  private grow(end: number, bytes: number, purpose: string): void {
    const needed = Math.ceil((end + guardBytes) / pageBytes)
    const current = this.memory.buffer.byteLength / pageBytes
    if (needed <= current) return
    try {
      if (needed > this.memoryImport.maximumPages) throw new RangeError('beyond the maximum of the memory')
      // Growing by halves keeps the number of growths small.
      const generous = Math.min(this.memoryImport.maximumPages, Math.max(needed, Math.ceil(current * 1.25)))
      this.memory.grow(generous - current)
    } catch (cause) {
      throw new MemoryError({
        what: `${megabytes(bytes)} for ${purpose} do not fit; ${megabytes(this.end)} are in use`,
        expected: `at most ${megabytes(this.limitBytes)} in all`,
        fix: 'use a smaller model or batch, or give memory back with model.free()',
        cause,
      })
    }
    this.refresh()
  }
}

/** Reserves address space for 4 GiB, or 2 or 1 where the machine does not give that much. */
function createMemory(shared: boolean): { memory: WebAssembly.Memory; maximumPages: number } {
  let failure: unknown
  for (const maximum of [65536, 32768, 16384]) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 16, maximum, shared }), maximumPages: maximum }
    } catch (cause) {
      failure = cause
    }
  }
  throw new MemoryError({
    what: 'no WebAssembly memory could be reserved',
    expected: 'address space for at least 1 GiB',
    fix: 'close other programs or tabs, or raise the limit on virtual memory',
    cause: failure,
  })
}
