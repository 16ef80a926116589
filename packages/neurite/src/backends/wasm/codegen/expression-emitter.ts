/** Turns expressions into vector code: every distinct expression is computed once per scope and kept in a local. */
import type { Expression, IndexExpression, Load } from '../../../compiler/expression.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { i32, i32x4, V128, v128 } from '../opcodes.ts'
import type { Access } from './access.ts'
import { bump, pushSum, storeLanes } from './access.ts'
import { emitScalarFunction } from './scalar-functions.ts'

export type Leaf = Load | IndexExpression

/** Values known at one place of the generated code; inner places see the outer ones. */
export class Scope {
  private readonly values = new Map<Expression, Local>()
  private readonly parent: Scope | undefined

  constructor(parent?: Scope) {
    this.parent = parent
  }

  find(expression: Expression): Local | undefined {
    return this.values.get(expression) ?? this.parent?.find(expression)
  }

  set(expression: Expression, local: Local): void {
    this.values.set(expression, local)
  }
}

/** Where in the inner loop a vector stands: its number inside the unrolled block and how many of its lanes count. */
export interface Place {
  readonly vector: number
  readonly lanes: number
}

export interface LeafSource {
  /** A local that already holds the leaf's value here, or undefined where it must be read through its access. */
  resident(leaf: Leaf): Local | undefined
  access(leaf: Leaf): Access
}

export class ExpressionEmitter {
  private readonly f: FunctionBuilder
  private readonly fused: boolean

  constructor(f: FunctionBuilder, fused: boolean) {
    this.f = f
    this.fused = fused
  }

  /** The local that holds the expression's vector. Leaves are read at `pointer(access)`. */
  evaluate(
    expression: Expression,
    scope: Scope,
    source: LeafSource,
    place: Place,
    pointer: (access: Access) => Local,
  ): Local {
    const known = scope.find(expression)
    if (known !== undefined) return known
    const { f } = this
    if (expression.kind === 'constant') {
      if (expression.dtype === 'float32') return f.constant('f32x4', expression.value)
      return f.constant('i32x4', expression.dtype === 'bool' ? -Number(expression.value !== 0) : expression.value)
    }
    let local: Local
    if (expression.kind === 'apply') {
      const operands = expression.inputs.map((input) => ({
        local: this.evaluate(input, scope, source, place, pointer),
        dtype: input.dtype,
        constant: input.kind === 'constant' ? input.value : undefined,
      }))
      emitScalarFunction(f, expression.scalar, operands, expression.dtype, this.fused)
      local = f.local(V128)
      f.set(local)
    } else {
      const resident = source.resident(expression)
      if (resident !== undefined) return resident
      const access = source.access(expression)
      if (expression.kind === 'index') this.pushIndex(access, place, pointer(access))
      else this.pushLoad(expression, access, place, pointer(access))
      local = f.local(V128)
      f.set(local)
    }
    scope.set(expression, local)
    return local
  }

  private pushIndex(access: Access, { vector }: Place, pointer: Local): void {
    const { f } = this
    const stride = access.variesByColumn ? access.columnStride : 0
    pushSum(f, pointer, 4 * vector * stride)
    f.op(i32x4.splat)
    if (stride !== 0) f.i32x4(0, stride, 2 * stride, 3 * stride).op(i32x4.add)
  }

  private pushLoad(load: Load, access: Access, { vector, lanes }: Place, pointer: Local): void {
    const { f } = this
    const stride = access.variesByColumn ? access.columnStride : 0
    if (stride === 0) f.get(pointer).mem('v128Load32Splat')
    else if (stride === 1) f.get(pointer).mem('v128Load', 16 * vector)
    else {
      const gathered = f.local(V128)
      for (let lane = 0; lane < lanes; lane++) {
        pushSum(f, pointer, 4 * stride * (4 * vector + lane))
        if (lane === 0) f.mem('v128Load32Zero')
        else f.get(gathered).memLane('v128Load32Lane', lane)
        f.set(gathered)
      }
      f.get(gathered)
    }
    if (load.dtype === 'bool') f.get(f.constant('i32x4', 0)).op(i32x4.ne)
  }

  /** Stores the first `lanes` lanes. */
  store(value: Local, isMask: boolean, access: Access, { vector, lanes }: Place, pointer: Local): void {
    const { f } = this
    let stored = value
    if (isMask) {
      stored = f.local(V128)
      f.get(value).i32x4(1).op(v128.and).set(stored)
    }
    const stride = access.columnStride
    if (stride === 1) {
      storeLanes(f, pointer, stored, lanes, 16 * vector)
      return
    }
    for (let lane = 0; lane < lanes; lane++) {
      pushSum(f, pointer, 4 * stride * (4 * vector + lane))
      f.get(stored).memLane('v128Store32Lane', lane)
    }
  }

  /** Stores as many lanes as the local `count` says: 1, 2 or 3. */
  storeCount(value: Local, isMask: boolean, count: Local, pointer: Local): void {
    const { f } = this
    const stored = f.local(V128)
    f.get(value)
    if (isMask) f.i32x4(1).op(v128.and)
    f.set(stored)
    f.get(count)
      .i32(2)
      .op(i32.geU)
      .if(
        () => {
          f.get(pointer).get(stored).memLane('v128Store64Lane', 0)
          f.get(count)
            .i32(3)
            .op(i32.eq)
            .if(() => f.get(pointer).get(stored).memLane('v128Store32Lane', 2, 8))
        },
        () => f.get(pointer).get(stored).memLane('v128Store32Lane', 0),
      )
  }

  /** Moves cursors past `vectors` vectors. */
  advance(accesses: readonly Access[], vectors: number): void {
    for (const access of accesses) {
      if (access.variesByColumn) bump(this.f, access.cursor, 4 * vectors * access.columnStride * access.scale)
    }
  }

  /** The four float32 lanes of a vector become one, in all lanes: (l0 op l2) op (l1 op l3). */
  horizontal(vector: Local, combine: number): void {
    const { f } = this
    f.get(vector).get(vector).get(vector).shuffle32(2, 3, 0, 1).op(combine).set(vector)
    f.get(vector).get(vector).get(vector).shuffle32(1, 0, 3, 2).op(combine).set(vector)
  }
}
