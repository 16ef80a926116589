/** What a random program is made of: each move makes a value out of others, or nothing where it does not fit. */
import type { Node, Shape } from '../../src/graph/node.ts'
import { elementCount } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import type { ReduceOptions } from '../../src/ops/support/define-reduce.ts'
import type { Draft, Value } from './random-program.ts'

type Move = (draft: Draft, x: Value) => Value | undefined

const rankOf = ({ node }: Value): number => node.shape.length
const sizeOf = ({ node }: Value): number => elementCount(node.shape)
const inexact = (node: Node, bound: number): Value => ({ node, bound, grid: 0 })

/** A smooth function whose results are bounded. */
const smooth =
  (compute: (x: Node) => Node, bound: number): Move =>
  (_, x) =>
    inexact(compute(x.node), bound)

/** A function with kinks or jumps, which keeps multiples of the grid. */
const kinked =
  (compute: (x: Node, draft: Draft) => Node, more = 0): Move =>
  (draft, x) =>
    x.grid > 0 && x.grid <= 1 ? { ...x, node: compute(x.node, draft), bound: x.bound + more } : undefined

/** Elements change their places, or are repeated. */
const moved =
  (leastRank: number, compute: (x: Node, draft: Draft, axis: number) => Node | undefined): Move =>
  (draft, x) => {
    if (rankOf(x) < leastRank) return undefined
    const node = compute(x.node, draft, draft.below(rankOf(x)))
    return node === undefined ? undefined : { ...x, node }
  }

/** Along an axis of something that is not empty. */
const alongAxis =
  (compute: (x: Node, axis: number, draft: Draft) => Node, bound: (x: Value, length: number) => number): Move =>
  (draft, x) => {
    if (rankOf(x) === 0 || sizeOf(x) === 0) return undefined
    const axis = draft.below(rankOf(x))
    return inexact(compute(x.node, axis, draft), bound(x, x.node.shape[axis]!))
  }

/** A value that broadcasts with `x`: one of the pool, or a new one. */
function partner(draft: Draft, x: Value): Value {
  const fits = ({ node }: Value): boolean => {
    const rank = Math.min(node.shape.length, rankOf(x))
    const tails = [node.shape, x.node.shape].map((shape) => shape.slice(shape.length - rank))
    return tails[0]!.every((size, axis) => size === 1 || tails[1]![axis] === 1 || size === tails[1]![axis])
  }
  const others = draft.pool.filter(fits)
  if (draft.chance(0.8)) return draft.choose(others)
  const shape = x.node.shape.slice(draft.below(rankOf(x) + 1)).map((size) => (draft.chance(0.3) ? 1 : size))
  return draft.leaf(shape)
}

const additive =
  (compute: (a: Node, b: Node) => Node, isKinked = false): Move =>
  (draft, x) => {
    const y = partner(draft, x)
    if (isKinked && Math.min(x.grid, y.grid) === 0) return undefined
    const pair = draft.chance(0.5) ? ([x.node, y.node] as const) : ([y.node, x.node] as const)
    return { node: compute(...pair), bound: x.bound + y.bound, grid: Math.min(x.grid, y.grid) }
  }

const multiply: Move = (draft, x) => {
  const y = partner(draft, x)
  return { node: ops.mul(x.node, y.node), bound: x.bound * y.bound, grid: x.grid * y.grid }
}

const divide: Move = (draft, x) => {
  const y = partner(draft, x)
  return inexact(ops.div(x.node, ops.add(ops.square(y.node), 0.5)), 2 * x.bound)
}

const choice: Move = (draft, x) => {
  const y = partner(draft, x)
  if (x.grid === 0) return undefined
  const node = ops.where(ops.greater(x.node, 0.25), ops.add(x.node, 1), y.node)
  return { node, bound: Math.max(x.bound + 1, y.bound), grid: y.grid === 0 ? 0 : Math.min(x.grid, y.grid, 1) }
}

function someAxes(draft: Draft, { node }: Value): number[] {
  return [...node.shape.keys()].filter(() => draft.chance(0.5))
}

