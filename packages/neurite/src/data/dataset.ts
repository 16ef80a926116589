/** A batch's numbers, as the engine takes them: int32 for class labels and word numbers, float32 for all else. */
export type BatchArray = Float32Array | Int32Array

/**
 * Examples that a DataLoader can put into batches. `TensorDataset` holds them in memory; write a class with this
 * interface to compute them at the moment when they are needed.
 */
export interface Dataset {
  /** How many examples there are. */
  readonly length: number
  /** The shape of one example's input, such as [1, 28, 28]. */
  readonly inputShape: readonly number[]
  /** The shape of one example's target; [] for a class label. */
  readonly targetShape: readonly number[]
  readonly inputDType: 'float32' | 'int32'
  readonly targetDType: 'float32' | 'int32'
  /** What the labels 0, 1, 2 ... stand for, where the targets are class labels. */
  readonly classNames?: readonly string[]
  /**
   * Writes the examples named by `indices` one after the other into `inputs` and `targets`, which have exactly the
   * room for them. The same index gives the same numbers every time.
   */
  read(indices: Int32Array, inputs: BatchArray, targets: BatchArray): void
}

/** What decides how much room examples need. */
export type ExampleShapes = Pick<Dataset, 'inputShape' | 'targetShape' | 'inputDType' | 'targetDType'>

/** Room for `count` examples: exactly what `dataset.read` fills. */
export function allocateExamples(dataset: ExampleShapes, count: number): { inputs: BatchArray; targets: BatchArray } {
  const allocate = (dtype: 'float32' | 'int32', shape: readonly number[]): BatchArray => {
    const size = count * valuesPerExample(shape)
    return dtype === 'float32' ? new Float32Array(size) : new Int32Array(size)
  }
  return {
    inputs: allocate(dataset.inputDType, dataset.inputShape),
    targets: allocate(dataset.targetDType, dataset.targetShape),
  }
}

/** How many numbers an example of this shape has. */
export function valuesPerExample(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1)
}
