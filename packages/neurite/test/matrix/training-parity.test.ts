/** Whole training steps as programs against PyTorch's losses, below modules and optimisers. */
import { describe, expect, test } from 'vitest'
import type { Backend, BindingDeclaration, BindingValue, StateStorage } from '../../src/compiler/program.ts'
import { gradients } from '../../src/graph/autodiff.ts'
import type { DType, Node, Shape, TensorType } from '../../src/graph/node.ts'
import * as ops from '../../src/ops/index.ts'
import { makeT2Data, readT1, readT2, type TrainingFixture } from '../support/training-fixtures.ts'
import { backends } from './backends.ts'

/** Collects the bindings of a program. */
class ProgramBuilder {
  readonly declarations: BindingDeclaration[] = []

  bind(kind: BindingDeclaration['kind'], shape: Shape, dtype: DType = 'float32'): Node {
    const type: TensorType = { shape, dtype }
    this.declarations.push({ kind, type })
    return ops.binding({ index: this.declarations.length - 1, type })
  }

  assign(state: Node, value: Node): { binding: number; value: Node } {
    return { binding: (state.attributes as { index: number }).index, value }
  }
}

interface Network {
  readonly fixture: TrainingFixture
  readonly activation: (x: Node) => Node
  readonly targets: { readonly shape: Shape; readonly dtype: DType }
  readonly loss: (logits: Node, targets: Node) => Node
  /** New values of the parameter and of as many slots as it takes; `scalars` change from step to step. */
  readonly update: (
    parameter: Node,
    gradient: Node,
    slots: readonly Node[],
    scalars: readonly Node[],
  ) => readonly Node[]
  readonly slots: number
  readonly scalars: (step: number) => readonly number[]
  readonly weights: readonly Float32Array[]
  readonly biases: readonly Float32Array[]
  readonly batches: readonly { readonly inputs: Float32Array; readonly targets: Float32Array | Int32Array }[]
}

/** Runs `steps` steps; gives the losses and the parameters, weight and bias in turn. */
function train(backend: Backend, network: Network, steps: number): { losses: number[]; parameters: Float32Array[] } {
  const { fixture, activation, targets, slots, batches } = network
  const builder = new ProgramBuilder()
  const inputNode = builder.bind('data', [fixture.batchSize, fixture.sizes[0]!])
  const targetNode = builder.bind('data', targets.shape, targets.dtype)
  const scalarNodes = network.scalars(1).map(() => builder.bind('scalar', []))
  const storages: StateStorage[] = []
  const state = (shape: Shape, initial?: Float32Array): Node => {
    storages.push(backend.createState({ shape, dtype: 'float32' }, initial))
    return builder.bind('state', shape)
  }
  const layers = network.weights.map((weight, i) => {
    const [fanIn, fanOut] = [fixture.sizes[i]!, fixture.sizes[i + 1]!]
    return { weight: state([fanOut, fanIn], weight), bias: state([fanOut], network.biases[i]) }
  })
  let x = inputNode
  for (const [i, { weight, bias }] of layers.entries()) {
    x = ops.add(ops.matmul(x, ops.transpose(weight, 0, 1)), bias)
    if (i + 1 < layers.length) x = activation(x)
  }
  const loss = network.loss(x, targetNode)
  const parameters = layers.flatMap(({ weight, bias }) => [weight, bias])
  const found = gradients(loss, parameters)
  const assignments = parameters.flatMap((parameter, i) => {
    const own = Array.from({ length: slots }, () => state(parameter.shape))
    const values = network.update(parameter, found[i]!, own, scalarNodes)
    return [parameter, ...own].map((node, j) => builder.assign(node, values[j]!))
  })
  const program = backend.compile({ bindings: builder.declarations, outputs: [loss], assignments })
  const losses = Array.from({ length: steps }, (_, step) => {
    const batch = batches[step % batches.length]!
    const values: BindingValue[] = [batch.inputs, batch.targets, ...network.scalars(step + 1), ...storages]
    return program.run(values)[0]![0]!
  })
  const end = parameters.map((_, i) => storages[i]!.read() as Float32Array)
  program.free()
  for (const storage of storages) storage.free()
  return { losses, parameters: end }
}

