import { ArgumentError, DataError } from '../../errors.ts'
import { requireKnownOptions, requireWholeNumber } from '../options.ts'
import { Scaler } from '../scaler.ts'
import type { ScalerKind } from '../scaler.ts'
import { countWindows, SeriesWindows } from './series-windows.ts'
import type { WindowLayout } from './series-windows.ts'
import type { Series } from './series.ts'

export interface ForecastOptions {
  /** Rows that the network sees. */
  readonly steps: number
  /** Rows that it predicts after them; 1 by default. */
  readonly horizon?: number
  /** Columns to predict from; all by default. */
  readonly inputs?: readonly string[]
  /** Columns to predict; the first by default. */
  readonly targets?: readonly string[]
  /** Rows from one window to the next; 1 by default. */
  readonly stride?: number
  /** The tail to test with: a part below 1, or a number of rows; 0.2 by default. 0 for none. */
  readonly test?: number
  /** The rows before it to validate with, in the same way; 0 by default. */
  readonly validation?: number
  /** `standard` by default, `none` leaves the numbers. */
  readonly scale?: ScalerKind | 'none'
}

/** The parts of a series, oldest first. A part that was not asked for has no windows: it is undefined. */
export interface Forecast {
  readonly train: SeriesWindows
  readonly validation: SeriesWindows | undefined
  readonly test: SeriesWindows | undefined
  /** Fitted to the rows to train with; one offset and scale per column of the series. */
  readonly scaler: Scaler
  /** The numbers of the predicted columns, for `unscale`. */
  readonly targetColumns: readonly number[]
  /** Predictions or targets of the datasets, in the series' own units. */
  readonly unscale: (predictions: ArrayLike<number>) => Float64Array
}

const known = ['steps', 'horizon', 'inputs', 'targets', 'stride', 'test', 'validation', 'scale']

/**
 * Datasets for predicting a series from its past, without a look into the future: the rows are divided into train,
 * validation and test (in this order in time) first, the scaler learns from the rows to train with alone, and no window
 * reaches over a border, with its inputs or its targets. Inputs have the shape [steps, inputs], targets [horizon], or
 * [horizon, targets] where several columns are predicted.
 *
 * @throws ArgumentError for unknown options and columns
 * @throws DataError for a part without room for one window, and for numbers that are not finite
 *
 * @example
 * ```ts
 * import { forecast, makeSeries } from 'neurite/data'
 *
 * const series = makeSeries({ height: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] })
 * const { train, test, unscale } = forecast(series, { steps: 2, test: 4 })
 * console.log(train.length, test!.length, train.inputShape, train.targetShape) // → 4 2 [ 2, 1 ] [ 1 ]
 * const batch = { inputs: new Float32Array(2), targets: new Float32Array(1) }
 * test!.read(Int32Array.of(0), batch.inputs, batch.targets)
 * console.log([...unscale(batch.targets)].map(Math.round)) // → [ 9 ]
 * ```
 */
export function forecast(series: Series, options: ForecastOptions): Forecast {
  requireKnownOptions('forecast', options, known)
  const { steps, horizon = 1, stride = 1, test = 0.2, validation = 0, scale = 'standard' } = options
  requireWholeNumber('forecast', 'steps', steps, 1)
  requireWholeNumber('forecast', 'horizon', horizon, 1)
  requireWholeNumber('forecast', 'stride', stride, 1)
  const { names, values, length } = series
  const columns = names.length
  const inputs = (options.inputs ?? names).map((name) => columnOf(series, name))
  const targets = (options.targets ?? names.slice(0, 1)).map((name) => columnOf(series, name))
  const layout: WindowLayout = { columns, inputs, targets, steps, horizon, stride }
  const forTest = countRows('test', test, length)
  const forValidation = countRows('validation', validation, length)
  const forTraining = length - forTest - forValidation
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new DataError({
      what: `forecast: row ${Math.floor(wrong / columns)}, column '${names[wrong % columns]!}' is ${values[wrong]!}`,
      expected: 'finite numbers',
      fix: 'fill in missing values from the rows before them, or leave those rows out',
    })
  }
  requireRoom('train', forTraining, layout)
  const past = values.subarray(0, forTraining * columns)
  const scaler =
    scale === 'none'
      ? new Scaler('standard', new Float64Array(columns), new Float64Array(columns).fill(1))
      : Scaler.fit(past, columns, scale)
  const part = (name: string, start: number, rows: number): SeriesWindows | undefined => {
    if (rows === 0) return undefined
    requireRoom(name, rows, layout)
    return new SeriesWindows(
      scaler.transform(values.subarray(start * columns, (start + rows) * columns)),
      start,
      layout,
    )
  }
  return {
    train: part('train', 0, forTraining)!,
    validation: part('validation', forTraining, forValidation),
    test: part('test', forTraining + forValidation, forTest),
    scaler,
    targetColumns: targets,
    unscale: (predictions) =>
      Float64Array.from({ length: predictions.length }, (_, i) => {
        const column = targets[i % targets.length]!
        return predictions[i]! * scaler.scale[column]! + scaler.offset[column]!
      }),
  }
}

function columnOf({ names }: Series, name: string): number {
  const column = names.indexOf(name)
  if (column >= 0) return column
  throw new ArgumentError({
    what: `forecast: the series has no column '${name}'`,
    expected: `one of ${names.join(', ')}`,
    fix: 'correct the name',
  })
}

function countRows(name: string, asked: number, length: number): number {
  if (asked >= 0 && asked < 1) return Math.round(asked * length)
  if (Number.isInteger(asked) && asked >= 1 && asked < length) return asked
  throw new ArgumentError({
    what: `forecast: ${name} is ${asked} for ${length} rows`,
    expected: 'a part below 1, or a whole number of rows below the length of the series',
    fix: `pass ${name}: 0.2 for the last fifth`,
  })
}

function requireRoom(name: string, rows: number, layout: WindowLayout): void {
  if (countWindows(rows, layout) > 0) return
  throw new DataError({
    what: `forecast: the part to ${name} has ${Math.max(0, rows)} rows`,
    expected: `at least ${layout.steps + layout.horizon}, for one window of ${layout.steps} and ${layout.horizon} rows`,
    fix: 'pass smaller parts for test and validation, or shorter windows',
  })
}
