import { fromData, trace, type Tensor } from 'neurite'
import type { UnitAddress } from '../core/address.ts'
import type { Probe } from '../core/protocol.ts'
import { biasPath, weightPath } from '../core/run/unit-elements.ts'
import type { MlpNetwork } from './mlp-network.ts'

/** One example of the training set, as a batch of one. */
export interface Example {
  readonly x: Tensor
  readonly y: Tensor
}

/** A unit of a hidden layer, or the output: what goes in, weight by weight, for one example. */
export async function probeUnit(
  network: MlpNetwork,
  address: UnitAddress,
  { x, y }: Example,
): Promise<Probe | undefined> {
  const { layers, activation } = network.spec.model
  const { layer, unit, example } = address
  const isOutput = layer === layers.length
  if (layer > layers.length || unit >= (isOutput ? 1 : layers[layer]!)) return undefined
  const values: Tensor[] = [x]
  const sums: Tensor[] = []
  const pass = await trace(() => {
    let value = x
    for (const [i, part] of ([...network.model] as { forward(x: Tensor): Tensor }[]).entries()) {
      value = part.forward(value)
      if (i % 2 === 0) sums.push(value)
      else values.push(value)
    }
    return network.lossOf(value, y)
  })
  const inputs = pass.of(values[layer]!)!.value
  const weights = (await network.values(weightPath(layer)))!
  const own = fromData(weights.slice(unit * inputs.length, (unit + 1) * inputs.length), [inputs.length]) as Tensor
  const { value: products } = (await trace(() => own.mul(fromData(Float32Array.from(inputs), [inputs.length])))).output
  const bias = (await network.values(biasPath(layer)))![unit]!
  const result = pass.of(isOutput ? sums[layer]! : values[layer + 1]!)!
  return {
    address,
    value: result.value[unit]!,
    gradient: result.gradient?.[unit],
    terms: Array.from(products, (product, i) => ({
      weight: { kind: 'parameter', path: weightPath(layer), index: unit * inputs.length + i },
      source:
        layer === 0 ? { kind: 'input', index: i, example } : { kind: 'activation', layer: layer - 1, unit: i, example },
      product,
    })),
    termValues: Array.from(inputs, (source, i) => ({ weight: weights[unit * inputs.length + i]!, source })),
    bias: { address: { kind: 'parameter', path: biasPath(layer), index: unit }, value: bias },
    sum: pass.of(sums[layer]!)!.value[unit]!,
    activation: isOutput ? undefined : activation,
    isFlat: !isOutput && activation === 'step',
  }
}
