import type { WindowGeometry } from './window-geometry.ts'

/**
 * Every element that a window reads, as row-major offsets [picture, kernel, positions]. For one position the taps come in
 * row-major order.
 */
export function windowReads({ size, positions, kernel, stride, dilation, before }: WindowGeometry): number[][] {
  let found: number[][] = [[0, 0, 0]]
  for (const axis of size.keys()) {
    const own: number[][] = []
    for (let p = 0; p < positions[axis]!; p++) {
      for (let k = 0; k < kernel[axis]!; k++) {
        const i = p * stride[axis]! + k * dilation[axis]! - before[axis]!
        if (i >= 0 && i < size[axis]!) own.push([i, k, p])
      }
    }
    found = found.flatMap(([i, k, p]) =>
      own.map((next) => [i! * size[axis]! + next[0]!, k! * kernel[axis]! + next[1]!, p! * positions[axis]! + next[2]!]),
    )
  }
  return found
}
