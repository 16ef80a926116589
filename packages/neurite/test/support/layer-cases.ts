/** What PyTorch computes for layers, read from test/fixtures/layers (scripts/fixtures/layer_cases.py says how it was made). */
import { readdirSync } from 'node:fs'
import * as neurite from '../../src/index.ts'
import { type Module, tensor, Tensor } from '../../src/index.ts'
import {
  fixtureWeights,
  readFixture,
  type StoredNumber,
  storedValues,
  type StoredTensor,
  toArray,
} from './operation-fixtures.ts'
import { repositoryRoot } from './shared.ts'

/** One call of one layer. */
export interface LayerCase {
  readonly layer: string
  readonly arguments: readonly unknown[]
  readonly options: object | null
  readonly mode: 'train' | 'eval'
  readonly state: Readonly<Record<string, StoredTensor>>
  readonly inputs: readonly StoredTensor[]
  readonly named: Readonly<Record<string, StoredTensor | number | boolean>>
  readonly outputs: readonly StoredTensor[]
  readonly gradients: {
    readonly inputs: readonly (readonly StoredNumber[] | null)[]
    readonly parameters: Readonly<Record<string, readonly StoredNumber[] | null>>
  }
  readonly after: Readonly<Record<string, StoredTensor>>
}

/** All cases of all families: every file in the folder. */
export function readLayerCases(): LayerCase[] {
  const folder = `${repositoryRoot}/packages/neurite/test/fixtures/layers`
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => readFixture<LayerCase[]>(`layers/${name}`))
}

export function describeLayerCase({ layer, arguments: sizes, options, mode, inputs, named }: LayerCase): string {
  const given = [...sizes, ...(options === null ? [] : [options])].map((value) => JSON.stringify(value))
  const shapes = inputs.map(({ shape }) => `[${shape.join()}]`)
  return `${layer}(${given.join(', ')}) of ${[...shapes, ...Object.keys(named)].join(' ')}, ${mode}`
}

/** The layer of a case in its mode; without `state` with weights of its own. */
export function makeLayer({ layer, arguments: sizes, options, mode, state }: LayerCase, withState = true): Module {
  const kinds = neurite as unknown as Readonly<Record<string, new (...args: unknown[]) => Module>>
  const kind = kinds[layer]
  if (kind === undefined) throw new Error(`the fixture names a layer that does not exist: ${layer}`)
  const made = new kind(...sizes, ...(options === null ? [] : [options]))
  if (withState)
    made.loadStateDict(Object.fromEntries(Object.entries(state).map(([name, value]) => [name, asTensor(value)])))
  return made.train(mode === 'train')
}

export function asTensor({ dtype, shape, values }: StoredTensor, requiresGrad = false): Tensor {
  const made: Tensor = tensor(toArray(storedValues(values), dtype), { shape, dtype })
  if (requiresGrad && dtype === 'float32') made.requiresGrad = true
  return made
}

/** Calls the layer, and gives all tensors that it returns. */
export function callLayer(item: LayerCase, layer: Module, inputs: readonly Tensor[]): Tensor[] {
  const named = Object.entries(item.named).map(([name, value]) => [
    name,
    typeof value === 'object' ? asTensor(value) : value,
  ])
  const extra = named.length === 0 ? [] : [Object.fromEntries(named)]
  return tensorsIn((layer.forward as (...args: unknown[]) => unknown).call(layer, ...inputs, ...extra))
}

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value]
  return value === undefined || value === null ? [] : Object.values(value).flatMap(tensorsIn)
}

/** The number whose gradients are stored. */
export function weightedSum(outputs: readonly Tensor[]): Tensor {
  return outputs
    .filter(({ dtype }) => dtype === 'float32')
    .map((output): Tensor => {
      const factors: Tensor = tensor(fixtureWeights(output.size), { shape: output.shape, dtype: 'float32' })
      return output.mul(factors).sum()
    })
    .reduce((sum, part) => sum.add(part))
}
