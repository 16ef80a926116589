import * as ops from '../../src/ops/index.ts'
import { bytes, distinct, fixed, floats, index, mixed, truth, whole, withNaN } from './case-makers.ts'
import type { OperationCases } from './operation-cases.ts'

/** Cases of the operations that index, sort and draw, by operation name. */
export const indexingCases: OperationCases = {
  gather: [
    mixed('last axis', [{ shape: [3, 4] }, index([3, 5], 4)], (x, i) => ops.gather(x, -1, i)),
    mixed('first axis', [{ shape: [4, 3] }, index([2, 3], 4)], (x, i) => ops.gather(x, 0, i)),
    mixed('smaller index', [{ shape: [3, 4, 5] }, index([2, 6, 3], 4)], (x, i) => ops.gather(x, 1, i)),
    mixed('one element', [{ shape: [37] }, index([1], 37)], (x, i) => ops.gather(x, 0, i)),
    mixed('no index', [{ shape: [3, 4] }, index([3, 0], 4)], (x, i) => ops.gather(x, 1, i)),
    mixed('uint8 index', [{ shape: [5] }, bytes([7], 4)], (x, i) => ops.gather(x, 0, i)),
    fixed('bool', [truth([5]), index([7], 5)], (x, i) => ops.gather(x, 0, i)),
  ],
  scatterAdd: [
    mixed('last axis', [{ shape: [3, 4] }, index([3, 5], 4), { shape: [3, 5] }], (x, i, s) =>
      ops.scatterAdd(x, -1, i, s),
    ),
    mixed('first axis', [{ shape: [4, 3] }, index([6, 3], 4), { shape: [6, 3] }], (x, i, s) =>
      ops.scatterAdd(x, 0, i, s),
    ),
    mixed('smaller index', [{ shape: [3, 4, 5] }, index([2, 6, 3], 4), { shape: [2, 7, 5] }], (x, i, s) =>
      ops.scatterAdd(x, 1, i, s),
    ),
    mixed('all to one place', [{ shape: [1] }, index([37], 1), { shape: [37] }], (x, i, s) =>
      ops.scatterAdd(x, 0, i, s),
    ),
    mixed('nothing', [{ shape: [3] }, index([0], 3), { shape: [0] }], (x, i, s) => ops.scatterAdd(x, 0, i, s)),
    fixed('int32', [whole([5]), index([9], 5), whole([9])], (x, i, s) => ops.scatterAdd(x, 0, i, s)),
  ],
  indexSelect: [
    mixed('rows', [{ shape: [4, 3] }, index([6], 4)], (x, i) => ops.indexSelect(x, 0, i)),
    mixed('middle axis', [{ shape: [2, 5, 3] }, index([4], 5)], (x, i) => ops.indexSelect(x, 1, i)),
    mixed('last axis', [{ shape: [3, 5] }, index([1], 5)], (x, i) => ops.indexSelect(x, -1, i)),
    mixed('no index', [{ shape: [4, 3] }, index([0], 4)], (x, i) => ops.indexSelect(x, 0, i)),
    fixed('uint8', [bytes([4, 3]), bytes([5], 3)], (x, i) => ops.indexSelect(x, 0, i)),
  ],
  embedding: [
    mixed('vector', [{ shape: [5, 3] }, index([7], 5)], ops.embedding),
    mixed('matrix', [{ shape: [5, 3] }, index([2, 3], 5)], ops.embedding),
    mixed('scalar', [{ shape: [5, 3] }, index([], 5)], ops.embedding),
    mixed('size 1', [{ shape: [1, 1] }, index([4], 1)], ops.embedding),
    mixed('no index', [{ shape: [5, 3] }, index([0], 5)], ops.embedding),
  ],
  oneHot: [
    fixed('vector', [index([7], 5)], (i) => ops.oneHot(i, 5)),
    fixed('matrix', [index([2, 3], 4)], (i) => ops.oneHot(i, 4)),
    fixed('scalar', [index([], 4)], (i) => ops.oneHot(i, 4)),
    fixed('uint8', [bytes([5], 2)], (i) => ops.oneHot(i, 3)),
    fixed('empty', [index([0], 4)], (i) => ops.oneHot(i, 4)),
  ],
  argsort: [
    fixed('rows', [distinct([3, 7])], (x) => ops.argsort(x)),
    fixed('columns', [distinct([5, 3])], (x) => ops.argsort(x, { axis: 0 })),
    fixed('middle axis, descending', [distinct([2, 5, 3])], (x) => ops.argsort(x, { axis: 1, descending: true })),
    fixed('NaN and ties', [withNaN], (x) => ops.argsort(x)),
    fixed('NaN and ties, descending', [withNaN], (x) => ops.argsort(x, { descending: true })),
    fixed('long, with ties', [whole([200], -20, 20)], (x) => ops.argsort(x)),
    fixed('bool', [truth([9])], (x) => ops.argsort(x, { descending: true })),
    fixed('size 1', [distinct([3, 1])], (x) => ops.argsort(x)),
    fixed('empty', [distinct([3, 0])], (x) => ops.argsort(x)),
  ],
  cumsum: [
    floats('rows', [[3, 5]], (x) => ops.cumsum(x, 1)),
    floats('columns', [[3, 5]], (x) => ops.cumsum(x, 0)),
    floats('middle axis', [[2, 5, 3]], (x) => ops.cumsum(x, -2)),
    floats('long', [[37]], (x) => ops.cumsum(x, 0)),
    floats('empty', [[0, 3]], (x) => ops.cumsum(x, 0)),
    fixed('int32 wraps', [{ shape: [3], dtype: 'int32', values: [2147483647, 1, -5] }], (x) => ops.cumsum(x, 0)),
    fixed('bool', [truth([9])], (x) => ops.cumsum(x, 0)),
  ],
  threefry: [
    fixed(
      'known answers',
      [
        { shape: [3], dtype: 'int32', values: [0, -1, 0x13198a2e] },
        { shape: [3], dtype: 'int32', values: [0, -1, 0x03707344] },
        { shape: [3], dtype: 'int32', values: [0, -1, 0x85a308d3 | 0] },
        { shape: [3], dtype: 'int32', values: [0, -1, 0x243f6a88] },
      ],
      ops.threefry,
    ),
    fixed('scalar', [whole([]), whole([]), whole([]), whole([])], ops.threefry),
    fixed('a stream', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.randomBits([5, 9], { key0, key1, counter }, 45),
    ),
  ],
  unitInterval: [
    fixed('ends', [{ shape: [6], dtype: 'int32', values: [0, 255, 256, -1, -2147483648, 2147483647] }], (bits) =>
      ops.unitInterval(bits),
    ),
    fixed('long', [whole([37], -2147483648, 2147483647)], (bits) => ops.unitInterval(bits)),
    fixed('small', [whole([9], -4096, 4096)], (bits) => ops.unitInterval(bits)),
    fixed('empty', [whole([0])], (bits) => ops.unitInterval(bits)),
  ],
}

