/** Code for operations that walk lines of a tensor in order: cumulative sums and sorting. */
import type { KernelStatement } from '../../../compiler/statement.ts'
import { contiguousStrides } from '../../../compiler/view.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { control, F32, f32, I32, i32 } from '../opcodes.ts'
import { bump } from './access.ts'
import { addRowOffsets, forRange } from './index-kernels.ts'
import type { IndexParameters } from './index-kernels.ts'

/** Units of both kernels: lines along the axis. */
export function lineUnits(statement: KernelStatement): number {
  const { shape } = statement.operands[0]!.view
  return shape.reduce((count, size, i) => (i === statement.axis ? count : count * size), 1)
}

interface Lines {
  readonly length: number
  readonly stride: number
  readonly outStride: number
  /** Sets the two addresses to the start of line `row`. */
  locate(row: Local, xAt: Local, outAt: Local): void
}

function linesOf(f: FunctionBuilder, statement: KernelStatement, p: IndexParameters): Lines {
  const { view } = statement.operands[0]!
  const out = contiguousStrides(view.shape)
  const { axis } = statement
  const others = view.shape.map((_, i) => i).filter((i) => i !== axis)
  const dimensions = others.map((i) => ({ size: view.shape[i]!, strides: [view.strides[i]!, out[i]!] }))
  return {
    length: view.shape[axis]!,
    stride: view.strides[axis]!,
    outStride: out[axis]!,
    locate(row, xAt, outAt) {
      f.get(p.operands[0]!)
        .i32(4 * view.offset)
        .op(i32.add)
        .set(xAt)
      f.get(p.target).set(outAt)
      addRowOffsets(f, row, dimensions, [xAt, outAt])
    },
  }
}

export function emitCumsum(f: FunctionBuilder, statement: KernelStatement, p: IndexParameters): void {
  const lines = linesOf(f, statement, p)
  const isFloat = statement.operands[0]!.dtype === 'float32'
  const [row, xAt, outAt, left] = f.localsOf(I32, 4) as [Local, Local, Local, Local]
  const sum = f.local(isFloat ? F32 : I32)
  forRange(f, row, p.lo, p.hi, () => {
    lines.locate(row, xAt, outAt)
    if (isFloat) f.f32(0)
    else f.i32(0)
    f.set(sum).i32(lines.length).set(left)
    f.loop(() => {
      f.get(sum)
        .get(xAt)
        .mem(isFloat ? 'f32Load' : 'i32Load')
        .op(isFloat ? f32.add : i32.add)
        .set(sum)
      f.get(outAt)
        .get(sum)
        .mem(isFloat ? 'f32Store' : 'i32Store')
      bump(f, xAt, 4 * lines.stride)
      bump(f, outAt, 4 * lines.outStride)
      f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
    })
  })
}

/** Bytes of scratch that one thread needs to sort a line. */
export const argsortScratch = (statement: KernelStatement): number =>
  statement.kind === 'argsort' ? 4 * statement.operands[0]!.view.shape[statement.axis]! : 0

/** Stable merge sort of positions, bottom up: runs of 1, 2, 4, ... merge between the result and the scratch line. */
export function emitArgsort(f: FunctionBuilder, statement: KernelStatement, p: IndexParameters): void {
  const lines = linesOf(f, statement, p)
  const n = lines.length
  const isFloat = statement.operands[0]!.dtype === 'float32'
  const names = [
    'row',
    'xAt',
    'outAt',
    'from',
    'to',
    'width',
    'start',
    'left',
    'right',
    'middle',
    'end',
    'k',
    'swap',
  ] as const
  const locals = Object.fromEntries(names.map((name) => [name, f.local(I32)])) as Record<(typeof names)[number], Local>
  const { row, xAt, outAt, from, to, width, start, left, right, middle, end, k, swap } = locals
  const [a, b] = f.localsOf(isFloat ? F32 : I32, 2) as [Local, Local]
  const element = (base: Local, index: Local): void => void f.get(base).get(index).i32(4).op(i32.mul, i32.add)
  const valueAt = (index: Local, value: Local): void => {
    f.get(xAt)
    element(from, index)
    f.mem('i32Load')
      .i32(4 * lines.stride)
      .op(i32.mul, i32.add)
      .mem(isFloat ? 'f32Load' : 'i32Load')
      .set(value)
  }
  const limit = (local: Local): void => {
    f.get(local).i32(n).get(local).i32(n).op(i32.ltS, control.select).set(local)
  }
  /** Pushes whether b, of the right run, has to come before a. */
  const rightFirst = (): void => {
    if (!isFloat) {
      f.get(b)
        .get(a)
        .op(statement.descending ? i32.gtS : i32.ltS)
      return
    }
    const [low, high] = statement.descending ? [a, b] : [b, a]
    f.get(low).get(high).op(f32.lt)
    f.get(high).get(high).op(f32.ne).get(low).get(low).op(f32.eq, i32.and, i32.or)
  }
  const take = (index: Local): void => {
    element(to, k)
    element(from, index)
    f.mem('i32Load').mem('i32Store')
    bump(f, index, 1)
  }
  forRange(f, row, p.lo, p.hi, () => {
    lines.locate(row, xAt, outAt)
    f.i32(0).set(k)
    f.loop(() => {
      element(outAt, k)
      f.get(k).mem('i32Store')
      f.get(k).i32(1).op(i32.add).tee(k).i32(n).op(i32.ltS).branchIf(0)
    })
    f.get(outAt).set(from).get(p.scratch).set(to).i32(1).set(width)
    f.block(() => {
      f.loop(() => {
        f.get(width).i32(n).op(i32.geS).branchIf(1)
        f.i32(0).set(start)
        f.loop(() => {
          f.get(start).tee(left).set(k)
          f.get(start).get(width).op(i32.add).set(middle)
          limit(middle)
          f.get(middle).tee(right).get(width).op(i32.add).set(end)
          limit(end)
          f.loop(() => {
            f.get(left)
              .get(middle)
              .op(i32.ltS)
              .if(
                () => {
                  f.get(right)
                    .get(end)
                    .op(i32.ltS)
                    .if(
                      () => {
                        valueAt(left, a)
                        valueAt(right, b)
                        rightFirst()
                        f.if(
                          () => take(right),
                          () => take(left),
                        )
                      },
                      () => take(left),
                    )
                },
                () => take(right),
              )
            f.get(k).i32(1).op(i32.add).tee(k).get(end).op(i32.ltS).branchIf(0)
          })
          f.get(end).tee(start).i32(n).op(i32.ltS).branchIf(0)
        })
        f.get(from).set(swap).get(to).set(from).get(swap).set(to)
        f.get(width).i32(2).op(i32.mul).set(width)
        f.branch(0)
      })
    })
    f.get(from)
      .get(outAt)
      .op(i32.ne)
      .if(() => {
        f.i32(0).set(k)
        f.loop(() => {
          element(outAt, k)
          element(from, k)
          f.mem('i32Load').mem('i32Store')
          f.get(k).i32(1).op(i32.add).tee(k).i32(n).op(i32.ltS).branchIf(0)
        })
      })
  })
}
