/** Scans of every kind, as graphs over inputs: the reference backend, gradients and the compiled backends run them all. */
import type { Node } from '../../src/graph/node.ts'
import {
  add,
  cast,
  concat,
  constant,
  cumsum,
  gather,
  greater,
  matmul,
  mul,
  permute,
  reshape,
  scan,
  sigmoid,
  slice,
  softmax,
  sub,
  sum,
  tanh,
  where,
} from '../../src/ops/index.ts'
import type { OperationCase } from '../support/operation-cases.ts'

const flat = (x: Node): Node => reshape(x, [-1])
const all = (...nodes: Node[]): Node => concat(nodes.map(flat))

/** A recurrent layer: sequences [T, B, F], W_ih [H, F], W_hh [H, H], b [H], h [B, H]. */
function recurrent(x: Node, w: Node, u: Node, b: Node, h0: Node, reverse: boolean, length?: Node): Node {
  const projected = matmul(x, permute(w, [1, 0]))
  const { carries, outputs } = scan(
    ([h], [p]) => {
      const next = tanh(add(add(p!, matmul(h!, permute(u, [1, 0]))), b))
      return { carries: [next], outputs: [next] }
    },
    { carries: [h0], sequences: [projected], reverse, length },
  )
  return all(carries[0]!, outputs[0]!)
}

const weights = (T: number, B: number, F: number, H: number): OperationCase['inputs'] => [
  { shape: [T, B, F] },
  { shape: [H, F] },
  { shape: [H, H] },
  { shape: [H] },
  { shape: [B, H] },
]

function gated(x: Node, u: Node, h0: Node, c0: Node): Node {
  const H = h0.shape[1]!
  const { carries, outputs, stacks } = scan(
    ([h, c], [p]) => {
      const gates = add(p!, matmul(h!, u))
      const gate = (k: number): Node => slice(gates, { start: [0, k * H], size: [h!.shape[0]!, H] })
      const next = add(mul(sigmoid(gate(1)), c!), mul(sigmoid(gate(0)), tanh(gate(2))))
      const out = mul(sigmoid(gate(3)), tanh(next))
      return { carries: [out, next], outputs: [out] }
    },
    { carries: [h0, c0], sequences: [x] },
  )
  return all(carries[0]!, carries[1]!, outputs[0]!, slice(stacks[1]!, { start: [0, 0, 0], size: [1, ...h0.shape] }))
}

/** A number that the case does not change: how many steps are run. */
const steps = (value: number): Node => cast(constant(value, 'float32'), 'int32')