const sum: Move = (draft, x) => {
  const axes = someAxes(draft, x)
  const terms = axes.reduce((count, axis) => count * x.node.shape[axis]!, 1)
  return {
    node: ops.sum(x.node, { axes, keepDim: draft.chance(0.5) }),
    bound: Math.max(1, terms * x.bound),
    grid: x.grid,
  }
}

const reduction =
  (compute: (x: Node, options: ReduceOptions) => Node, more = 0): Move =>
  (draft, x) =>
    sizeOf(x) === 0
      ? undefined
      : inexact(compute(x.node, { axes: someAxes(draft, x), keepDim: draft.chance(0.5) }), x.bound + more)

const extreme =
  (compute: (x: Node, options: ReduceOptions) => Node): Move =>
  (draft, x) =>
    sizeOf(x) === 0 || x.grid === 0
      ? undefined
      : { ...x, node: compute(x.node, { axes: someAxes(draft, x), keepDim: draft.chance(0.5) }) }

const position: Move = (draft, x) => {
  if (rankOf(x) === 0 || sizeOf(x) === 0 || x.grid === 0) return undefined
  const axis = draft.below(rankOf(x))
  const node = draft.chance(0.5)
    ? ops.argmax(x.node, { axis, keepDim: draft.chance(0.5) })
    : ops.argsort(x.node, { axis, descending: draft.chance(0.5) })
  return { node: ops.cast(node, 'float32'), bound: x.node.shape[axis]!, grid: 1 }
}

const slice = moved(1, (x, draft) => {
  const start: number[] = []
  const size: number[] = []
  const step: number[] = []
  for (const length of x.shape) {
    const stride = length > 1 && draft.chance(0.5) ? draft.choose([-1, 2, -2, 3, -3]) : 1
    const most = Math.ceil(length / Math.abs(stride))
    const count = length === 0 ? 0 : 1 + draft.below(most)
    const span = Math.max(0, (count - 1) * Math.abs(stride))
    const first = length === 0 ? 0 : draft.below(length - span)
    start.push(stride < 0 ? first + span : first)
    size.push(count)
    step.push(stride)
  }
  return ops.slice(x, { start, size, step })
})

const pad = moved(1, (x, draft) => {
  const amounts = (): number[] => x.shape.map(() => (draft.chance(0.5) ? draft.below(3) : 0))
  return ops.pad(x, { before: amounts(), after: amounts(), value: draft.choose([0, 0.5]) })
})

/** Between elements, and behind them, lies another value; two parts that interleave. */
const place = moved(1, (x, draft, axis) => {
  const length = x.shape[axis]!
  if (length === 0) return undefined
  const shape = x.shape.map((size, i) => (i === axis ? 2 * size + 1 : size))
  const zeros = x.shape.map(() => 0)
  const at = (first: number): number[] => zeros.map((_, i) => (i === axis ? first : 0))
  const isTwo = draft.chance(0.5)
  return ops.place(isTwo ? [x, ops.neg(x)] : [x], {
    shape,
    start: isTwo ? [at(1), at(0)] : [at(draft.below(3))],
    step: (isTwo ? [0, 1] : [0]).map(() => x.shape.map((_, i) => (i === axis ? 2 : 1))),
    value: draft.choose([0, 0.25]),
  })
})

const windows = moved(1, (x, draft, axis) => {
  const size = 1 + draft.below(3)
  const dilation = 1 + draft.below(2)
  const length = x.shape[axis]!
  if ((size - 1) * dilation + 1 > length || x.shape.length > 4) return undefined
  return ops.windows(x, { axis, size, dilation, stride: 1 + draft.below(3) })
})

/** Flat, or one axis more. */
const reshape = moved(0, (x, draft) => {
  const count = elementCount(x.shape)
  const factor = [4, 3, 2].find((part) => count % part === 0) ?? 1
  return ops.reshape(x, draft.choose<Shape>([[count], [factor, count / factor], [...x.shape, 1], [1, ...x.shape]]))
})

const permute = moved(2, (x, draft) => {
  const rest = [...x.shape.keys()]
  return ops.permute(
    x,
    x.shape.map(() => rest.splice(draft.below(rest.length), 1)[0]!),
  )
})

