import { ArgumentError, DataError, IndexOutOfRangeError } from '../errors.ts'
import { RandomStream } from '../math/random.ts'
import { allocateExamples, valuesPerExample } from './dataset.ts'
import type { BatchArray, Dataset } from './dataset.ts'
import { countExamples, fieldReader, requireFinite, requireLabels } from './field.ts'
import type { Field, Normalise, ReadField } from './field.ts'
import { flattenNested } from './nested.ts'
import type { NestedNumbers } from './nested.ts'
import { requireKnownOptions, requireWholeNumber } from './options.ts'

/** What a TensorDataset is made of. The arrays are kept, not copied. */
export interface TensorDatasetContent {
  readonly inputs: Field
  /** Class labels (Int32Array or Uint8Array, shape []), or numbers to predict (Float32Array). */
  readonly targets: Field
  /** One name per class; with them, labels are checked to be 0 to classNames.length - 1. */
  readonly classNames?: readonly string[]
  /** What happens to the inputs when a batch is made, such as `{ scale: 1 / 255 }` for pictures of bytes. */
  readonly normalise?: Normalise
  /** Only these examples of the arrays, in this order; all of them by default. */
  readonly indices?: Int32Array
  /** Look for NaN, infinity and labels without a class name (the default); false lets them pass. */
  readonly check?: boolean
}

/** Examples in plain lists, for `TensorDataset.fromArrays`: either `labels` or `targets`. */
export interface ArraysContent {
  readonly inputs: readonly NestedNumbers[]
  /** Class labels, one whole number per example; they become int32. */
  readonly labels?: readonly number[]
  /** Numbers to predict; they become float32. */
  readonly targets?: readonly NestedNumbers[]
  readonly classNames?: readonly string[]
  readonly normalise?: Normalise
}

/** How to divide a dataset. */
export interface SplitOptions {
  /** The part of the examples that goes into `validation`, between 0 and 1. */
  readonly validation: number
  /** Which examples those are; the same seed gives the same division. 0 by default. */
  readonly seed?: number
}

/**
 * A dataset whose examples lie in typed arrays. Bytes stay bytes until a batch is made of them, so 60,000 pictures of
 * 28 by 28 take 47 MB and not 188. Parts (`slice`, `subset`, `split`) share the arrays.
 *
 * @throws DataError when there are no examples, when inputs and targets differ in number, and at a NaN or an infinity
 * @throws ShapeError when the data cannot be divided into examples of the shape
 * @throws DTypeError for another kind of array
 * @throws IndexOutOfRangeError for a label that has no class name
 * @throws ArgumentError for an unknown option
 *
 * @example
 * ```ts
 * import { TensorDataset } from 'neurite/data'
 *
 * const dataset = new TensorDataset({
 *   inputs: { data: new Uint8Array([0, 255, 51, 102]), shape: [2] },
 *   targets: { data: new Uint8Array([1, 0]), shape: [] },
 *   classNames: ['dark', 'light'],
 *   normalise: { scale: 1 / 255 },
 * })
 * const { input, target } = dataset.example(0)
 * console.log([...input], dataset.classNames![target[0]!]) // → [ 0, 1 ] light
 * ```
 */
export class TensorDataset implements Dataset {
  readonly length: number
  readonly inputShape: readonly number[]
  readonly targetShape: readonly number[]
  readonly inputDType: 'float32' | 'int32'
  readonly targetDType: 'float32' | 'int32'
  readonly classNames?: readonly string[]
  private readonly content: TensorDatasetContent
  private readonly readInputs: ReadField
  private readonly readTargets: ReadField

