import { ArgumentError, DataError } from '../../errors.ts'
import { requireKnownOptions } from '../options.ts'
import { Scaler } from '../scaler.ts'
import type { ScalerKind, StoredScaler } from '../scaler.ts'
import { TensorDataset } from '../tensor-dataset.ts'
import type { Table } from './table.ts'

export interface TableEncoderOptions {
  /** The column to predict: a category becomes a class label, a number a float32 [1]. */
  readonly target: string
  /** The columns to predict from; all others by default. */
  readonly inputs?: readonly string[]
  /**
   * What happens to a missing number among the inputs: `error` (the default), or the mean of the table that was fitted. A
   * missing category is none of the categories.
   */
  readonly missing?: 'error' | 'mean'
  /** How numbers are scaled; `standard` by default, `none` leaves them. */
  readonly scale?: ScalerKind | 'none'
}

/** One input column: numbers take one feature, categories one for each (1 where it is that one, else 0). */
type Feature =
  | { readonly kind: 'number'; readonly name: string; readonly mean: number; readonly scaler: StoredScaler }
  | { readonly kind: 'category'; readonly name: string; readonly categories: readonly string[] }

/** An encoder as JSON, to keep beside the model. */
export interface StoredTableEncoder {
  readonly features: readonly Feature[]
  readonly target: string
  readonly classNames: readonly string[] | undefined
  readonly missing: 'error' | 'mean'
}

const plain: StoredScaler = { kind: 'standard', offset: [0], scale: [1] }

/**
 * Makes datasets of tables. What it needs to know (categories, means, sizes) it learns from the table to train with
 * alone, and uses it for all others.
 *
 * @example
 * ```ts
 * import { parseCsv, TableEncoder } from 'neurite/data'
 *
 * const table = parseCsv('length,sex,kind\n1,m,a\n3,f,b\n5,m,a\n')
 * const encoder = TableEncoder.fit(table, { target: 'kind', scale: 'range' })
 * const dataset = encoder.dataset(table)
 * console.log(encoder.featureNames, dataset.classNames) // → [ 'length', 'sex=f', 'sex=m' ] [ 'a', 'b' ]
 * console.log([...dataset.example(1).input], [...dataset.example(1).target]) // → [ 0.5, 1, 0 ] [ 1 ]
 * ```
 */
export class TableEncoder {
  readonly target: string
  /** The names of the classes, where the target is a category. */
  readonly classNames: readonly string[] | undefined
  private readonly features: readonly Feature[]
  private readonly missing: 'error' | 'mean'

  /** Use `TableEncoder.fit` or `TableEncoder.fromJSON`. */
  constructor(stored: StoredTableEncoder) {
    this.features = stored.features
    this.target = stored.target
    this.classNames = stored.classNames
    this.missing = stored.missing
  }

  /**
   * Learns from the table to train with.
   *
   * @throws ArgumentError for unknown options and columns, and for a target among the inputs
   * @throws DataError for a column without any value
   */
  static fit(table: Table, options: TableEncoderOptions): TableEncoder {
    const where = 'TableEncoder.fit'
    requireKnownOptions(where, options, ['target', 'inputs', 'missing', 'scale'])
    const { target, missing = 'error', scale = 'standard' } = options
    requireOneOf(where, 'missing', missing, ['error', 'mean'])
    requireOneOf(where, 'scale', scale, ['standard', 'range', 'none'])
    const inputs = options.inputs ?? table.columnNames.filter((name) => name !== target)
    if (inputs.length === 0 || inputs.includes(target)) {
      throw new ArgumentError({
        what: `${where}: the inputs are [${inputs.join(', ')}] and the target is ${target}`,
        expected: 'at least one input, and the target not among them',
        fix: 'name the columns to predict from',
      })
    }
    const column = table.column(target)
    const features = inputs.map((name) => fitFeature(table, name, scale))
    const classNames = column.kind === 'category' ? column.categories : undefined
    return new TableEncoder({ features, target, classNames, missing })
  }

  static fromJSON(stored: StoredTableEncoder): TableEncoder {
    return new TableEncoder(stored)
  }