/** Cases of builders that only combine operations. */
export const indexingBuilderCases: OperationCases = {
  sort: [
    mixed('values', [distinct([4, 7])], (x) => ops.sort(x).values),
    mixed('values, descending', [distinct([5, 3])], (x) => ops.sort(x, { axis: 0, descending: true }).values),
    fixed('indices', [distinct([5, 3])], (x) => ops.sort(x, { axis: 0 }).indices),
    fixed('NaN', [withNaN], (x) => ops.sort(x).values),
  ],
  topk: [
    mixed('largest', [distinct([4, 7])], (x) => ops.topk(x, 3).values),
    mixed('smallest', [distinct([5, 3])], (x) => ops.topk(x, 2, { axis: 0, largest: false }).values),
    fixed('indices', [distinct([4, 7])], (x) => ops.topk(x, 3).indices),
    mixed('none', [distinct([4, 7])], (x) => ops.topk(x, 0).values),
  ],
  uniform: [
    fixed('0 to 1', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.uniform([3, 17], { stream: { key0, key1, counter } }),
    ),
    fixed('-2 to 3', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.uniform([3, 17], { stream: { key0, key1, counter }, low: -2, high: 3 }),
    ),
  ],
  normal: [
    fixed('standard', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.normal([3, 17], { stream: { key0, key1, counter } }),
    ),
    fixed('moved', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.normal([37], { stream: { key0, key1, counter }, mean: 3, standardDeviation: 0.5 }),
    ),
  ],
  bernoulli: [
    fixed(
      'probabilities',
      [{ shape: [5, 9], range: [0, 1] }, whole([]), whole([]), whole([])],
      (p, key0, key1, counter) => ops.bernoulli(p, { stream: { key0, key1, counter } }),
    ),
  ],
  categorical: [
    fixed('rows', [{ shape: [6, 5] }, whole([]), whole([]), whole([])], (logits, key0, key1, counter) =>
      ops.categorical(logits, { stream: { key0, key1, counter } }),
    ),
  ],
  permutation: [
    fixed('37', [whole([]), whole([]), whole([])], (key0, key1, counter) =>
      ops.permutation(37, { stream: { key0, key1, counter } }),
    ),
  ],
}
