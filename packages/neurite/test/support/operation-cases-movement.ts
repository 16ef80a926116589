import type { Shape } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { fixed, floats, mixed, truth, whole } from './case-makers.ts'
import type { OperationCase, OperationCases } from './operation-cases.ts'

const matmulShapes: readonly (readonly [Shape, Shape])[] = [
  [[3], [3]],
  [
    [2, 3],
    [3, 4],
  ],
  [[3], [3, 4]],
  [[2, 3], [3]],
  [
    [2, 3, 4],
    [4, 5],
  ],
  [
    [2, 1, 3, 4],
    [3, 4, 2],
  ],
  [
    [2, 3],
    [4, 3, 5],
  ],
  [
    [1, 1],
    [1, 1],
  ],
  [
    [1, 37],
    [37, 1],
  ],
  [
    [17, 5],
    [5, 9],
  ],
  [
    [2, 0],
    [0, 3],
  ],
  [
    [0, 3],
    [3, 2],
  ],
]

const triangles = (build: typeof ops.tril): OperationCase[] => [
  floats('square', [[3, 3]], (x) => build(x)),
  floats('above', [[3, 7]], (x) => build(x, 1)),
  floats('below', [[7, 3]], (x) => build(x, -2)),
  floats('batch', [[2, 2, 3]], (x) => build(x)),
  floats('nothing left', [[2, 2]], (x) => build(x, build === ops.tril ? -2 : 2)),
  floats('empty', [[0, 3]], (x) => build(x)),
  fixed('int32', [whole([3, 3])], (x) => build(x)),
  fixed('bool', [truth([3, 3])], (x) => build(x)),
]

/** Cases of the operations that move and multiply, by operation name. */
export const movementCases: OperationCases = {
  reshape: [
    floats('[2, 6] to [3, 4]', [[2, 6]], (x) => ops.reshape(x, [3, 4])),
    floats('-1', [[2, 3, 4]], (x) => ops.reshape(x, [-1, 4])),
    floats('to a scalar', [[1, 1]], (x) => ops.reshape(x, [])),
    floats('from a scalar', [[]], (x) => ops.reshape(x, [1])),
    floats('empty', [[0, 3]], (x) => ops.reshape(x, [5, 0])),
    floats('of a transposed matrix', [[3, 5]], (x) => ops.reshape(ops.permute(x, [1, 0]), [3, 5])),
    fixed('bool', [truth([6])], (x) => ops.reshape(x, [2, 3])),
  ],
  permute: [
    floats('matrix', [[3, 5]], (x) => ops.permute(x, [1, 0])),
    floats('three axes', [[2, 3, 4]], (x) => ops.permute(x, [2, 0, 1])),
    floats('negative axes', [[2, 3, 4]], (x) => ops.permute(x, [-1, 0, -2])),
    floats('scalar', [[]], (x) => ops.permute(x, [])),
    floats('empty', [[0, 3]], (x) => ops.permute(x, [1, 0])),
    fixed('int32', [whole([3, 5])], (x) => ops.permute(x, [1, 0])),
  ],
  expand: [
    floats('row', [[1, 5]], (x) => ops.expand(x, [3, 5])),
    floats('column', [[3, 1]], (x) => ops.expand(x, [3, 5])),
    floats('new axes', [[3, 1]], (x) => ops.expand(x, [2, 3, 4])),
    floats('scalar', [[]], (x) => ops.expand(x, [37])),
    floats('to nothing', [[1, 3]], (x) => ops.expand(x, [0, 3])),
    fixed('bool', [truth([3, 1])], (x) => ops.expand(x, [3, 4])),
  ],
  slice: [
    floats('block', [[4, 6]], (x) => ops.slice(x, { start: [1, 2], size: [2, 3] })),
    floats('steps', [[4, 7]], (x) => ops.slice(x, { start: [0, 1], size: [2, 3], step: [2, 2] })),
    floats('backwards', [[37]], (x) => ops.slice(x, { start: [36], size: [37], step: [-1] })),
    floats('backwards in steps', [[4, 10]], (x) => ops.slice(x, { start: [3, 8], size: [2, 3], step: [-2, -3] })),
    floats('one element of each step', [[5, 3]], (x) => ops.slice(x, { start: [4, 1], size: [1, 2], step: [7, 1] })),
    floats('nothing', [[3, 4]], (x) => ops.slice(x, { start: [0, 2], size: [3, 0] })),
    fixed('int32', [whole([8])], (x) => ops.slice(x, { start: [1], size: [3], step: [2] })),
  ],
  pad: [
    floats('all sides', [[2, 3]], (x) => ops.pad(x, { before: [1, 2], after: [0, 3] })),
    floats('with a value', [[5]], (x) => ops.pad(x, { before: [2], after: [1], value: -1.5 })),
    floats('cutting off', [[4, 5]], (x) => ops.pad(x, { before: [-1, 1], after: [2, -3], value: 2 })),
    floats('empty', [[0, 3]], (x) => ops.pad(x, { before: [2, 0], after: [1, 1], value: 7 })),
    floats('all cut off', [[2, 3]], (x) => ops.pad(x, { before: [-2, 0], after: [0, 0] })),
    fixed('int32', [whole([3])], (x) => ops.pad(x, { before: [1], after: [1], value: 9 })),
  ],
  concat: [
    floats(
      'rows',
      [
        [2, 3],
        [1, 3],
        [4, 3],
      ],
      (...x) => ops.concat(x),
    ),
    floats(
      'columns',
      [
        [3, 1],
        [3, 5],
      ],
      (...x) => ops.concat(x, -1),
    ),
    floats(
      'with an empty one',
      [
        [2, 0],
        [2, 3],
      ],
      (...x) => ops.concat(x, 1),
    ),
    floats(
      'middle axis',
      [
        [2, 3, 4],
        [2, 1, 4],
      ],
      (...x) => ops.concat(x, 1),
    ),
    floats('the same twice', [[3]], (x) => ops.concat([x, x, x])),
    fixed('bool', [truth([3]), truth([4])], (...x) => ops.concat(x)),
    mixed('int32 and float32', [whole([3]), { shape: [2] }], (...x) => ops.concat(x)),
  ],
  tril: triangles(ops.tril),
  triu: triangles(ops.triu),
  maskedFill: [
    mixed('equal shapes', [{ shape: [3, 4] }, truth([3, 4])], (x, mask) => ops.maskedFill(x, mask, -5)),
    mixed('broadcast mask', [{ shape: [3, 4] }, truth([4])], (x, mask) => ops.maskedFill(x, mask, 3)),
    mixed('broadcast input', [{ shape: [4] }, truth([3, 1])], (x, mask) => ops.maskedFill(x, mask, 2)),
    mixed('empty', [{ shape: [0, 4] }, truth([4])], (x, mask) => ops.maskedFill(x, mask, 2)),
    fixed('-Infinity', [{ shape: [3, 4] }, truth([4])], (x, mask) => ops.maskedFill(x, mask, -Infinity)),
    fixed('int32', [whole([7]), truth([7])], (x, mask) => ops.maskedFill(x, mask, 4)),
  ],
  matmul: [
    ...matmulShapes.map(([a, b]) => floats(`[${a.join(',')}] [${b.join(',')}]`, [a, b], ops.matmul)),
    floats(
      'transposed left',
      [
        [4, 3],
        [4, 5],
      ],
      (a, b) => ops.matmul(ops.transpose(a, 0, 1), b),
    ),
    floats(
      'transposed right',
      [
        [3, 4],
        [5, 4],
      ],
      (a, b) => ops.matmul(a, ops.transpose(b, 0, 1)),
    ),
    floats('with itself', [[3, 3]], (a) => ops.matmul(a, a)),
  ],
}

