/** How a count grew, one by one, up to a step. */
export interface Growth {
  /** Where it began to count, at 0. */
  readonly from: number
  readonly until: number
  readonly total: number
  /** The steps at which it grew, or the last of them where there are many. */
  readonly at: readonly number[]
}

/** A staircase; what lies before the first step that is known is a slope. `steps` and `most` are the ends of the axes. */
export function growthPath(
  { from, until, total, at }: Growth,
  { steps, most, width, height }: { steps: number; most: number; width: number; height: number },
): string {
  const x = (step: number): string => ((step / Math.max(1, steps)) * width).toFixed(1)
  const y = (count: number): string => (height - (count / Math.max(1, most)) * height).toFixed(1)
  const unknown = total - at.length
  let path = `M${x(from)} ${y(0)}`
  if (unknown > 0) path += `L${x(at[0] ?? until)} ${y(unknown)}`
  for (const [i, step] of at.entries()) path += `H${x(step)}V${y(unknown + i + 1)}`
  return `${path}H${x(until)}`
}
