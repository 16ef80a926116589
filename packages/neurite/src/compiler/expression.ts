/**
 * What a kernel computes for one element: a DAG of scalar functions over loads. Expressions are interned, so that equal
 * ones are the same object and are computed once.
 */
import type { DType, ScalarFunction, Shape, TensorType } from '../graph/node.ts'
import { contiguousView } from './view.ts'
import type { View } from './view.ts'

/** Where a buffer's memory comes from. */
export type BufferOrigin =
  /** Planned inside the scratch region; lives from the kernel that writes it to the last that reads it. */
  | { readonly kind: 'scratch' }
  /** Filled by the host before the run, inside the scratch region. */
  | { readonly kind: 'host'; readonly binding: number }
  /** A state's own memory. `written` marks the value that the program leaves there. */
  | { readonly kind: 'state'; readonly binding: number; readonly written: boolean }
  /** Inside a scan: memory of the plan around it, at an address that moves from step to step. */
  | { readonly kind: 'outside'; readonly place: number }

export interface Buffer {
  readonly id: number
  readonly type: TensorType
  readonly elements: number
  origin: BufferOrigin
  /** Where the values come from, for people. */
  readonly label: string
  /** A kernel chose the order of its dimensions; elementwise results that read it take the same order. */
  readonly arranged?: boolean
}

export type Expression =
  | { readonly kind: 'load'; readonly id: number; readonly dtype: DType; readonly buffer: Buffer; readonly view: View }
  | {
      readonly kind: 'constant'
      readonly id: number
      readonly dtype: DType
      readonly value: number
      readonly shape: Shape
    }
  /** The int32 element index that the view gives: an iota without memory. */
  | { readonly kind: 'index'; readonly id: number; readonly dtype: DType; readonly view: View }
  | {
      readonly kind: 'apply'
      readonly id: number
      readonly dtype: DType
      readonly scalar: ScalarFunction
      readonly inputs: readonly Expression[]
    }
export type Load = Extract<Expression, { kind: 'load' }>
export type IndexExpression = Extract<Expression, { kind: 'index' }>

const viewKey = (view: View): string => `${view.shape.join()}/${view.strides.join()}/${view.offset}`

export class ExpressionPool {
  private readonly interned = new Map<string, Expression>()

  private intern<E extends Expression>(key: string, make: (id: number) => E): E {
    let expression = this.interned.get(key)
    if (!expression) {
      expression = make(this.interned.size)
      this.interned.set(key, expression)
    }
    return expression as E
  }

  load(buffer: Buffer, view: View = contiguousView(buffer.type.shape)): Load {
    const { dtype } = buffer.type
    return this.intern(`L${buffer.id}:${viewKey(view)}`, (id) => ({ kind: 'load', id, dtype, buffer, view }))
  }

  constant(value: number, dtype: DType, shape: Shape): Expression {
    const text = Object.is(value, -0) ? '-0' : String(value)
    return this.intern(`C${dtype}${text}:${shape.join()}`, (id) => ({ kind: 'constant', id, dtype, value, shape }))
  }

  index(view: View): IndexExpression {
    return this.intern(`I${viewKey(view)}`, (id) => ({ kind: 'index', id, dtype: 'int32', view }))
  }

  apply(scalar: ScalarFunction, inputs: readonly Expression[], dtype: DType): Expression {
    return this.intern(`A${scalar}:${dtype}:${inputs.map((input) => input.id).join()}`, (id) => ({
      kind: 'apply',
      id,
      dtype,
      scalar,
      inputs,
    }))
  }

  /**
   * Moves every leaf of an expression: elementwise functions and movement commute.
   * Undefined where one leaf cannot be moved without a copy.
   */
  move(expression: Expression, shape: Shape, change: (view: View) => View | undefined): Expression | undefined {
    const moved = new Map<Expression, Expression | undefined>()
    const visit = (current: Expression): Expression | undefined => {
      if (moved.has(current)) return moved.get(current)
      let result: Expression | undefined
      if (current.kind === 'constant') result = this.constant(current.value, current.dtype, shape)
      else if (current.kind === 'apply') {
        const inputs = current.inputs.map(visit)
        if (inputs.every((input) => input !== undefined)) result = this.apply(current.scalar, inputs, current.dtype)
      } else {
        const view = change(current.view)
        if (view) result = current.kind === 'load' ? this.load(current.buffer, view) : this.index(view)
      }
      moved.set(current, result)
      return result
    }
    return visit(expression)
  }
}

/** Calls `visit` for every distinct expression below and including `root`, inputs first. */
export function walk(root: Expression, visit: (expression: Expression) => void, seen = new Set<Expression>()): void {
  if (seen.has(root)) return
  seen.add(root)
  if (root.kind === 'apply') for (const input of root.inputs) walk(input, visit, seen)
  visit(root)
}

/** All distinct loads and indices of the roots. */
export function leavesOf(roots: readonly Expression[]): (Load | IndexExpression)[] {
  const leaves: (Load | IndexExpression)[] = []
  const seen = new Set<Expression>()
  for (const root of roots) {
    walk(
      root,
      (e) => {
        if (e.kind === 'load' || e.kind === 'index') leaves.push(e)
      },
      seen,
    )
  }
  return leaves
}
