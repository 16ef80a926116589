/** A strided window onto a buffer: element index = offset + sum of coordinate times stride. Movement operations become views. */
import { elementCount } from '../graph/node.ts'
import type { Shape, SliceAttributes, WindowsAttributes } from '../graph/node.ts'

export interface View {
  readonly shape: Shape
  /** In elements; 0 repeats, negative walks backwards. */
  readonly strides: readonly number[]
  readonly offset: number
}

export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride
    stride *= shape[i]!
  }
  return strides
}

export function contiguousView(shape: Shape): View {
  return { shape, strides: contiguousStrides(shape), offset: 0 }
}

/** Whether the view reads the buffer from its first element on, in order. Strides of size-1 dimensions do not matter. */
export function isContiguous(view: View): boolean {
  if (view.offset !== 0) return false
  let stride = 1
  for (let i = view.shape.length - 1; i >= 0; i--) {
    if (view.shape[i] !== 1 && view.strides[i] !== stride) return false
    stride *= view.shape[i]!
  }
  return true
}

/** Whether neighbours along the last axis are neighbours in memory, and so on outwards, from any element on. */
export const isRowMajor = (view: View): boolean => isContiguous({ ...view, offset: 0 })

export function permuteView(view: View, order: readonly number[]): View {
  return {
    shape: order.map((axis) => view.shape[axis]!),
    strides: order.map((axis) => view.strides[axis]!),
    offset: view.offset,
  }
}

export function expandView(view: View, shape: Shape): View {
  return {
    shape,
    strides: shape.map((dimension, i) => (view.shape[i] === dimension ? view.strides[i]! : 0)),
    offset: view.offset,
  }
}

export function sliceView(view: View, { start, size, step }: SliceAttributes): View {
  let offset = view.offset
  start.forEach((first, i) => {
    if (size[i]! > 0) offset += first * view.strides[i]!
  })
  return { shape: size, strides: view.strides.map((stride, i) => stride * step[i]!), offset }
}

export function windowsView(view: View, { axis, size, stride, dilation }: WindowsAttributes): View {
  const step = view.strides[axis]!
  const positions = Math.floor((view.shape[axis]! - dilation * (size - 1) - 1) / stride) + 1
  return {
    shape: [...view.shape.with(axis, positions), size],
    strides: [...view.strides.with(axis, step * stride), step * dilation],
    offset: view.offset,
  }
}

/** A dimension of a loop nest: its size and one stride per stream that runs along it. */
export interface Dimension {
  size: number
  strides: number[]
}

/** Merges neighbouring dimensions that every stream walks as one; drops dimensions of size 1. */
export function coalesce(shape: Shape, streams: readonly (readonly number[])[]): Dimension[] {
  const merged: Dimension[] = []
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i]!
    if (size === 1) continue
    const strides = streams.map((stream) => stream[i]!)
    const last = merged[merged.length - 1]
    if (last && last.strides.every((stride, s) => stride === strides[s]! * size)) {
      last.size *= size
      last.strides = strides
    } else merged.push({ size, strides })
  }
  return merged
}

/** The same elements under another shape, or undefined where only a copy could give it. */
export function reshapeView(view: View, shape: Shape): View | undefined {
  if (elementCount(shape) === 0) return { shape, strides: contiguousStrides(shape), offset: view.offset }
  const runs = coalesce(view.shape, [view.strides])
  const strides = new Array<number>(shape.length).fill(0)
  let run = runs.length - 1
  let left = run >= 0 ? runs[run]!.size : 1
  let stride = run >= 0 ? runs[run]!.strides[0]! : 0
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = shape[i]!
    if (size === 1) continue
    if (left === 1) {
      run--
      if (run < 0) return undefined
      left = runs[run]!.size
      stride = runs[run]!.strides[0]!
    }
    if (left % size !== 0) return undefined
    strides[i] = stride
    stride *= size
    left /= size
  }
  return { shape, strides, offset: view.offset }
}