export const scanCases: readonly (OperationCase & { readonly name: string })[] = [
  { name: 'a running sum', inputs: [{ shape: [5, 3] }, { shape: [3] }], build: ([x, s]) => running(x!, s!) },
  ...[1, 4].flatMap((T) =>
    [false, true].map((reverse) => ({
      name: `a recurrent layer of ${T} steps${reverse ? ', backwards' : ''}`,
      inputs: weights(T, 2, 3, 5),
      build: ([x, w, u, b, h]: readonly Node[]) => recurrent(x!, w!, u!, b!, h!, reverse),
    })),
  ),
  ...[0, 2, 9].flatMap((length) =>
    [false, true].map((reverse) => ({
      name: `${length} of 4 steps${reverse ? ', backwards' : ''}`,
      inputs: weights(4, 2, 1, 3),
      build: ([x, w, u, b, h]: readonly Node[]) => recurrent(x!, w!, u!, b!, h!, reverse, steps(length)),
    })),
  ),
  {
    name: 'gates and two carries',
    inputs: [{ shape: [3, 2, 8] }, { shape: [2, 8] }, { shape: [2, 2] }, { shape: [2, 2] }],
    build: ([x, u, h, c]) => gated(x!, u!, h!, c!),
  },
  {
    name: 'sizes of 1',
    inputs: weights(3, 1, 1, 1),
    build: ([x, w, u, b, h]) => recurrent(x!, w!, u!, b!, h!, false),
  },
  {
    name: 'outputs without carries',
    inputs: [{ shape: [4, 3] }, { shape: [3] }],
    build: ([x, w]) =>
      scan((_, [p]) => ({ carries: [], outputs: [mul(p!, w!)] }), { carries: [], sequences: [x!] }).outputs[0]!,
  },
  {
    name: 'carries without sequences',
    inputs: [{ shape: [2, 2] }, { shape: [2, 2] }],
    build: ([a, x]) => scan(([s]) => ({ carries: [tanh(matmul(a!, s!))] }), { carries: [x!], steps: 3 }).carries[0]!,
  },
  {
    name: 'an invariant that is neither product nor sum',
    inputs: [{ shape: [3, 2] }, { shape: [2] }, { shape: [2] }],
    build: ([x, w, s]) =>
      scan(([state], [p]) => ({ carries: [mul(add(state!, mul(p!, w!)), w!)] }), { carries: [s!], sequences: [x!] })
        .carries[0]!,
  },
  {
    name: 'softmax, gather and a mask in the body',
    inputs: [{ shape: [3, 2, 4] }, { shape: [2, 4] }, { shape: [2, 4], dtype: 'int32', range: [0, 3] }],
    build: ([x, s, index]) => {
      const { carries, outputs } = scan(
        ([state], [p]) => {
          const mixed = gather(softmax(add(state!, p!), 1), 1, index!)
          const next = where(greater(p!, 0), mixed, sub(state!, 0.5))
          return { carries: [next], outputs: [sum(mul(next, p!), { axes: 1 }), cumsum(next, 1)] }
        },
        { carries: [s!], sequences: [x!] },
      )
      return all(carries[0]!, outputs[0]!, outputs[1]!)
    },
  },
  {
    name: 'an integer carry and a bool sequence',
    inputs: [{ shape: [4, 2] }, { shape: [2] }],
    build: ([x, s]) => {
      const { carries, outputs } = scan(
        ([state, count], [p, positive]) => {
          const next = where(positive!, add(state!, mul(p!, count!)), state!)
          return { carries: [next, add(count!, 1)], outputs: [cast(count!, 'float32')] }
        },
        { carries: [s!, constant(1, 'int32')], sequences: [x!, greater(x!, 0)] },
      )
      return all(carries[0]!, outputs[0]!, cast(carries[1]!, 'float32'))
    },
  },
  {
    name: 'a scan in a scan',
    inputs: [{ shape: [3, 4, 2] }, { shape: [2] }, { shape: [2, 2] }],
    build: ([x, s, w]) => {
      const outer = scan(
        ([state], [row]) => {
          const inner = scan(
            ([h], [p]) => ({ carries: [tanh(add(p!, reshape(matmul(reshape(h!, [1, 2]), w!), [2])))] }),
            {
              carries: [state!],
              sequences: [row!],
            },
          )
          return { carries: [inner.carries[0]!], outputs: [inner.stacks[0]!] }
        },
        { carries: [s!], sequences: [x!] },
      )
      return all(outer.carries[0]!, outer.outputs[0]!)
    },
  },
  {
    name: 'sequences in another order in memory',
    inputs: [{ shape: [2, 4, 3] }, { shape: [2, 3] }],
    build: ([x, s]) => {
      const { stacks } = scan(([state], [p]) => ({ carries: [tanh(add(state!, p!))] }), {
        carries: [s!],
        sequences: [permute(x!, [1, 0, 2])],
        reverse: true,
      })
      return permute(stacks[0]!, [1, 0, 2])
    },
  },
]

function running(x: Node, start: Node): Node {
  const { carries, stacks } = scan(([s], [p]) => ({ carries: [add(s!, p!)] }), { carries: [start], sequences: [x] })
  return all(carries[0]!, stacks[0]!)
}
