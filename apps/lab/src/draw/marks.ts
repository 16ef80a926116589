/** A point of class 1: round. */
export const roundMark = (x: number, y: number, r: number): string =>
  `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`

/** A point of class 0: a triangle about as large. */
export const corneredMark = (x: number, y: number, r: number): string =>
  `M${(x - 1.1 * r).toFixed(1)} ${(y + 0.9 * r).toFixed(1)}h${(2.2 * r).toFixed(1)}l${(-1.1 * r).toFixed(1)} ${(-2 * r).toFixed(1)}z`

/** One row of a truth table as the path of its mark, and its sign as a class. */
export const rowMark = (
  label: number,
  x: number,
  y: number,
  r: number,
): { readonly class: string; readonly d: string } =>
  label > 0.5 ? { class: 'point plus', d: roundMark(x, y, r) } : { class: 'point minus', d: corneredMark(x, y, r) }