  /** The names of the inputs' features: `column`, or `column=category`. */
  get featureNames(): string[] {
    return this.features.flatMap((feature) =>
      feature.kind === 'number' ? [feature.name] : feature.categories.map((name) => `${feature.name}=${name}`),
    )
  }

  /**
   * A dataset of the rows of a table: inputs [features], and the targets.
   *
   * @throws DataError for missing values, and for a class that the fitted table did not have
   */
  dataset(table: Table): TensorDataset {
    return new TensorDataset({
      inputs: { data: this.encode(table), shape: [this.featureNames.length] },
      targets: this.encodeTarget(table),
      ...(this.classNames === undefined ? {} : { classNames: this.classNames }),
    })
  }

  /** The inputs alone, row after row, for predictions. */
  encode(table: Table): Float32Array {
    const width = this.featureNames.length
    const result = new Float32Array(table.rowCount * width)
    let at = 0
    for (const feature of this.features) {
      if (feature.kind === 'number') {
        const { offset, scale } = feature.scaler
        const values = table.numbers(feature.name)
        for (let row = 0; row < values.length; row++) {
          const isMissing = Number.isNaN(values[row]!)
          if (isMissing && this.missing === 'error') throw missingValue(feature.name, row)
          result[row * width + at] = ((isMissing ? feature.mean : values[row]!) - offset[0]!) / scale[0]!
        }
        at += 1
      } else {
        const places = placesIn(feature.categories, table, feature.name)
        for (let row = 0; row < places.length; row++) if (places[row]! >= 0) result[row * width + at + places[row]!] = 1
        at += feature.categories.length
      }
    }
    return result
  }

  toJSON(): StoredTableEncoder {
    return { features: this.features, target: this.target, classNames: this.classNames, missing: this.missing }
  }

  private encodeTarget(table: Table): { data: Int32Array | Float32Array; shape: readonly number[] } {
    if (this.classNames === undefined) {
      const values = table.numbers(this.target)
      const missing = values.findIndex((value) => Number.isNaN(value))
      if (missing >= 0) throw missingValue(this.target, missing)
      return { data: Float32Array.from(values), shape: [1] }
    }
    const labels = placesIn(this.classNames, table, this.target)
    const wrong = labels.findIndex((label) => label < 0)
    if (wrong < 0) return { data: labels, shape: [] }
    throw new DataError({
      what: `TableEncoder: row ${wrong} has no class in '${this.target}' that the fitted table had`,
      expected: `one of ${this.classNames.join(', ')}`,
      fix: 'leave out rows without a class, and fit to a table with all classes',
    })
  }
}

function fitFeature(table: Table, name: string, scale: ScalerKind | 'none'): Feature {
  const column = table.column(name)
  if (column.kind === 'category') return { kind: 'category', name, categories: column.categories }
  const values = column.values.filter((value) => !Number.isNaN(value))
  if (values.length === 0) {
    throw new DataError({
      what: `TableEncoder.fit: the column '${name}' has no value`,
      expected: 'at least one number',
      fix: 'leave the column out of the inputs',
    })
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { kind: 'number', name, mean, scaler: scale === 'none' ? plain : Scaler.fit(values, 1, scale).toJSON() }
}

/** Where the categories of a table's column stand among those that were fitted; -1 for others. */
function placesIn(categories: readonly string[], table: Table, name: string): Int32Array {
  const column = table.column(name)
  if (column.kind === 'number') {
    throw new DataError({
      what: `TableEncoder: the column '${name}' holds numbers, and held categories when it was fitted`,
      expected: 'the same kinds of columns',
      fix: `read the table with kinds: { ${JSON.stringify(name)}: 'category' }`,
    })
  }
  const places = column.categories.map((category) => categories.indexOf(category))
  return column.codes.map((code) => (code < 0 ? -1 : places[code]!))
}

function missingValue(name: string, row: number): DataError {
  return new DataError({
    what: `TableEncoder: row ${row} has no value in '${name}'`,
    expected: 'a number',
    fix: "pass missing: 'mean', or use table.withoutMissing()",
  })
}

function requireOneOf(where: string, name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return
  throw new ArgumentError({
    what: `${where}: ${name} is '${value}'`,
    expected: `one of ${known.join(', ')}`,
    fix: `leave ${name} out for its default, '${known[0]!}'`,
  })
}
