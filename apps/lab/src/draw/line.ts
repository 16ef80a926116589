/** The part of the line `a x + b y + c = 0` inside the square from -reach to reach, or undefined where there is none. */
export function lineInSquare(
  a: number,
  b: number,
  c: number,
  reach: number,
): readonly [number, number, number, number] | undefined {
  const points: (readonly [number, number])[] = []
  const add = (x: number, y: number): void => {
    const isInside = Math.abs(x) <= reach * 1.000001 && Math.abs(y) <= reach * 1.000001
    const isNew = points.every(([px, py]) => Math.abs(px - x) + Math.abs(py - y) > 1e-9)
    if (isInside && isNew) points.push([x, y])
  }
  for (const edge of [-reach, reach]) {
    if (b !== 0) add(edge, -(a * edge + c) / b)
    if (a !== 0) add(-(b * edge + c) / a, edge)
  }
  const [first, second] = points
  return first === undefined || second === undefined ? undefined : [...first, ...second]
}