/** Cases of builders that only combine operations: PyTorch's names for what the operations above do. */
export const movementBuilderCases: OperationCases = {
  transpose: [
    floats('matrix', [[3, 5]], (x) => ops.transpose(x, 0, 1)),
    floats('negative axes', [[2, 3, 4]], (x) => ops.transpose(x, -1, 0)),
  ],
  squeeze: [
    floats('all', [[1, 3, 1]], (x) => ops.squeeze(x)),
    floats('one', [[1, 3, 1]], (x) => ops.squeeze(x, -1)),
    floats('a larger axis stays', [[1, 3, 1]], (x) => ops.squeeze(x, 1)),
  ],
  unsqueeze: [
    floats('in front', [[3, 4]], (x) => ops.unsqueeze(x, 0)),
    floats('behind', [[3, 4]], (x) => ops.unsqueeze(x, -1)),
  ],
  flatten: [
    floats('all', [[2, 3, 4]], (x) => ops.flatten(x)),
    floats('but the batch', [[2, 3, 4]], (x) => ops.flatten(x, 1)),
    floats('scalar', [[]], (x) => ops.flatten(x)),
  ],
  split: [
    floats('sum of the parts', [[7, 2]], (x) =>
      ops
        .split(x, 3)
        .map((part) => ops.sum(part))
        .reduce(ops.add),
    ),
  ],
  flip: [
    floats('rows', [[3, 4]], (x) => ops.flip(x, [0])),
    floats('both', [[3, 4]], (x) => ops.flip(x, [0, -1])),
    floats('empty', [[0, 4]], (x) => ops.flip(x, [0])),
  ],
  stack: [
    floats('in front', [[3], [3]], (...x) => ops.stack(x)),
    floats(
      'behind',
      [
        [2, 3],
        [2, 3],
      ],
      (...x) => ops.stack(x, -1),
    ),
  ],
  arange: [
    fixed('int32', [], () => ops.arange(3, -8, -2)),
    fixed('float32', [], () => ops.arange(1, 2, 0.25)),
    fixed('empty', [], () => ops.arange(0, 0)),
  ],
}