  constructor(content: TensorDatasetContent) {
    const where = 'TensorDataset'
    requireKnownOptions(where, content, ['inputs', 'targets', 'classNames', 'normalise', 'indices', 'check'])
    const { inputs, targets, classNames, normalise } = content
    this.length = checkContent(where, content)
    this.inputShape = inputs.shape
    this.targetShape = targets.shape
    this.inputDType = inputs.data instanceof Int32Array && normalise === undefined ? 'int32' : 'float32'
    this.targetDType = targets.data instanceof Float32Array ? 'float32' : 'int32'
    if (classNames !== undefined) this.classNames = classNames
    this.content = content
    this.readInputs = fieldReader(inputs, normalise)
    this.readTargets = fieldReader(targets, undefined)
  }

  /**
   * A dataset from plain lists, for small data written by hand.
   *
   * @example
   * ```ts
   * import { TensorDataset } from 'neurite/data'
   *
   * const xor = TensorDataset.fromArrays({ inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 1, 1, 0] })
   * console.log(xor.length, xor.inputShape, xor.targetDType) // → 4 [ 2 ] int32
   * ```
   */
  static fromArrays(content: ArraysContent): TensorDataset {
    requireKnownOptions('TensorDataset.fromArrays', content, ['inputs', 'labels', 'targets', 'classNames', 'normalise'])
    const { inputs, labels, targets, ...rest } = content
    if ((labels === undefined) === (targets === undefined)) {
      throw new ArgumentError({
        what: `TensorDataset.fromArrays: ${labels === undefined ? 'neither labels nor targets' : 'both labels and targets'}`,
        expected: 'either labels (whole numbers that name classes) or targets (numbers to predict)',
        fix: 'pass exactly one of the two',
      })
    }
    const asFloats = (where: string, nested: readonly NestedNumbers[]): Field => {
      const { values, shape } = flattenNested(where, nested)
      return { data: Float32Array.from(values), shape: shape.slice(1) }
    }
    return new TensorDataset({
      ...rest,
      inputs: asFloats('inputs', inputs),
      targets: targets === undefined ? labelField(labels!) : asFloats('targets', targets),
    })
  }

  read(indices: Int32Array, inputs: BatchArray, targets: BatchArray): void {
    const part = this.content.indices
    const rows = part === undefined ? indices : indices.map((index) => part[index]!)
    this.readInputs(rows, inputs)
    this.readTargets(rows, targets)
  }

  /**
   * One example as a network would get it, in arrays of its own.
   * @throws IndexOutOfRangeError unless `index` is a whole number from 0 to length - 1
   */
  example(index: number): { input: BatchArray; target: BatchArray } {
    this.requireIndex(index)
    const { inputs, targets } = allocateExamples(this, 1)
    this.read(Int32Array.of(index), inputs, targets)
    return { input: inputs, target: targets }
  }

  /**
   * The input of one example before `normalise`, such as the bytes of a picture: a view, so do not write to it.
   * @throws IndexOutOfRangeError unless `index` is a whole number from 0 to length - 1
   */
  rawInput(index: number): Field['data'] {
    this.requireIndex(index)
    const size = valuesPerExample(this.inputShape)
    const row = this.content.indices?.[index] ?? index
    return this.content.inputs.data.subarray(row * size, (row + 1) * size)
  }

  /**
   * The examples from `start` up to, but not including, `end`. Like `Array.slice`, with negative numbers counted from
   * the end.
   * @throws DataError when no example is left
   */
  slice(start: number, end: number = this.length): TensorDataset {
    return this.takePart(this.rows().slice(start, end), `slice(${start}, ${end})`)
  }

  /**
   * The examples with these numbers, in this order; a number may come more than once.
   * @throws IndexOutOfRangeError for a number that no example has
   * @throws DataError for an empty list
   */
  subset(indices: ArrayLike<number>): TensorDataset {
    const rows = this.rows()
    const chosen = Int32Array.from(indices, (index) => {
      this.requireIndex(index)
      return rows[index]!
    })
    return this.takePart(chosen, 'subset([])')
  }

