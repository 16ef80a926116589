import { ArgumentError, DataError, ShapeError } from '../errors.ts'

/** `standard`: mean 0 and deviation 1. `range`: from 0 to 1. */
export type ScalerKind = 'standard' | 'range'

/** A scaler as JSON, to keep beside the model. */
export interface StoredScaler {
  readonly kind: ScalerKind
  readonly offset: readonly number[]
  readonly scale: readonly number[]
}

/**
 * Brings columns of numbers to a common size: `(x - offset) / scale`, one pair per column. Fit it to the data to train
 * with only: what is learned from the others leaks into the result. A column that never varies keeps the scale 1.
 *
 * @example
 * ```ts
 * import { Scaler } from 'neurite/data'
 *
 * const scaler = Scaler.fit([1, 10, 3, 30], 2, 'range')
 * console.log([...scaler.transform([2, 20, 5, 10])]) // → [ 0.5, 0.5, 2, 0 ]
 * console.log(scaler.inverse([0.5], 1)) // → Float64Array(1) [ 20 ]
 * ```
 */
export class Scaler {
  readonly kind: ScalerKind
  /** One per column. */
  readonly offset: Float64Array
  readonly scale: Float64Array

  /** Use `Scaler.fit` or `Scaler.fromJSON`. */
  constructor(kind: ScalerKind, offset: Float64Array, scale: Float64Array) {
    this.kind = kind
    this.offset = offset
    this.scale = scale
  }

  /**
   * Learns offset and scale of each column from rows of `columns` numbers.
   *
   * @throws DataError for no rows, and numbers that are not finite
   * @throws ShapeError when the numbers do not divide into such rows
   * @throws ArgumentError for another kind
   */
  static fit(data: ArrayLike<number>, columns: number, kind: ScalerKind = 'standard'): Scaler {
    if (kind !== 'standard' && kind !== 'range') {
      throw new ArgumentError({
        what: `Scaler.fit: the kind is '${String(kind)}'`,
        expected: "'standard' or 'range'",
        fix: "pass 'standard' for mean 0 and deviation 1, 'range' for 0 to 1",
      })
    }
    const rows = countRows('Scaler.fit', data, columns)
    if (rows === 0) {
      throw new DataError({
        what: 'Scaler.fit: there are no rows',
        expected: 'rows to learn from',
        fix: 'pass the data',
      })
    }
    const offset = new Float64Array(columns)
    const scale = new Float64Array(columns)
    for (let column = 0; column < columns; column++) {
      const [low, size] = kind === 'standard' ? moments(data, column, columns) : range(data, column, columns)
      if (!Number.isFinite(low + size)) {
        throw new DataError({
          what: `Scaler.fit: column ${column} holds NaN or infinity`,
          expected: 'finite numbers',
          fix: 'fill in or leave out missing values first',
        })
      }
      offset[column] = low
      scale[column] = size > 0 ? size : 1
    }
    return new Scaler(kind, offset, scale)
  }

  static fromJSON(stored: StoredScaler): Scaler {
    return new Scaler(stored.kind, Float64Array.from(stored.offset), Float64Array.from(stored.scale))
  }

  /** Scales rows with all columns. */
  transform(data: ArrayLike<number>): Float32Array {
    const columns = this.offset.length
    countRows('transform', data, columns)
    const result = new Float32Array(data.length)
    for (let i = 0; i < data.length; i++) {
      result[i] = (data[i]! - this.offset[i % columns]!) / this.scale[i % columns]!
    }
    return result
  }

  /** Undoes the scaling of rows with all columns, or of values of one column. */
  inverse(data: ArrayLike<number>, column?: number): Float64Array {
    const columns = this.offset.length
    if (column === undefined) countRows('inverse', data, columns)
    else if (!(Number.isInteger(column) && column >= 0 && column < columns)) {
      throw new ArgumentError({
        what: `inverse: there is no column ${column}`,
        expected: `a whole number from 0 to ${columns - 1}`,
        fix: 'pass the number of a column that was fitted',
      })
    }
    return Float64Array.from({ length: data.length }, (_, i) => {
      const at = column ?? i % columns
      return data[i]! * this.scale[at]! + this.offset[at]!
    })
  }

  toJSON(): StoredScaler {
    return { kind: this.kind, offset: [...this.offset], scale: [...this.scale] }
  }
}

function countRows(where: string, data: ArrayLike<number>, columns: number): number {
  if (Number.isInteger(columns) && columns > 0 && data.length % columns === 0) return data.length / columns
  throw new ShapeError({
    what: `${where}: ${data.length} numbers are no rows of ${columns}`,
    expected: 'a multiple of the number of columns',
    fix: 'pass whole rows, one after the other',
  })
}

function moments(data: ArrayLike<number>, column: number, columns: number): [number, number] {
  const rows = data.length / columns
  let sum = 0
  for (let i = column; i < data.length; i += columns) sum += data[i]!
  const mean = sum / rows
  let squares = 0
  for (let i = column; i < data.length; i += columns) squares += (data[i]! - mean) * (data[i]! - mean)
  return [mean, Math.sqrt(squares / rows)]
}

function range(data: ArrayLike<number>, column: number, columns: number): [number, number] {
  let low = data[column]!
  let high = low
  for (let i = column; i < data.length; i += columns) {
    const value = data[i]!
    if (value !== value) return [NaN, NaN]
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high - low]
}
