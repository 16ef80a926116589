import {
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Flatten,
  initialise,
  LeakyReLU,
  Linear,
  Module,
  ReLU,
  Sequential,
  Tanh,
} from 'neurite'
import type { Network, Tensor } from 'neurite'

/** How many numbers of noise become one picture. */
export const latentSize = 100

/** Every second pixel: 28 becomes 14, or the other way round. */
const halving = { stride: 2, padding: 1 }

/** Numbers in a row become small pictures. */
class Unflatten extends Module {
  readonly channels: number

  constructor(channels: number) {
    super()
    this.channels = channels
  }

  forward(x: Tensor): Tensor {
    return x.reshape([-1, this.channels, 7, 7])
  }
}

/** Noise [N, 100] becomes pictures [N, 1, 28, 28] from -1 (paper) to 1 (ink). The benchmark's T6 has the width 64. */
export function makeGenerator(width = 64): Network {
  return drawn(
    new Sequential(
      new Linear(latentSize, 2 * width * 7 * 7),
      new Unflatten(2 * width),
      new BatchNorm2d(2 * width),
      new ReLU(),
      new ConvTranspose2d(2 * width, width, 4, halving),
      new BatchNorm2d(width),
      new ReLU(),
      new ConvTranspose2d(width, 1, 4, halving),
      new Tanh(),
    ),
  )
}

/** Pictures become one number each: large where the discriminator takes them for real. */
export function makeDiscriminator(width = 64): Network {
  return drawn(
    new Sequential(
      new Conv2d(1, width, 4, halving),
      new LeakyReLU({ negativeSlope: 0.2 }),
      new Conv2d(width, 2 * width, 4, halving),
      new LeakyReLU({ negativeSlope: 0.2 }),
      new Flatten(),
      new Linear(2 * width * 7 * 7, 1),
    ),
  )
}

/** Small normal weights (Radford, Metz and Chintala, 2016). */
function drawn(network: Sequential): Network {
  for (const layer of network) {
    if (layer instanceof Conv2d || layer instanceof ConvTranspose2d || layer instanceof Linear) {
      initialise.normal(layer.weight, { standardDeviation: 0.02 })
    }
  }
  return network
}
