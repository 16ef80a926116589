/** Long kernels, whose units are not given to one call, but to several in turn. */
import type { Kernel } from '../../../compiler/kernel.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { control, I32, i32 } from '../opcodes.ts'
import type { EmittedKernel } from './kernel-functions.ts'

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
