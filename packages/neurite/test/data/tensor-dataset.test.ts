import { describe, expect, test } from 'vitest'
import { checkFinite, checkLabels, TensorDataset } from '../../src/data/index.ts'
import type { Dataset, TensorDatasetContent } from '../../src/data/index.ts'
import { ArgumentError, DataError, DTypeError, IndexOutOfRangeError, ShapeError } from '../../src/errors.ts'

/** Ten examples: the input of example i is [i, 10 * i], its target i % 3. */
function ten(extra: Partial<TensorDatasetContent> = {}): TensorDataset {
  const data = Float32Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i / 2 : 10 * ((i - 1) / 2)))
  const labels = Uint8Array.from({ length: 10 }, (_, i) => i % 3)
  return new TensorDataset({ inputs: { data, shape: [2] }, targets: { data: labels, shape: [] }, ...extra })
}

const inputsOf = (dataset: TensorDataset): number[] =>
  Array.from({ length: dataset.length }, (_, i) => dataset.example(i).input[0]!)

describe('what a dataset gives', () => {
  test('shapes, dtypes and examples', () => {
    const dataset = ten()
    expect(dataset).toMatchObject({
      length: 10,
      inputShape: [2],
      targetShape: [],
      inputDType: 'float32',
      targetDType: 'int32',
    })
    const inputs = new Float32Array(4)
    const targets = new Int32Array(2)
    dataset.read(Int32Array.of(7, 2), inputs, targets)
    expect([...inputs]).toEqual([7, 70, 2, 20])
    expect([...targets]).toEqual([1, 2])
    expect(dataset.example(4)).toEqual({ input: new Float32Array([4, 40]), target: new Int32Array([1]) })
  })

  test('bytes become float32, scaled and shifted once; the raw bytes stay readable', () => {
    const inputs = { data: new Uint8Array([0, 51, 255, 128]), shape: [2] }
    const targets = { data: new Float32Array([0.5, 1]), shape: [] }
    const plain = new TensorDataset({ inputs, targets })
    expect(plain.example(1)).toEqual({ input: new Float32Array([255, 128]), target: new Float32Array([1]) })
    const scaled = new TensorDataset({ inputs, targets, normalise: { scale: 1 / 255, offset: -0.5 } })
    expect([...scaled.example(0).input]).toEqual([-0.5, Math.fround(51 * (1 / 255) - 0.5)])
    expect([...scaled.example(1).input]).toEqual([255, 128].map((value) => Math.fround(value * (1 / 255) - 0.5)))
    expect(scaled.rawInput(1)).toEqual(new Uint8Array([255, 128]))
  })

  test('whole numbers stay int32 unless they are normalised', () => {
    const content = {
      inputs: { data: new Int32Array([3, 4]), shape: [] },
      targets: { data: new Float32Array([0, 0]), shape: [] },
    }
    expect(new TensorDataset(content).example(1).input).toEqual(new Int32Array([4]))
    expect(new TensorDataset({ ...content, normalise: { scale: 0.5 } }).example(1).input).toEqual(new Float32Array([2]))
  })

  test('from lists', () => {
    const labels = TensorDataset.fromArrays({ inputs: [[[1, 2]], [[3, 4]]], labels: [1, 0], classNames: ['a', 'b'] })
    expect(labels).toMatchObject({
      length: 2,
      inputShape: [1, 2],
      targetShape: [],
      targetDType: 'int32',
      classNames: ['a', 'b'],
    })
    const targets = TensorDataset.fromArrays({
      inputs: [1, 2],
      targets: [
        [1, 0.5],
        [0, 1],
      ],
    })
    expect(targets).toMatchObject({ inputShape: [], targetShape: [2], targetDType: 'float32' })
    expect([...targets.example(0).target]).toEqual([1, 0.5])
  })
})

