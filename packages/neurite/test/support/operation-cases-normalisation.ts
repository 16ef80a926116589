import * as ops from '../../src/ops/index.ts'
import type { OperationCase, OperationCases } from './operation-cases.ts'

const over = (shape: readonly number[], axes: readonly number[], centred = true, eps = 1e-2): OperationCase => ({
  name: `axes ${axes.join()} of ${shape.join('x')}${centred ? '' : ', not centred'}`,
  inputs: [{ shape }],
  build: ([x]) => ops.standardise(x!, { axes, eps, centred }),
})

/** Cases of what the normalisation layers are made of. */
export const normalisationCases: OperationCases = {
  standardise: [
    over([3, 5], [1]),
    over([4, 3], [0]),
    over([2, 3, 4], [0, 2]),
    over([2, 2, 3, 2], [0, 2, 3]),
    over([2, 3, 2], [1, 2]),
    over([3, 5], [1], false),
    over([3, 2, 3], [0, 2], false),
    over([37], [0]),
    over([3, 1], [1]),
    over([0, 3], [1]),
  ],
}