const select = moved(1, (x, draft, axis) => {
  if (elementCount(x.shape) === 0) return undefined
  const index = draft.positions([1 + draft.below(5)], x.shape[axis]!)
  return axis === 0 && x.shape.length === 2 ? ops.embedding(x, index) : ops.indexSelect(x, axis, index)
})

const gather = moved(1, (x, draft, axis) => {
  if (elementCount(x.shape) === 0) return undefined
  const shape = x.shape.map((size, i) => (i === axis ? 3 : size))
  return ops.gather(x, axis, draft.positions(shape, x.shape[axis]!))
})

const scatter: Move = (draft, x) => {
  if (rankOf(x) === 0 || sizeOf(x) === 0) return undefined
  const axis = draft.below(rankOf(x))
  const length = 1 + draft.below(4)
  const base = draft.leaf(x.node.shape.map((size, i) => (i === axis ? length : size)))
  const node = ops.scatterAdd(base.node, axis, draft.positions(x.node.shape, length), x.node)
  return { node, bound: 2 + x.bound * x.node.shape[axis]!, grid: Math.min(x.grid, base.grid) }
}

const product: Move = (draft, x) => {
  const rank = rankOf(x)
  if (rank === 0) return undefined
  const isOwn = rank > 1 && draft.chance(0.3)
  const inner = x.node.shape.at(-1)!
  const y: Value = isOwn
    ? { ...x, node: ops.transpose(x.node, rank - 2, rank - 1) }
    : draft.leaf([inner, 1 + draft.below(draft.mostElements > 1000 ? 40 : 9)])
  return {
    node: ops.matmul(x.node, y.node),
    bound: Math.max(1, inner * x.bound * y.bound),
    grid: x.grid * y.grid,
  }
}

/** As pictures [N, C, H, W], where there is something to see. */
function asPictures({ node }: Value): Node | undefined {
  const rank = node.shape.length
  if (rank < 2 || rank > 4 || elementCount(node.shape) === 0) return undefined
  return ops.reshape(node, [...[1, 1].slice(rank - 2), ...node.shape])
}

const convolution: Move = (draft, x) => {
  const pictures = asPictures(x)
  if (pictures === undefined) return undefined
  const [, channels, height, width] = pictures.shape as [number, number, number, number]
  const size = 1 + draft.below(3)
  const padding = draft.below(2)
  if (Math.min(height, width) + 2 * padding < size) return undefined
  const groups = draft.choose([1, channels])
  const filters = draft.leaf([groups * (1 + draft.below(3)), channels / groups, size, size])
  const node = ops.convolution(pictures, filters.node, { padding, groups, stride: 1 + draft.below(2) })
  const terms = (channels / groups) * size * size
  return { node, bound: terms * x.bound * 2, grid: x.grid * filters.grid }
}

const transposed: Move = (draft, x) => {
  const pictures = asPictures(x)
  if (pictures === undefined) return undefined
  const channels = pictures.shape[1]!
  const size = 2 + draft.below(3)
  const filters = draft.leaf([channels, 1 + draft.below(3), size, size])
  const stride = 1 + draft.below(2)
  const [height, width] = pictures.shape.slice(2) as [number, number]
  const padding = Math.min(height, width) > 1 ? 1 : 0
  const node = ops.transposedConvolution(pictures, filters.node, { stride, padding })
  return { node, bound: channels * size * size * x.bound * 2, grid: x.grid * filters.grid }
}

const pool: Move = (draft, x) => {
  const pictures = asPictures(x)
  if (pictures === undefined) return undefined
  const [height, width] = pictures.shape.slice(2) as [number, number]
  const size = 2 + draft.below(2)
  if (Math.min(height, width) < size) return undefined
  const options = { stride: 1 + draft.below(3), padding: draft.below(2) }
  if (x.grid > 0 && draft.chance(0.6)) return { ...x, node: ops.maxPool(pictures, size, options) }
  return inexact(ops.avgPool(pictures, size, options), x.bound)
}

