/** Code for gather and scatter-add. Indices are checked: a bad one is reported through the status words, never followed. */
import type { Load } from '../../../compiler/expression.ts'
import type { KernelStatement } from '../../../compiler/statement.ts'
import { contiguousStrides } from '../../../compiler/view.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32, f32x4, I32, i32, i32x4 } from '../opcodes.ts'
import { bump } from './access.ts'

/** Locals of an index kernel: addresses of target, operands, thread scratch and status words, and the range of units. */
export interface IndexParameters {
  readonly target: Local
  readonly operands: readonly Local[]
  readonly scratch: Local
  readonly status: Local
  readonly lo: Local
  readonly hi: Local
}

/** Byte offsets of the status words: which kernel (from 1, 0 for none) met which index. */
export const statusKernel = 0
export const statusValue = 4

interface Walk {
  readonly size: number
  readonly strides: readonly number[]
}

/** Adds to each address what the coordinates of `row` give; `row` counts the given dimensions, the last one fastest. */
export function addRowOffsets(
  f: FunctionBuilder,
  row: Local,
  dimensions: readonly Walk[],
  addresses: readonly Local[],
): void {
  const [rest, coordinate] = [f.local(I32), f.local(I32)]
  f.get(row).set(rest)
  for (let d = dimensions.length - 1; d >= 0; d--) {
    const { size, strides } = dimensions[d]!
    if (d > 0) {
      f.get(rest).i32(size).op(i32.remU).set(coordinate)
      f.get(rest).i32(size).op(i32.divU).set(rest)
    } else f.get(rest).set(coordinate)
    strides.forEach((stride, i) => {
      if (stride === 0) return
      f.get(addresses[i]!)
        .get(coordinate)
        .i32(4 * stride)
        .op(i32.mul, i32.add)
        .set(addresses[i]!)
    })
  }
}

/** A loop over `local` from lo to hi. */
export function forRange(f: FunctionBuilder, local: Local, lo: Local, hi: Local, body: () => void): void {
  f.get(lo).set(local)
  f.get(lo)
    .get(hi)
    .op(i32.ltS)
    .if(() => {
      f.loop(() => {
        body()
        f.get(local).i32(1).op(i32.add).tee(local).get(hi).op(i32.ltS).branchIf(0)
      })
    })
}

function startAt(f: FunctionBuilder, base: Local, offset: number): Local {
  const address = f.local(I32)
  f.get(base)
    .i32(4 * offset)
    .op(i32.add)
    .set(address)
  return address
}

/** Loads an index; one outside [0, size) is reported and replaced by 0. */
function loadIndex(f: FunctionBuilder, at: Local, size: number, index: Local, status: Local, kernel: number): void {
  f.get(at)
    .mem('i32Load')
    .tee(index)
    .i32(size)
    .op(i32.geU)
    .if(() => {
      f.get(status)
        .i32(kernel + 1)
        .mem('i32Store', statusKernel)
      f.get(status).get(index).mem('i32Store', statusValue)
      f.i32(0).set(index)
    })
}

const last = <T>(values: readonly T[]): T => values[values.length - 1]!

export function gatherUnits(statement: KernelStatement): number {
  const [, index] = statement.operands as [Load, Load]
  return index.view.shape.slice(0, -1).reduce((a, b) => a * b, 1)
}

/** Units are rows of the result: all coordinates but the last. */
export function emitGather(f: FunctionBuilder, statement: KernelStatement, p: IndexParameters, kernel: number): void {
  const [x, indices] = statement.operands as [Load, Load]
  const { shape } = indices.view
  const { axis } = statement
  const out = contiguousStrides(shape)
  const axisSize = x.view.shape[axis]!
  const axisStride = x.view.strides[axis]!
  const alongLast = axis === shape.length - 1
  const xStrides = x.view.strides.map((stride, i) => (i === axis ? 0 : stride))
  const dimensions = shape
    .slice(0, -1)
    .map((size, i) => ({ size, strides: [xStrides[i]!, indices.view.strides[i]!, out[i]!] }))
  const [row, index, left, source] = f.localsOf(I32, 4) as [Local, Local, Local, Local]
  forRange(f, row, p.lo, p.hi, () => {
    const xAt = startAt(f, p.operands[0]!, x.view.offset)
    const indexAt = startAt(f, p.operands[1]!, indices.view.offset)
    const outAt = startAt(f, p.target, 0)
    addRowOffsets(f, row, dimensions, [xAt, indexAt, outAt])
    const pushSource = (): void =>
      void f
        .get(xAt)
        .get(index)
        .i32(4 * axisStride)
        .op(i32.mul, i32.add)
    f.i32(last(shape)).set(left)
    if (!alongLast && last(indices.view.strides) === 0 && last(x.view.strides) === 1) {
      loadIndex(f, indexAt, axisSize, index, p.status, kernel)
      pushSource()
      f.set(source)
      copyRun(f, source, outAt, left)
      return
    }
    f.loop(() => {
      loadIndex(f, indexAt, axisSize, index, p.status, kernel)
      f.get(outAt)
      pushSource()
      f.mem('i32Load').mem('i32Store')
      if (!alongLast) bump(f, xAt, 4 * last(x.view.strides))
      bump(f, indexAt, 4 * last(indices.view.strides))
      bump(f, outAt, 4)
      f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
    })
  })
}

