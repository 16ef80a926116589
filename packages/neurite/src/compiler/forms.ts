/** How a statement can run as a loop nest: flat over all elements, or rows times columns. */
import { elementCount } from '../graph/node.ts'
import { leavesOf } from './expression.ts'
import type { IndexExpression, Load } from './expression.ts'
import type { Stream } from './kernel.ts'
import type { MapStatement, ReduceStatement } from './statement.ts'
import { coalesce } from './view.ts'
import type { View } from './view.ts'

export type LoopStatement = MapStatement | ReduceStatement
export type Leaf = Load | IndexExpression

export interface Form {
  readonly role: 'wide' | 'reduce' | 'narrow'
  readonly rows: number
  readonly columns: number
  readonly streams: Map<Leaf, Stream>
  readonly target: Stream
  /** Sizes of the inner loops, innermost last. */
  readonly inner: readonly number[]
}

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1)

/** Axes of the domain in loop order: as they are for a map; kept ones before reduced ones for a reduction. */
function loopOrder(statement: LoopStatement): number[] {
  const axes = statement.shape.map((_, i) => i)
  if (statement.kind === 'map') return axes
  return [...axes.filter((i) => !statement.axes.includes(i)), ...statement.axes]
}

function rowDimensions(shape: readonly number[], strides: readonly number[]): Stream['rows'] {
  return coalesce(shape, [strides]).map((d) => ({ size: d.size, stride: d.strides[0]! }))
}

/** The columns a statement would choose by itself, or undefined for a scalar. */
export function naturalColumns(statement: LoopStatement): number {
  if (statement.kind === 'reduce') return product(statement.axes.map((axis) => statement.shape[axis]!))
  for (let i = statement.shape.length - 1; i >= 0; i--) if (statement.shape[i] !== 1) return statement.shape[i]!
  return 1
}

/** Whether all operands walk the whole domain in one run with stride 1 or 0. */
export function flatForm(statement: LoopStatement): Form | undefined {
  if (statement.kind !== 'map') return undefined
  const leaves = leavesOf([statement.value])
  const views = [...leaves.map((leaf) => leaf.view), statement.target.view]
  const runs = coalesce(
    statement.shape,
    views.map((view) => view.strides),
  )
  if (runs.length > 1) return undefined
  const elements = elementCount(statement.shape)
  const strides = runs[0]?.strides ?? views.map(() => 1)
  if (strides.some((stride) => stride !== 0 && stride !== 1) || strides[strides.length - 1] !== 1) return undefined
  const stream = (i: number): Stream => ({
    offset: views[i]!.offset,
    rows: [],
    inner: [{ size: elements, stride: strides[i]! }],
  })
  return {
    role: 'wide',
    rows: 1,
    columns: elements,
    streams: new Map(leaves.map((leaf, i) => [leaf, stream(i)])),
    target: stream(views.length - 1),
    inner: [elements],
  }
}