const upsample: Move = (draft, x) => {
  const pictures = asPictures(x)
  if (pictures === undefined) return undefined
  const mode = draft.choose(['nearest', 'linear'] as const)
  return inexact(ops.upsample(pictures, { scaleFactor: 2, mode }), x.bound)
}

/** A recurrence over the first axis, forwards or backwards. */
const loop: Move = (draft, x) => {
  if (rankOf(x) < 2 || sizeOf(x) === 0 || x.node.shape[0]! > 20) return undefined
  const [, ...rest] = x.node.shape
  const start = draft.leaf(rest)
  const weights = draft.leaf([rest.at(-1)!, rest.at(-1)!])
  const isProduct = rest.length > 1 && draft.chance(0.6)
  const scale = 1 / (4 * rest.at(-1)!)
  const { carries, stacks } = ops.scan(
    ([h], [item]) => {
      const turned = isProduct ? ops.mul(ops.matmul(h!, weights.node), scale) : ops.mul(h!, 0.5)
      return { carries: [ops.tanh(ops.add(turned, item!))] }
    },
    { carries: [start.node], sequences: [x.node], reverse: draft.chance(0.4) },
  )
  return inexact(draft.chance(0.7) ? stacks[0]! : carries[0]!, 1)
}

export const moves: readonly Move[] = [
  additive(ops.add),
  additive(ops.sub),
  additive(ops.maximum, true),
  additive(ops.minimum, true),
  multiply,
  multiply,
  divide,
  choice,
  smooth((x) => ops.exp(ops.mul(x, 0.5)), 8),
  smooth(ops.tanh, 1),
  smooth(ops.sigmoid, 1),
  smooth(ops.sin, 1),
  smooth(ops.cos, 1),
  smooth(ops.erf, 1),
  smooth(ops.gelu, 4),
  smooth(ops.silu, 4),
  smooth(ops.softplus, 5),
  smooth((x) => ops.sqrt(ops.add(ops.square(x), 0.25)), 5),
  smooth((x) => ops.rsqrt(ops.add(ops.square(x), 0.5)), 2),
  smooth((x) => ops.log1p(ops.square(x)), 3),
  smooth((x) => ops.pow(ops.add(ops.square(x), 0.5), 1.5), 80),
  smooth((x) => ops.mul(ops.detach(x), x), 16),
  kinked(ops.relu),
  kinked(ops.abs),
  kinked((x) => ops.clamp(x, { min: -0.5, max: 1 }), 1),
  kinked((x) => ops.add(ops.floor(x), x), 5),
  kinked((x) => ops.mul(ops.cast(ops.cast(x, 'int32'), 'float32'), 2), 5),
  kinked((x) => ops.maskedFill(x, ops.less(x, 0), 0.25)),
  moved(1, (x, _, axis) => ops.flip(x, [axis])),
  moved(0, (x) => (x.shape.length > 2 ? undefined : ops.expand(x, [2, ...x.shape]))),
  moved(1, (x, _, axis) => ops.concat([x, ops.neg(x), ops.flip(x, [axis])], axis)),
  moved(1, (x, draft, axis) => ops.concat(draft.chance(0.5) ? [x, x] : [x, ops.flip(x, [0]), x], axis)),
  moved(0, (x) => (x.shape.length > 2 ? undefined : ops.stack([x, ops.neg(x)], x.shape.length))),
  moved(2, (x, draft) => (draft.chance(0.5) ? ops.tril(x) : ops.triu(x, 1))),
  slice,
  slice,
  pad,
  place,
  windows,
  reshape,
  permute,
  permute,
  select,
  gather,
  scatter,
  sum,
  sum,
  reduction(ops.mean),
  reduction(ops.logSumExp, 12),
  extreme(ops.max),
  extreme(ops.min),
  position,
  alongAxis(ops.softmax, () => 1),
  alongAxis(ops.logSoftmax, (x, length) => 2 * x.bound + Math.log(length)),
  alongAxis(ops.cumsum, (x, length) => x.bound * length),
  alongAxis(
    (x, axis) => ops.standardise(x, { axes: [axis], eps: 0.25 }),
    (x) => 4 * x.bound,
  ),
  product,
  product,
  convolution,
  transposed,
  pool,
  upsample,
  loop,
]