  /**
   * Divides the examples at random into two parts: one to train with, one to validate with. Inside each part the
   * examples keep their order.
   *
   * @throws ArgumentError for a fraction that leaves one of the parts empty
   *
   * @example
   * ```ts
   * import { TensorDataset } from 'neurite/data'
   *
   * const all = TensorDataset.fromArrays({ inputs: [1, 2, 3, 4, 5], targets: [2, 4, 6, 8, 10] })
   * const { train, validation } = all.split({ validation: 0.2, seed: 1 })
   * console.log(train.length, validation.length) // → 4 1
   * ```
   */
  split(options: SplitOptions): { train: TensorDataset; validation: TensorDataset } {
    requireKnownOptions('split', options, ['validation', 'seed'])
    const { validation: fraction, seed = 0 } = options
    const count = Math.round(this.length * fraction)
    if (!(count >= 1 && count < this.length)) {
      throw new ArgumentError({
        what: `split: a validation part of ${fraction} of ${this.length} examples is ${count} examples`,
        expected: 'at least one example in each part',
        fix: 'pass a fraction such as 0.1',
      })
    }
    const order = new RandomStream(seed, 'split').permutation(this.length)
    return {
      train: this.subset(order.subarray(count).toSorted()),
      validation: this.subset(order.subarray(0, count).toSorted()),
    }
  }

  private rows(): Int32Array {
    return this.content.indices ?? Int32Array.from({ length: this.length }, (_, index) => index)
  }

  private takePart(rows: Int32Array, call: string): TensorDataset {
    if (rows.length === 0) throw noExamples(`${call} of ${this.length} examples`)
    return new TensorDataset({ ...this.content, indices: rows, check: false })
  }

  private requireIndex(index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.length) return
    throw noExample(index, this.length)
  }
}

/** Checks the whole content, and gives the number of examples. */
function checkContent(where: string, content: TensorDatasetContent): number {
  const { inputs, targets, classNames, normalise, indices, check = true } = content
  const count = countExamples(`${where}: inputs`, inputs)
  const targetCount = countExamples(`${where}: targets`, targets)
  if (count !== targetCount) {
    throw new DataError({
      what: `${where}: ${count} inputs and ${targetCount} targets`,
      expected: 'one target for each input',
      fix: 'check both shapes (of one example each), and whether both arrays are complete',
    })
  }
  if (normalise !== undefined) checkNormalise(where, normalise)
  const wrong = indices?.find((index) => index < 0 || index >= count)
  if (wrong !== undefined) throw noExample(wrong, count)
  const length = indices?.length ?? count
  if (length === 0) throw noExamples(where)
  if (check) {
    requireFinite(`${where}: inputs`, inputs.data, inputs.shape)
    requireFinite(`${where}: targets`, targets.data, targets.shape)
    const areLabels = classNames !== undefined && !(targets.data instanceof Float32Array)
    if (areLabels) requireLabels(targets.data, targets.shape, classNames.length)
  }
  return length
}

function checkNormalise(where: string, normalise: Normalise): void {
  requireKnownOptions(`${where}: normalise`, normalise, ['scale', 'offset'])
  const { scale, offset = 0 } = normalise
  if (Number.isFinite(scale) && Number.isFinite(offset)) return
  throw new ArgumentError({
    what: `${where}: normalise has the scale ${scale} and the offset ${offset}`,
    expected: 'finite numbers',
    fix: 'pass { scale: 1 / 255 } for pictures of bytes',
  })
}

function labelField(labels: readonly number[]): Field {
  labels.forEach((label, index) => requireWholeNumber('TensorDataset.fromArrays', `label ${index}`, label, 0))
  return { data: Int32Array.from(labels), shape: [] }
}

function noExample(index: number, length: number): IndexOutOfRangeError {
  return new IndexOutOfRangeError({
    what: `there is no example ${index}`,
    expected: `a whole number from 0 to ${length - 1}`,
    fix: 'pass the number of an example of this dataset',
  })
}

function noExamples(what: string): DataError {
  return new DataError({
    what: `${what}: there are no examples`,
    expected: 'at least one example',
    fix: 'check that the data were read, and that a filter did not remove all of them',
  })
}
