import { elementCount, type ReferenceValues, type Shape } from '../../graph/node.ts'
import type { WindowGeometry } from './window-geometry.ts'
import { windowReads } from './window-reads.ts'

/** Calls `visit` with the offsets of every element that a window reads, picture by picture: [picture, tap, window]. */
export function forEachRead(
  geometry: WindowGeometry,
  planes: number,
  visit: (element: number, tap: number, window: number) => void,
): void {
  const reads = windowReads(geometry)
  const [from, to] = [elementCount(geometry.size), elementCount(geometry.positions)]
  for (let plane = 0; plane < planes; plane++) {
    for (const [i, k, p] of reads) visit(plane * from + i!, k!, plane * to + p!)
  }
}

/** The largest element of every window and the first tap that reads it. Padding counts as -Infinity. */
export function largestOfWindows(
  x: ReferenceValues,
  shape: Shape,
  geometry: WindowGeometry,
): { readonly values: ReferenceValues; readonly taps: ReferenceValues } {
  const planes = shape[0]! * shape[1]!
  const values = new Float64Array(planes * elementCount(geometry.positions)).fill(-Infinity)
  const taps = new Float64Array(values.length)
  forEachRead(geometry, planes, (element, tap, window) => {
    const value = x[element]!
    if (!(value > values[window]!) && !Number.isNaN(value)) return
    values[window] = value
    taps[window] = tap
  })
  return { values, taps }
}