/** The statement as rows x columns, as a narrow one if it has one element a row; undefined where it does not fit. */
export function rowsForm(statement: LoopStatement, rows: number, columns: number): Form | undefined {
  const elements = elementCount(statement.shape)
  const leaves = leavesOf([statement.value])
  if (statement.kind === 'map' && elements === rows && columns > 1) {
    const narrow = (view: View): Stream => ({
      offset: view.offset,
      rows: rowDimensions(statement.shape, view.strides),
      inner: [{ size: 1, stride: 0 }],
    })
    const streams = new Map(leaves.map((leaf) => [leaf, narrow(leaf.view)]))
    return { role: 'narrow', rows, columns, streams, target: narrow(statement.target.view), inner: [1] }
  }
  if (elements !== rows * columns) return undefined
  const order = loopOrder(statement)
  const shape = order.map((axis) => statement.shape[axis]!)
  const kept = statement.kind === 'reduce' ? shape.length - statement.axes.length : splitAt(shape, rows, columns)
  if (statement.kind === 'reduce' && product(shape.slice(kept)) !== columns) return undefined
  if (kept === undefined) return splitFlat(statement, rows, columns)
  const views = [...leaves.map((leaf) => leaf.view), ...(statement.kind === 'map' ? [statement.target.view] : [])]
  const strides = views.map((view) => order.map((axis) => view.strides[axis]!))
  const inner = coalesce(
    shape.slice(kept),
    strides.map((s) => s.slice(kept)),
  )
  if (inner.length > 1 && statement.kind === 'map') return undefined
  const stream = (i: number): Stream => ({
    offset: views[i]!.offset,
    rows: rowDimensions(shape.slice(0, kept), strides[i]!.slice(0, kept)),
    inner: inner.length > 0 ? inner.map((d) => ({ size: d.size, stride: d.strides[i]! })) : [{ size: 1, stride: 0 }],
  })
  const streams = new Map(leaves.map((leaf, i) => [leaf, stream(i)]))
  const sizes = inner.length > 0 ? inner.map((d) => d.size) : [1]
  if (statement.kind === 'map') {
    return { role: 'wide', rows, columns, streams, target: stream(views.length - 1), inner: sizes }
  }
  const target: Stream = {
    offset: statement.target.view.offset,
    rows: rows === 1 ? [] : [{ size: rows, stride: 1 }],
    inner: [{ size: 1, stride: 0 }],
  }
  return { role: 'reduce', rows, columns, streams, target, inner: sizes }
}

function splitAt(shape: readonly number[], rows: number, columns: number): number | undefined {
  for (let p = shape.length; p >= 0; p--) {
    if (product(shape.slice(p)) === columns && product(shape.slice(0, p)) === rows) return p
  }
  return undefined
}

/** A flat statement can be cut into rows of any length. */
function splitFlat(statement: LoopStatement, rows: number, columns: number): Form | undefined {
  const flat = flatForm(statement)
  if (!flat) return undefined
  const cut = (stream: Stream): Stream => {
    const { stride } = stream.inner[0]!
    return {
      offset: stream.offset,
      rows: rows === 1 ? [] : [{ size: rows, stride: stride * columns }],
      inner: [{ size: columns, stride }],
    }
  }
  const streams = new Map([...flat.streams].map(([leaf, stream]) => [leaf, cut(stream)]))
  return { role: 'wide', rows, columns, streams, target: cut(flat.target), inner: [columns] }
}

/** Whether a reduction keeps its last dimension, so that vector lanes run along the result. */
export function reducesColumns(statement: ReduceStatement): boolean {
  for (let i = statement.shape.length - 1; i >= 0; i--) {
    if (statement.shape[i] !== 1) return !statement.axes.includes(i)
  }
  return false
}

/** Rows = kept dimensions but the last; inner = reduced dimensions, then the columns. */
export function columnForm(statement: ReduceStatement): Form {
  const leaves = leavesOf([statement.value])
  const kept = statement.shape.map((_, i) => i).filter((i) => !statement.axes.includes(i))
  const pick = (values: readonly number[], axes: readonly number[]): number[] => axes.map((axis) => values[axis]!)
  const strides = leaves.map((leaf) => leaf.view.strides)
  const reduced = coalesce(
    pick(statement.shape, statement.axes),
    strides.map((s) => pick(s, statement.axes)),
  )
  const keptRuns = coalesce(
    pick(statement.shape, kept),
    strides.map((s) => pick(s, kept)),
  )
  const columns = keptRuns[keptRuns.length - 1]!
  const rowRuns = keptRuns.slice(0, -1)
  const rows = product(rowRuns.map((d) => d.size))
  const streams = new Map(
    leaves.map((leaf, i) => [
      leaf,
      {
        offset: leaf.view.offset,
        rows: rowRuns.map((d) => ({ size: d.size, stride: d.strides[i]! })),
        inner: [...reduced, columns].map((d) => ({ size: d.size, stride: d.strides[i]! })),
      },
    ]),
  )
  const target: Stream = {
    offset: statement.target.view.offset,
    rows: rows === 1 ? [] : [{ size: rows, stride: columns.size }],
    inner: [{ size: columns.size, stride: 1 }],
  }
  const inner = [...reduced.map((d) => d.size), columns.size]
  return { role: 'reduce', rows, columns: columns.size, streams, target, inner }
}
