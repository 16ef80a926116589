/** How generated code walks through memory: one pointer per stream, moved along by rows and columns. */
import type { Buffer } from '../../../compiler/expression.ts'
import { streamKey } from '../../../compiler/kernel.ts'
import type { Stream } from '../../../compiler/kernel.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'

/** Pushes `local + bytes`. */
export function pushSum(f: FunctionBuilder, local: Local, bytes: number): void {
  f.get(local)
  if (bytes !== 0) f.i32(bytes).op(i32.add)
}

export function bump(f: FunctionBuilder, local: Local, bytes: number): void {
  if (bytes === 0) return
  f.get(local).i32(bytes).op(i32.add).set(local)
}

/** Stores the first `lanes` lanes of a vector, and nothing beyond them. */
export function storeLanes(f: FunctionBuilder, pointer: Local, vector: Local, lanes: number, offset: number): void {
  if (lanes === 4) {
    f.get(pointer).get(vector).mem('v128Store', offset)
    return
  }
  if (lanes & 2) f.get(pointer).get(vector).memLane('v128Store64Lane', 0, offset)
  if (lanes & 1) {
    const last = lanes - 1
    f.get(pointer)
      .get(vector)
      .memLane('v128Store32Lane', last, offset + 4 * last)
  }
}

/**
 * One stream of a kernel. With a base it addresses memory in bytes; without one it counts elements (an iota has no memory,
 * its value is its element index).
 */
export class Access {
  readonly stream: Stream
  readonly base: Local | undefined
  /** At the first column of the current row. */
  readonly row: Local
  /** Inside the inner loop. */
  readonly cursor: Local
  private readonly f: FunctionBuilder

  constructor(f: FunctionBuilder, stream: Stream, base: Local | undefined) {
    this.f = f
    this.stream = stream
    this.base = base
    this.row = f.local(I32)
    this.cursor = f.local(I32)
  }

  /** Bytes (or counts) per element. */
  get scale(): number {
    return this.base === undefined ? 1 : 4
  }

  get columnStride(): number {
    return this.stream.inner[this.stream.inner.length - 1]!.stride
  }

  /** Whether the value differs between rows. */
  get variesByRow(): boolean {
    return this.stream.rows.some((dimension) => dimension.stride !== 0)
  }

  get variesByColumn(): boolean {
    return this.stream.inner.some((dimension) => dimension.size > 1 && dimension.stride !== 0)
  }

  private pushStart(): void {
    const { f } = this
    const start = this.stream.offset * this.scale
    if (this.base === undefined) f.i32(start)
    else pushSum(f, this.base, start)
  }

  /** Before the loop over rows: points at row `first`. */
  start(first: Local): void {
    const { f } = this
    this.pushStart()
    const [only] = this.stream.rows
    if (this.stream.rows.length === 1 && only!.stride !== 0) {
      f.get(first)
        .i32(only!.stride * this.scale)
        .op(i32.mul, i32.add)
    }
    f.set(this.row)
  }

  /** At the head of a row: streams over several outer dimensions find their place by division. */
  locate(row: Local): void {
    const { f } = this
    const { rows } = this.stream
    if (rows.length < 2) return
    this.pushStart()
    let below = 1
    for (let d = rows.length - 1; d >= 0; d--) {
      const { size, stride } = rows[d]!
      if (stride !== 0) {
        f.get(row)
        if (below > 1) f.i32(below).op(i32.divU)
        if (d > 0) f.i32(size).op(i32.remU)
        f.i32(stride * this.scale).op(i32.mul, i32.add)
      }
      below *= size
    }
    f.set(this.row)
  }

  /** At the end of a row. */
  nextRow(): void {
    const { rows } = this.stream
    if (rows.length === 1) bump(this.f, this.row, rows[0]!.stride * this.scale)
  }
}

/** The accesses of a kernel: operands that walk alike through the same buffer share one pointer. */
export class AccessTable {
  private readonly f: FunctionBuilder
  private readonly bases: ReadonlyMap<Buffer, Local>
  private readonly accesses = new Map<string, Access>()

  constructor(f: FunctionBuilder, bases: ReadonlyMap<Buffer, Local>) {
    this.f = f
    this.bases = bases
  }

  of(buffer: Buffer | undefined, stream: Stream): Access {
    const base = buffer && this.bases.get(buffer)
    const key = `${base ?? 'index'}:${streamKey(stream)}`
    let access = this.accesses.get(key)
    if (!access) {
      access = new Access(this.f, stream, base)
      this.accesses.set(key, access)
    }
    return access
  }

  all(): Access[] {
    return [...this.accesses.values()]
  }
}

/**
 * Loops over reduced dimensions outside the innermost one: `body` runs with every cursor at the start of a run. `starts`
 * holds where each access stands before the loops.
 */
export function nestLoops(
  f: FunctionBuilder,
  sizes: readonly number[],
  depth: number,
  starts: ReadonlyMap<Access, Local>,
  body: () => void,
): void {
  if (depth === sizes.length) {
    for (const [access, start] of starts) f.get(start).set(access.cursor)
    body()
    return
  }
  const counter = f.local(I32)
  const pointers = new Map([...starts.keys()].map((access) => [access, f.local(I32)]))
  for (const [access, pointer] of pointers) f.get(starts.get(access)!).set(pointer)
  f.i32(sizes[depth]!).set(counter)
  f.loop(() => {
    nestLoops(f, sizes, depth + 1, pointers, body)
    for (const [access, pointer] of pointers) bump(f, pointer, access.stream.inner[depth]!.stride * access.scale)
    f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
  })
}