describe('parts', () => {
  test('slice, like that of an array', () => {
    expect(inputsOf(ten().slice(2, 5))).toEqual([2, 3, 4])
    expect(inputsOf(ten().slice(-2))).toEqual([8, 9])
    expect(inputsOf(ten().slice(8, 100))).toEqual([8, 9])
    expect(() => ten().slice(5, 5)).toThrow(DataError)
  })

  test('subset keeps the order and allows repetition; parts of parts count anew', () => {
    const part = ten().subset([9, 1, 1, 5])
    expect(inputsOf(part)).toEqual([9, 1, 1, 5])
    expect(inputsOf(part.subset([3, 0]))).toEqual([5, 9])
    expect(inputsOf(part.slice(1, 3))).toEqual([1, 1])
    expect([...part.rawInput(3)]).toEqual([5, 50])
    expect(part.example(0).target[0]).toBe(0)
    expect(() => part.subset([4])).toThrow(IndexOutOfRangeError)
    expect(() => part.subset([0.5])).toThrow(IndexOutOfRangeError)
    expect(() => part.subset([])).toThrow(DataError)
  })

  test('parts keep class names and scaling', () => {
    const part = ten({ classNames: ['x', 'y', 'z'], normalise: { scale: 0.5 } }).slice(4)
    expect(part.classNames).toEqual(['x', 'y', 'z'])
    expect([...part.example(0).input]).toEqual([2, 20])
  })

  test('split divides all examples, by the seed', () => {
    const { train, validation } = ten().split({ validation: 0.3, seed: 4 })
    expect([train.length, validation.length]).toEqual([7, 3])
    expect([...inputsOf(train), ...inputsOf(validation)].toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    expect(inputsOf(ten().split({ validation: 0.3, seed: 4 }).validation)).toEqual(inputsOf(validation))
    const divisions = [0, 1, 2, 3, 4, 5].map((seed) =>
      inputsOf(ten().split({ validation: 0.3, seed }).validation).join(),
    )
    expect(new Set(divisions).size).toBeGreaterThan(3)
  })

  test.each([0, 1, 0.01, -0.5, Number.NaN])('split refuses the fraction %s', (validation) => {
    expect(() => ten().split({ validation })).toThrow(ArgumentError)
  })
})

describe('bad data', () => {
  const floats = (values: number[], shape: number[] = []) => ({ data: new Float32Array(values), shape })
  const bad: [string, object, new (...args: never[]) => Error, string][] = [
    ['no examples', { inputs: floats([]), targets: floats([]) }, DataError, 'there are no examples'],
    [
      'different numbers',
      { inputs: floats([1, 2, 3, 4], [2]), targets: floats([1]) },
      DataError,
      '2 inputs and 1 targets',
    ],
    ['a shape that does not divide', { inputs: floats([1, 2, 3], [2]), targets: floats([1]) }, ShapeError, '3 values'],
    ['a dimension of 0', { inputs: floats([1], [0]), targets: floats([1]) }, ShapeError, '[0]'],
    ['half a dimension', { inputs: floats([1], [0.5]), targets: floats([1]) }, ShapeError, '[0.5]'],
    ['a plain list', { inputs: { data: [1], shape: [] }, targets: floats([1]) }, DTypeError, 'of the kind Array'],
    ['float64', { inputs: floats([1]), targets: { data: new Float64Array(1), shape: [] } }, DTypeError, 'Float64Array'],
    ['nothing', { inputs: { data: undefined, shape: [] }, targets: floats([1]) }, DTypeError, 'undefined'],
    [
      'NaN',
      { inputs: floats([0, 1, 2, 3, 4, 5, 6, NaN], [2, 2]), targets: floats([1, 2]) },
      DataError,
      'inputs: NaN in example 1, feature [1, 1]',
    ],
    [
      'an infinite target',
      { inputs: floats([1, 2]), targets: floats([1, -Infinity]) },
      DataError,
      'targets: -Infinity in example 1\n',
    ],
    [
      'an unknown option',
      { inputs: floats([1]), targets: floats([1]), normalize: { scale: 1 } },
      ArgumentError,
      "no option 'normalize'",
    ],
    [
      'an unknown option of normalise',
      { inputs: floats([1]), targets: floats([1]), normalise: { scale: 1, mean: 2 } },
      ArgumentError,
      "no option 'mean'",
    ],
    [
      'a scale that is no number',
      { inputs: floats([1]), targets: floats([1]), normalise: { scale: NaN } },
      ArgumentError,
      'scale NaN',
    ],
    [
      'an index too large',
      { inputs: floats([1]), targets: floats([1]), indices: Int32Array.of(1) },
      IndexOutOfRangeError,
      'no example 1',
    ],
  ]
  test.each(bad)('%s', (_, content, kind, message) => {
    const make = () => new TensorDataset(content as TensorDatasetContent)
    expect(make).toThrow(kind)
    expect(make).toThrow(message)
  })

  test('NaN passes on request, and checkFinite finds it in any part', () => {
    const dataset = new TensorDataset({ inputs: floats([1, 2, NaN, 4]), targets: floats([1, 2, 3, 4]), check: false })
    expect(Number.isNaN(dataset.example(2).input[0])).toBe(true)
    expect(() => checkFinite(dataset)).toThrow('inputs: NaN in example 2')
    expect(() => checkFinite(dataset.slice(1))).toThrow('inputs: NaN in example 1')
    expect(() => checkFinite(dataset.slice(0, 2))).not.toThrow()
  })

  test('the checks read a dataset of many pieces to its end', () => {
    const length = 2000
    const dataset: Dataset = {
      length,
      inputShape: [],
      targetShape: [],
      inputDType: 'float32',
      targetDType: 'float32',
      read(indices, inputs, targets) {
        inputs.set(indices.map((index) => index % 7))
        targets.set(Float32Array.from(indices, (index) => (index === 1999 ? 0.5 : index === 1998 ? 4 : index % 4)))
      },
    }
    expect(() => checkFinite(dataset)).not.toThrow()
    const read: Dataset['read'] = (indices, inputs) => inputs.set(Array.from(indices, (i) => i / Math.abs(i - 1500)))
    const broken = { ...dataset, read }
    expect(() => checkFinite(broken)).toThrow('inputs: Infinity in example 1500')
    expect(() => checkLabels(dataset, 4)).toThrow(IndexOutOfRangeError)
    expect(() => checkLabels(dataset, 4)).toThrow('example 1998 has the label 4')
    expect(() => checkLabels(dataset, 5)).toThrow(DataError)
    expect(() => checkLabels(dataset, 5)).toThrow('example 1999 has the label 0.5')
  })

  test('labels out of range', () => {
    expect(() => ten({ classNames: ['x', 'y'] })).toThrow(IndexOutOfRangeError)
    expect(() => ten({ classNames: ['x', 'y'] })).toThrow('example 2 has the label 2')
    expect(() => checkLabels(ten(), 3)).not.toThrow()
    expect(() => checkLabels(ten(), 2)).toThrow('a whole number from 0 to 1')
    expect(() => checkLabels(ten({ classNames: ['x', 'y', 'z'] }))).not.toThrow()
    expect(() => checkLabels(ten())).toThrow(ArgumentError)
    expect(() => checkLabels(ten(), 0)).toThrow(ArgumentError)
    const negative = TensorDataset.fromArrays({ inputs: [1], targets: [-1] })
    expect(() => checkLabels(negative, 2)).toThrow('label -1')
  })

  test('lists that do not make examples', () => {
    const from = (content: object) => () => TensorDataset.fromArrays(content as never)
    expect(from({ inputs: [[1, 2], [3]], labels: [0, 1] })).toThrow('inputs[1] has 1 entries')
    expect(from({ inputs: [[1, 2], 3], labels: [0, 1] })).toThrow('inputs[1] is 3')
    expect(from({ inputs: [1, [2]], labels: [0, 1] })).toThrow('inputs[1] is a list')
    expect(from({ inputs: [[1], ['2']], labels: [0, 1] })).toThrow('inputs[1][0] is 2')
    expect(from({ inputs: [1, 2], labels: [0, 1.5] })).toThrow('label 1 is 1.5')
    expect(from({ inputs: [1, 2], labels: [0, -1] })).toThrow('label 1 is -1')
    expect(from({ inputs: [1] })).toThrow('neither labels nor targets')
    expect(from({ inputs: [1], labels: [1], targets: [1] })).toThrow('both labels and targets')
    expect(from({ inputs: [], labels: [] })).toThrow(DataError)
    expect(from({ inputs: [1], lables: [1] })).toThrow("no option 'lables'")
  })

  test.each([-1, 10, 0.5, Number.NaN])('there is no example %s', (index) => {
    expect(() => ten().example(index)).toThrow(IndexOutOfRangeError)
    expect(() => ten().rawInput(index)).toThrow(IndexOutOfRangeError)
  })
})
