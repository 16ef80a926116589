/** What discriminator and generator minimise; outputs are one number per example, without sigmoid. */
import { grad, type Tensor } from '../tensor/index.ts'
import type { GanLoss } from './gan.ts'

interface PlayerLosses {
  readonly discriminator: (real: Tensor, made: Tensor) => Tensor
  readonly generator: (made: Tensor) => Tensor
}

const half = (error: Tensor): Tensor => error.square().mean().mul(0.5)

export const GAN_LOSSES: Readonly<Record<GanLoss, PlayerLosses>> = {
  nonSaturating: {
    // Minus the logarithms of sigmoid(real) and of 1 - sigmoid(made).
    discriminator: (real, made) => real.neg().softplus().mean().add(made.softplus().mean()),
    generator: (made) => made.neg().softplus().mean(),
  },
  leastSquares: {
    discriminator: (real, made) => half(real.sub(1)).add(half(made)),
    generator: (made) => half(made.sub(1)),
  },
  hinge: {
    discriminator: (real, made) => real.neg().add(1).relu().mean().add(made.add(1).relu().mean()),
    generator: (made) => made.mean().neg(),
  },
  wasserstein: {
    discriminator: (real, made) => made.mean().sub(real.mean()),
    generator: (made) => made.mean().neg(),
  },
}

/** Under the root, so that a gradient of length 0 has a derivative. */
const SMALLEST = 1e-12

/**
 * The mean of `(length of the critic's gradient - 1)^2` at places between real and made examples (Gulrajani and others,
 * 2017). `mix` is [batch, 1, ...]: how much of a place is real.
 */
export function gradientPenalty(critic: (x: Tensor) => Tensor, real: Tensor, made: Tensor, mix: Tensor): Tensor {
  const between: Tensor = made.add(real.sub(made).mul(mix)).detach()
  between.requiresGrad = true
  const [slope] = grad(critic(between).sum(), [between], { createGraph: true })
  // A critic that does not look at its input has a gradient of 0.
  if (slope === undefined) return mix.mul(0).add(1).mean()
  const squares = slope.square().sum(slope.shape.map((_, axis) => axis).slice(1))
  return squares.add(SMALLEST).sqrt().sub(1).square().mean()
}
