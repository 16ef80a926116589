/** A line of a plot: its sign, what it is, and its values from the first step to the last. */
export interface Curve {
  readonly sign: string
  readonly name: string
  readonly values: readonly number[]
}

/** Draws numbers above 0 over the time steps, on a scale of powers of ten: one row per two powers. */
export function powersOfTen(curves: readonly Curve[], columns: number): string[] {
  const powers = curves.flatMap(({ values }) => values.filter((value) => value > 0).map(power))
  const [high, low] = [Math.max(...powers), Math.min(...powers)]
  const axis = 9
  const steps = Math.max(...curves.map(({ values }) => values.length))
  const width = Math.min(steps, columns - axis - 2)
  const perRow = Math.max(1, Math.ceil((high - low) / 20))
  const rows = Array.from({ length: Math.floor((high - low) / perRow) + 1 }, () => new Array<string>(width).fill(' '))
  for (const { sign, values } of curves) {
    for (let column = 0; column < width; column++) {
      const value = values[Math.floor((column * values.length) / width)]!
      if (value > 0) rows[Math.floor((high - power(value)) / perRow)]![column] = sign
    }
  }
  const last = `step ${steps}`
  return [
    ...rows.map((row, i) => `${`1e${high - i * perRow}`.padStart(axis - 2)} ┤${row.join('').trimEnd()}`),
    `${' '.repeat(axis)}step 1${last.padStart(width - 'step 1'.length)}`,
    ...curves.map(({ sign, name }) => `${' '.repeat(axis)}${sign}  ${name}`),
  ]
}

/** The power of ten at or below a number. */
function power(value: number): number {
  return Number(value.toExponential().split('e')[1])
}
