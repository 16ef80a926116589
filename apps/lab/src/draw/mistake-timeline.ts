export const TIMELINE_WIDTH = 300
export const TIMELINE_HEIGHT = 56
const MIDDLE = TIMELINE_HEIGHT / 2
const RIM = 6

/** Mistakes over the examples seen: up with a dot where an example was added, down with a triangle where one was taken away. */
export function timelinePaths(
  mistakes: readonly { readonly step: number; readonly sign: number }[],
  steps: number,
): { readonly plus: string; readonly minus: string } {
  const paths = { plus: '', minus: '' }
  for (const { step, sign } of mistakes) {
    const x = timelineX(step, steps).toFixed(1)
    if (sign > 0) paths.plus += `M${x} ${MIDDLE}V12m-3.5-3.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`
    else paths.minus += `M${x} ${MIDDLE}V${TIMELINE_HEIGHT - 12}m-4 7h8l-4-7.4z`
  }
  return paths
}

export const timelineX = (step: number, steps: number): number => RIM + (step / steps) * (TIMELINE_WIDTH - 2 * RIM)

/** Where passes over all points end, where these are far enough from each other to be seen. */
export function passTicks(start: number, perPass: number, steps: number): string {
  if ((perPass / steps) * TIMELINE_WIDTH < 4) return ''
  let path = ''
  for (let step = start; step <= steps; step += perPass) path += `M${timelineX(step, steps).toFixed(1)} ${MIDDLE - 4}v8`
  return path
}
