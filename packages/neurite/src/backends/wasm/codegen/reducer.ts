/** One reduction inside generated code: vector accumulators, summed in a fixed order that depends on shapes only. */
import type { LoopMember } from '../../../compiler/kernel.ts'
import type { Combiner, DType } from '../../../compiler/program.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { f32x4, i32x4, V128, v128 } from '../opcodes.ts'
import type { ExpressionEmitter, Place } from './expression-emitter.ts'
import { pushNumber } from './scalar-functions.ts'

const combineCodes: Record<Combiner, readonly [float: number, integer: number]> = {
  sum: [f32x4.add, i32x4.add],
  prod: [f32x4.mul, i32x4.mul],
  max: [f32x4.max, i32x4.maxS],
  min: [f32x4.min, i32x4.minS],
}

export function combineCode(combiner: Combiner, dtype: DType): number {
  return combineCodes[combiner][dtype === 'float32' ? 0 : 1]
}

/** A local with the value that changes nothing. */
export function identityLocal(f: FunctionBuilder, combiner: Combiner, dtype: DType): Local {
  if (dtype === 'float32') {
    return f.constant('f32x4', { sum: 0, prod: 1, max: -Infinity, min: Infinity }[combiner])
  }
  return f.constant('i32x4', { sum: 0, prod: 1, max: -2147483648, min: 2147483647 }[combiner])
}

export class Reducer {
  private readonly f: FunctionBuilder
  private readonly accumulators: Local[]
  private readonly total: Local
  private readonly combine: number
  private readonly identity: Local
  private readonly dtype: DType

  constructor(f: FunctionBuilder, member: LoopMember, unroll: number) {
    this.f = f
    this.dtype = member.value.dtype
    const combiner = member.combiner!
    this.combine = combineCode(combiner, this.dtype)
    this.identity = identityLocal(f, combiner, this.dtype)
    this.accumulators = f.localsOf(V128, unroll)
    this.total = f.local(V128)
  }

  startTotal(): void {
    this.f.get(this.identity).set(this.total)
  }

  startChunk(): void {
    for (const accumulator of this.accumulators) this.f.get(this.identity).set(accumulator)
  }

  add(value: Local, { vector, lanes }: Place): void {
    const { f } = this
    const accumulator = this.accumulators[vector % this.accumulators.length]!
    f.get(accumulator)
    pushNumber(f, value, this.dtype)
    if (lanes < 4) {
      const mask = [0, 1, 2, 3].map((lane) => (lane < lanes ? -1 : 0))
      f.get(this.identity)
        .i32x4(...mask)
        .op(v128.bitselect)
    }
    f.op(this.combine).set(accumulator)
  }

  endChunk(): void {
    const { f } = this
    f.get(this.total)
    let level: Local[] = this.accumulators
    while (level.length > 1) {
      const next: Local[] = []
      for (let i = 0; i + 1 < level.length; i += 2) {
        f.get(level[i]!)
          .get(level[i + 1]!)
          .op(this.combine)
          .set(level[i]!)
        next.push(level[i]!)
      }
      if (level.length % 2 === 1) next.push(level.at(-1)!)
      level = next
    }
    f.get(level[0]!).op(this.combine).set(this.total)
  }

  /** The result in all four lanes. */
  finish(expressions: ExpressionEmitter): Local {
    expressions.horizontal(this.total, this.combine)
    return this.total
  }
}
