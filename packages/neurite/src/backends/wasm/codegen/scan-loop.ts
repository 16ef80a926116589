/** The loop of a scan: addresses that move from step to step around the calls of its kernels. */
import type { Buffer } from '../../../compiler/expression.ts'
import { scanRegions } from '../../../compiler/program.ts'
import type { ScanPlan, ScanStatement } from '../../../compiler/statement.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { control, I32, i32 } from '../opcodes.ts'
import { bump } from './access.ts'

/** How the kernels of one plan find their buffers. */
export interface Frame {
  /** Byte offset in the region of the plan's working memory, and of each buffer in it. */
  readonly base: number
  readonly offsets: ReadonlyMap<number, number>
  /** Locals with the addresses of memory outside of the plan. */
  readonly pointers?: ReadonlyMap<Buffer, Local>
  /** Inside a scan: locals with the addresses of what every step overwrites. */
  readonly states?: ReadonlyMap<number, Local>
}

export interface ScanLoop {
  readonly statement: ScanStatement
  readonly plan: ScanPlan
  /** Pushes the address of a buffer of the plan around the loop. */
  pushAddress(buffer: Buffer): void
  /** Runs code on the first thread only. */
  once(code: () => void): void
  /** All threads meet; nothing where one thread does the work. */
  meet(): void
  /** Calls what comes before the first step, with the addresses of invariants in place. */
  prepare(pointers: ReadonlyMap<Buffer, Local>): void
  /** Calls the kernels of one step. */
  step(pointers: ReadonlyMap<Buffer, Local>, states: ReadonlyMap<number, Local>): void
}

const fillMemory = 0xfc000b
const copyMemory = 0xfc000a

export function emitScanLoop(f: FunctionBuilder, loop: ScanLoop): void {
  const { statement, plan } = loop
  const { steps, reverse, hasLength } = statement.attributes
  const target = f.local(I32)
  const [count, left] = f.localsOf(I32, 2) as [Local, Local]
  loop.pushAddress(statement.target.buffer)
  f.set(target)
  const pushBase = (operand: number | undefined): void => {
    if (operand === undefined) f.get(target)
    else loop.pushAddress(statement.operands[operand]!.buffer)
  }
  if (hasLength) {
    const length = statement.operands.at(-1)!
    loop.pushAddress(length.buffer)
    f.mem('i32Load', 4 * length.view.offset).set(count)
    f.get(count).i32(steps).get(count).i32(steps).op(i32.ltS, control.select).set(count)
    f.get(count).i32(0).get(count).i32(0).op(i32.gtS, control.select).set(count)
  } else f.i32(steps).set(count)

  const touched = new Set(plan.kernels.flatMap(({ reads, writes }) => [...reads, ...writes]))
  const places = plan.places.filter(({ buffer }) => touched.has(buffer))
  const pointers = new Map<Buffer, Local>()
  for (const { buffer, operand, offset, stride } of places) {
    const pointer = f.local(I32)
    pushBase(operand)
    if (offset !== 0) f.i32(4 * offset).op(i32.add)
    if (reverse && stride !== 0) {
      f.get(count).i32(1).op(i32.sub)
      f.i32(4 * stride).op(i32.mul, i32.add)
    }
    f.set(pointer)
    pointers.set(buffer, pointer)
  }
  const states = new Map<number, Local>()
  for (const [carry, offset] of plan.states) {
    const pointer = f.local(I32)
    f.get(target)
      .i32(4 * offset)
      .op(i32.add)
      .set(pointer)
    states.set(carry, pointer)
  }

  if (hasLength) {
    loop.once(() => clearOutputs(f, statement, target, count))
    if (reverse) loop.once(() => holdCarries(f, statement, target, count))
    loop.meet()
  }
  f.get(count).if(() => {
    loop.prepare(pointers)
    f.get(count).set(left)
    f.loop(() => {
      loop.step(pointers, states)
      for (const { buffer, stride } of places) bump(f, pointers.get(buffer)!, (reverse ? -4 : 4) * stride)
      // The next step reads what this one wrote.
      loop.meet()
      f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
    })
  })
  if (hasLength && !reverse) loop.once(() => holdCarries(f, statement, target, count))
}

/** Outputs of the steps that are not run are 0. */
function clearOutputs(f: FunctionBuilder, { attributes }: ScanStatement, target: Local, count: Local): void {
  const { regions } = scanRegions(attributes)
  for (const { offset, slot } of regions.slice(attributes.carries)) {
    if (slot === 0) continue
    f.get(target)
      .get(count)
      .i32(4 * slot)
      .op(i32.mul, i32.add)
      .i32(4 * offset)
      .op(i32.add)
    f.i32(0).i32(attributes.steps).get(count).op(i32.sub)
    f.i32(4 * slot).op(i32.mul)
    f.op(fillMemory).code.byte(0)
  }
}

/** Carries stay as they are in the steps that are not run. */
function holdCarries(f: FunctionBuilder, { attributes }: ScanStatement, target: Local, count: Local): void {
  const { steps, reverse, carries, stacked } = attributes
  const [from, left] = f.localsOf(I32, 2) as [Local, Local]
  for (const [i, { offset, slot }] of scanRegions(attributes).regions.slice(0, carries).entries()) {
    if (!stacked[i]! || slot === 0) continue
    const bytes = 4 * slot
    f.get(target)
    if (reverse) f.i32(4 * offset + steps * bytes).op(i32.add)
    else
      f.get(count)
        .i32(bytes)
        .op(i32.mul, i32.add)
        .i32(4 * offset)
        .op(i32.add)
    f.set(from)
    f.i32(steps).get(count).op(i32.sub).tee(left)
    f.if(() => {
      f.loop(() => {
        f.get(from)
          .i32(reverse ? -bytes : bytes)
          .op(i32.add)
        f.get(from).i32(bytes).op(copyMemory).code.unsigned(0)
        f.code.byte(0)
        bump(f, from, reverse ? -bytes : bytes)
        f.get(left).i32(1).op(i32.sub).tee(left).branchIf(0)
      })
    })
  }
}
