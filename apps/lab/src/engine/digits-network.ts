import { Flatten, Linear, type Module, ReLU, Sequential } from 'neurite'
import { readSafetensors } from 'neurite/formats'

/** A layer as `model.json` describes it. */
interface Layer {
  readonly type: string
  readonly [option: string]: unknown
}

/** The network that a description tells of; undefined for layers that the front page does not know. */
export function networkOf(architecture: readonly Layer[]): Sequential | undefined {
  const layers: Module[] = []
  for (const { type, inFeatures, outFeatures, bias } of architecture) {
    if (type === 'Flatten') layers.push(new Flatten())
    else if (type === 'ReLU') layers.push(new ReLU())
    else if (type === 'Linear') {
      layers.push(new Linear(Number(inFeatures), Number(outFeatures), { bias: bias !== false }))
    } else return undefined
  }
  return new Sequential(...(layers as never[]))
}

/** Puts weights in the safetensors format into a network. */
export function loadWeights(network: Sequential, bytes: Uint8Array): void {
  network.loadStateDict(readSafetensors(bytes).tensors)
}