function expectLosses(losses: readonly number[], { float64, tolerances }: TrainingFixture): void {
  const wrong = losses.flatMap((loss, step) =>
    Math.abs(loss - float64[step]!) <= tolerances[step]! ? [] : [`step ${step}: ${loss} instead of ${float64[step]!}`],
  )
  expect(wrong).toEqual([])
}

function expectNear(values: Float32Array, expected: readonly number[], tolerance: number): void {
  expect(values.length).toBe(expected.length)
  const errors = expected.map((value, i) => Math.abs(value - values[i]!))
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance)
}

function t1(): Network {
  const fixture = readT1()
  return {
    fixture,
    activation: ops.tanh,
    targets: { shape: [10, 1], dtype: 'float32' },
    // Binary cross-entropy from a logit z and a label y: ln(1 + e^z) - y z.
    loss: (logits, targets) => ops.mean(ops.sub(ops.softplus(logits), ops.mul(targets, logits))),
    update: (parameter, gradient, _slots, [learningRate]) => [ops.sub(parameter, ops.mul(learningRate!, gradient))],
    slots: 0,
    scalars: () => [fixture.learningRate],
    weights: fixture.weights.map((rows) => Float32Array.from(rows.flat())),
    biases: fixture.biases.map((values) => Float32Array.from(values)),
    batches: fixture.batches.map(({ inputs, targets }) => ({
      inputs: Float32Array.from(inputs.flat()),
      targets: Float32Array.from(targets.flat()),
    })),
  }
}

const BETA1 = 0.9
const BETA2 = 0.999

function t2(): Network {
  const fixture = readT2()
  const { weights, batches } = makeT2Data(fixture)
  return {
    fixture,
    activation: ops.relu,
    targets: { shape: [128], dtype: 'int32' },
    loss(logits, targets) {
      const chosen = ops.gather(ops.logSoftmax(logits, 1), 1, ops.unsqueeze(targets, 1))
      return ops.neg(ops.mean(chosen))
    },
    update(parameter, gradient, [mean, square], [stepSize, scale]) {
      const newMean = ops.add(ops.mul(mean!, BETA1), ops.mul(gradient, 1 - BETA1))
      const newSquare = ops.add(ops.mul(square!, BETA2), ops.mul(ops.square(gradient), 1 - BETA2))
      const divisor = ops.add(ops.mul(ops.sqrt(newSquare), scale!), 1e-8)
      return [ops.sub(parameter, ops.mul(stepSize!, ops.div(newMean, divisor))), newMean, newSquare]
    },
    slots: 2,
    scalars: (step) => [1e-3 / (1 - BETA1 ** step), 1 / Math.sqrt(1 - BETA2 ** step)],
    weights,
    biases: fixture.sizes.slice(1).map((size) => new Float32Array(size)),
    batches,
  }
}

describe.each(backends.map(({ name, exact, backend }) => ({ name, exact, backend })))(
  'on $name',
  ({ exact, backend }) => {
    test('T1 follows PyTorch for 100 steps', () => {
      const network = t1()
      const { losses, parameters } = train(backend, network, network.fixture.steps)
      expectLosses(losses, network.fixture)
      const { end, endTolerance } = readT1()
      for (const [i, values] of end.entries()) expectNear(parameters[i]!, values, endTolerance)
    })

    // In float64 and plain loops a step takes a second: two are enough to check the formulas.
    const steps = exact ? 2 : 100
    test(`T2 follows PyTorch for ${steps} steps`, () => {
      const network = t2()
      const { losses, parameters } = train(backend, network, steps)
      expectLosses(losses, network.fixture)
      if (exact) return
      const { endBias, endTolerance } = readT2()
      expectNear(parameters.at(-1)!, endBias, endTolerance)
    })
  },
)
