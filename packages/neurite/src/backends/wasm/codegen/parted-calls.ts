/** Kernels whose units are not given to one call, but to several in turn. */
import type { Kernel } from '../../../compiler/kernel.ts'
import { bytesOf } from '../../../compiler/memory-plan.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { control, I32, i32 } from '../opcodes.ts'
import type { EmittedKernel } from './kernel-functions.ts'

/** A matrix of so many bytes does not stay in a first-level cache; read to and fro, it is cut into so many parts (a power of two). */
const [longMatrix, parts] = [200_000, 8]

/**
 * A call of so much work takes about half a millisecond in an engine's first, quick code. Longer kernels are called in such parts,
 * since the good code that the engine makes meanwhile is taken up by the next call only.
 */
const partWork = 100_000

export interface PartedCall {
  /** Pushes the first and the end unit of this thread. */
  readonly pushUnits: () => void
  /** Calls the function with units that are pushed by `push`. */
  readonly call: (push: () => void) => void
}

/**
 * Whether a product inside a loop reads a large matrix, and nothing else of weight: then it goes through the matrix forwards and
 * backwards in turn, since what was read last is still in the second-level cache.
 */
export function goesToAndFro(kernel: Kernel, { scratchBytes, units }: EmittedKernel): boolean {
  if (kernel.kind !== 'contract' || scratchBytes > 0) return false
  const { a, b } = kernel.statement
  return units >= 2 * parts && Math.max(bytesOf(a.buffer), bytesOf(b.buffer)) >= longMatrix
}

/** `left`: the steps of the loop that are left, whose last bit tells the direction. */
export function callToAndFro(f: FunctionBuilder, { pushUnits, call }: PartedCall, left: Local): void {
  const [first, end, part] = f.localsOf(I32, 3) as [Local, Local, Local]
  pushUnits()
  f.set(end).set(first).i32(0).set(part)
  f.loop(() => {
    call(() => {
      for (const next of [0, 1]) {
        // part, or in every other step parts - 1 - part
        f.get(left).i32(1).op(i32.and)
        f.i32(parts - 1).op(i32.mul)
        f.get(part).op(i32.xor).i32(next).op(i32.add)
        f.get(end).get(first).op(i32.sub, i32.mul).i32(parts).op(i32.divU).get(first).op(i32.add)
      }
    })
    f.get(part).i32(1).op(i32.add).tee(part).i32(parts).op(i32.ltU).branchIf(0)
  })
}

/** Units that one call of a long kernel is given: whole blocks. Products call other functions again and again, and need no parts. */
export function unitsOfPart({ kind, work }: Kernel, { units, block }: EmittedKernel): number {
  if (kind !== 'loop' && kind !== 'columnReduce') return units
  return Math.ceil((units * partWork) / (work * block)) * block
}

export function callInParts(f: FunctionBuilder, { pushUnits, call }: PartedCall, unitsEach: number): void {
  const [first, end, next] = f.localsOf(I32, 3) as [Local, Local, Local]
  pushUnits()
  f.set(end).set(first)
  f.loop(() => {
    f.get(first).i32(unitsEach).op(i32.add).tee(next).get(end)
    f.get(next).get(end).op(i32.ltS, control.select).set(next)
    call(() => f.get(first).get(next))
    f.get(next).tee(first).get(end).op(i32.ltS).branchIf(0)
  })
}
