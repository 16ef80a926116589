import { LeakyReLU, Linear, ReLU, Sequential } from 'neurite'

/** How many numbers of noise become one point. */
export const latentSize = 8

const width = 128

/** Noise [N, 8] becomes points [N, 2]. */
export const makeGenerator = () =>
  new Sequential(new Linear(latentSize, width), new ReLU(), new Linear(width, width), new ReLU(), new Linear(width, 2))

/** Points become one number each: large where the discriminator takes them for real. */
export const makeDiscriminator = () =>
  new Sequential(
    new Linear(2, width),
    new LeakyReLU({ negativeSlope: 0.2 }),
    new Linear(width, width),
    new LeakyReLU({ negativeSlope: 0.2 }),
    new Linear(width, 1),
  )
