import type { FunctionReference, ModuleBuilder } from '../assembler.ts'
import { I32, i32, V128 } from '../opcodes.ts'
import { shared, storeLanes, transpose } from './emit.ts'

/** How a panel lies in memory: its width is contiguous, its depth is, or neither. */
export type PackKind = 'copy' | 'transpose' | 'gather'

export function packKind(across: number, depth: number): PackKind {
  return across === 1 ? 'copy' : depth === 1 ? 'transpose' : 'gather'
}

/** Packing may write this many bytes past the panel (three more steps of k, and a vector). */
export const packSlack = (width: number): number => 3 * width * 4 + 16

/**
 * A function (source, target, k, across bytes, depth bytes) that copies a panel so that target[k][0..width) is contiguous.
 * Only `valid` of its `width` columns exist in the source; the rest is filled with what never reaches a result.
 */
export function packPanel(module: ModuleBuilder, kind: PackKind, width: number, valid: number): FunctionReference {
  return shared(module, `pack ${kind} ${width} ${valid}`, () => {
    if (kind === 'copy') return packCopy(module, width, valid)
    return kind === 'transpose' ? packTranspose(module, width, valid) : packGather(module, width, valid)
  })
}

const parameters = [I32, I32, I32, I32, I32] as const
const [source, target, count, across, depth] = [0, 1, 2, 3, 4]

function packCopy(module: ModuleBuilder, width: number, valid: number): FunctionReference {
  const f = module.function(parameters)
  const vectors = Math.ceil(valid / 4)
  const values = f.localsOf(V128, vectors)
  f.loop(() => {
    for (let v = 0; v < vectors; v++)
      f.get(source)
        .mem('v128Load', 16 * v)
        .set(values[v]!)
    // In ascending order: the last vector may run into the next row, which is written afterwards.
    for (let v = 0; v < vectors; v++)
      f.get(target)
        .get(values[v]!)
        .mem('v128Store', 16 * v)
    for (let v = vectors; v < width / 4; v++)
      f.get(target)
        .f32x4(0)
        .mem('v128Store', 16 * v)
    f.get(source).get(depth).op(i32.add).set(source)
    f.get(target)
      .i32(4 * width)
      .op(i32.add)
      .set(target)
    f.get(count).i32(1).op(i32.sub).tee(count).branchIf(0)
  })
  return f
}

function packTranspose(module: ModuleBuilder, width: number, valid: number): FunctionReference {
  const f = module.function(parameters)
  const pointers = f.localsOf(I32, 4)
  const [out, left] = f.localsOf(I32, 2) as [number, number]
  const rows = f.localsOf(V128, 4)
  const spare = f.localsOf(V128, 4)
  for (let first = 0; first < width; first += 4) {
    const lanes = Math.min(4, width - first)
    const present = Math.max(0, Math.min(4, valid - first))
    f.get(source).set(pointers[0]!)
    for (let r = 1; r < present; r++)
      f.get(pointers[r - 1]!)
        .get(across)
        .op(i32.add)
        .set(pointers[r]!)
    if (present > 0)
      f.get(pointers[present - 1]!)
        .get(across)
        .op(i32.add)
        .set(source)
    f.get(target).set(out).get(count).set(left)
    f.loop(() => {
      for (let r = 0; r < present; r++) f.get(pointers[r]!).mem('v128Load').set(rows[r]!)
      const place = (q: number): number => 4 * (q * width + first)
      if (lanes === 1) {
        for (let q = 0; q < 4; q++) f.get(out).get(rows[0]!).memLane('v128Store32Lane', q, place(q))
      } else if (lanes === 2) {
        const [pair, pairs] = rows as [number, number]
        f.get(pair).get(pairs).shuffle32(0, 4, 1, 5).set(spare[0]!)
        f.get(pair).get(pairs).shuffle32(2, 6, 3, 7).set(spare[1]!)
        for (let q = 0; q < 4; q++)
          f.get(out)
            .get(spare[q >> 1]!)
            .memLane('v128Store64Lane', q & 1, place(q))
      } else {
        for (let r = present; r < 4; r++) f.f32x4(0).set(rows[r]!)
        if (present > 0) transpose(f, rows, spare)
        for (let q = 0; q < 4; q++) storeLanes(f, out, rows[q]!, lanes, place(q))
      }
      for (let r = 0; r < present; r++) f.get(pointers[r]!).i32(16).op(i32.add).set(pointers[r]!)
      f.get(out)
        .i32(16 * width)
        .op(i32.add)
        .set(out)
      f.get(left).i32(4).op(i32.sub).tee(left).i32(0).op(i32.gtS).branchIf(0)
    })
  }
  return f
}

function packGather(module: ModuleBuilder, width: number, valid: number): FunctionReference {
  const f = module.function(parameters)
  const [from, column] = f.localsOf(I32, 2) as [number, number]
  f.loop(() => {
    f.get(source).set(from).i32(valid).set(column)
    f.loop(() => {
      f.get(target).get(from).mem('f32Load').mem('f32Store')
      f.get(from).get(across).op(i32.add).set(from)
      f.get(target).i32(4).op(i32.add).set(target)
      f.get(column).i32(1).op(i32.sub).tee(column).branchIf(0)
    })
    for (let rest = valid; rest < width; rest++)
      f.get(target)
        .f32(0)
        .mem('f32Store', 4 * (rest - valid))
    f.get(target)
      .i32(4 * (width - valid))
      .op(i32.add)
      .set(target)
    f.get(source).get(depth).op(i32.add).set(source)
    f.get(count).i32(1).op(i32.sub).tee(count).branchIf(0)
  })
  return f
}
