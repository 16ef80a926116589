type Point = readonly [x: number, y: number]

const circle = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`

/** All points of a class in one path: circles for class 1, triangles for class 0, a ring about those that are wrong. */
export function pointPaths(
  { inputs, labels }: { readonly inputs: Float32Array; readonly labels: Float32Array },
  isWrong: (index: number) => boolean,
  place: (point: Point) => Point,
): { plus: string; minus: string; wrong: string } {
  const paths = { plus: '', minus: '', wrong: '' }
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = place([inputs[2 * i]!, inputs[2 * i + 1]!])
    if (labels[i]! > 0.5) paths.plus += circle(x, y, 4.6)
    else paths.minus += `M${(x - 5.2).toFixed(1)} ${(y + 4.2).toFixed(1)}h10.4l-5.2-9.4z`
    if (isWrong(i)) paths.wrong += circle(x, y, 8.4)
  }
  return paths
}

/** An arrow with an open head; nothing where it would be too short to have one. */
export function arrowPath([x0, y0]: Point, [x1, y1]: Point, head = 8): string {
  const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))
  if (!(length > 0.5)) return ''
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length]
  const size = Math.min(head, length)
  const wing = (side: number): string =>
    `${(x1 - size * ux + side * 0.5 * size * uy).toFixed(1)} ${(y1 - size * uy - side * 0.5 * size * ux).toFixed(1)}`
  const tip = `${x1.toFixed(1)} ${y1.toFixed(1)}`
  return `M${x0.toFixed(1)} ${y0.toFixed(1)}L${tip}M${wing(1)}L${tip}L${wing(-1)}`
}