/** Calls `vector` for every four elements and `single` for the rest; `left` counts down from the number of elements. */
function inFours(f: FunctionBuilder, left: Local, vector: () => void, single: () => void): void {
  f.get(left)
    .i32(4)
    .op(i32.geU)
    .if(() => {
      f.loop(() => {
        vector()
        f.get(left).i32(4).op(i32.sub).tee(left).i32(4).op(i32.geU).branchIf(0)
      })
    })
  f.get(left).if(() => {
    f.loop(() => {
      single()
      f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
    })
  })
}

function copyRun(f: FunctionBuilder, from: Local, to: Local, left: Local): void {
  const move = (bytes: number): void => {
    bump(f, from, bytes)
    bump(f, to, bytes)
  }
  const four = (): void => {
    f.get(to).get(from).mem('v128Load').mem('v128Store')
    move(16)
  }
  const one = (): void => {
    f.get(to).get(from).mem('i32Load').mem('i32Store')
    move(4)
  }
  inFours(f, left, four, one)
}

/** Units are destinations that no two threads share: columns where the axis is not the last one, else rows. */
export function scatterAddUnits(statement: KernelStatement): number {
  const [index] = statement.operands as [Load, Load]
  const { shape } = index.view
  return statement.axis === shape.length - 1 ? shape.slice(0, -1).reduce((a, b) => a * b, 1) : last(shape)
}

export function emitScatterAdd(
  f: FunctionBuilder,
  statement: KernelStatement,
  p: IndexParameters,
  kernel: number,
): void {
  const [indices, source] = statement.operands as [Load, Load]
  const { shape } = indices.view
  const target = statement.target.buffer.type
  const { axis } = statement
  const strides = contiguousStrides(target.shape)
  const axisSize = target.shape[axis]!
  const axisStride = strides[axis]!
  const alongLast = axis === shape.length - 1
  const isFloat = target.dtype === 'float32'
  const dimensions = shape.slice(0, -1).map((size, i) => ({
    size,
    strides: [i === axis ? 0 : strides[i]!, indices.view.strides[i]!, source.view.strides[i]!],
  }))
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1)
  const [row, index, left, place, first, end] = f.localsOf(I32, 6) as [Local, Local, Local, Local, Local, Local]
  if (alongLast) f.get(p.lo).set(first).get(p.hi).set(end)
  else {
    // Every thread walks all rows in order and adds to its own columns only.
    f.i32(0).set(first).get(p.lo).get(p.hi).op(i32.ltS).i32(rows).op(i32.mul).set(end)
  }
  forRange(f, row, first, end, () => {
    const to = startAt(f, p.target, 0)
    const indexAt = startAt(f, p.operands[0]!, indices.view.offset)
    const sourceAt = startAt(f, p.operands[1]!, source.view.offset)
    addRowOffsets(f, row, dimensions, [to, indexAt, sourceAt])
    if (alongLast) f.i32(last(shape)).set(left)
    else {
      f.get(p.hi).get(p.lo).op(i32.sub).set(left)
      for (const [address, stride] of [
        [to, last(strides)],
        [indexAt, last(indices.view.strides)],
        [sourceAt, last(source.view.strides)],
      ] as const) {
        if (stride !== 0)
          f.get(address)
            .get(p.lo)
            .i32(4 * stride)
            .op(i32.mul, i32.add)
            .set(address)
      }
    }
    const pushPlace = (): void =>
      void f
        .get(to)
        .get(index)
        .i32(4 * axisStride)
        .op(i32.mul, i32.add)
        .tee(place)
    const addOne = (): void => {
      pushPlace()
      f.get(place)
        .mem(isFloat ? 'f32Load' : 'i32Load')
        .get(sourceAt)
        .mem(isFloat ? 'f32Load' : 'i32Load')
      f.op(isFloat ? f32.add : i32.add).mem(isFloat ? 'f32Store' : 'i32Store')
    }
    const next = (elements: number): void => {
      if (!alongLast) bump(f, to, 4 * elements)
      bump(f, indexAt, 4 * elements * last(indices.view.strides))
      bump(f, sourceAt, 4 * elements * last(source.view.strides))
    }
    if (!alongLast && last(indices.view.strides) === 0 && last(source.view.strides) === 1) {
      loadIndex(f, indexAt, axisSize, index, p.status, kernel)
      const addFour = (): void => {
        pushPlace()
        f.get(place)
          .mem('v128Load')
          .get(sourceAt)
          .mem('v128Load')
          .op(isFloat ? f32x4.add : i32x4.add)
          .mem('v128Store')
        next(4)
      }
      inFours(f, left, addFour, () => {
        addOne()
        next(1)
      })
      return
    }
    f.loop(() => {
      loadIndex(f, indexAt, axisSize, index, p.status, kernel)
      addOne()
      next(1)
      f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
    })
  })
}
