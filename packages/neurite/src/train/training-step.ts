import type { Network } from '../nn/index.ts'
import { clipGradNorm, clipGradValue, gradNorm, type AnyOptimizer } from '../optim/index.ts'
import { type Compiled, compile, noGrad, type Tensor } from '../tensor/index.ts'
import type { Loss } from './evaluate.ts'
import type { Metric } from './metrics.ts'
import { measure } from './scoring.ts'

/** How gradients are limited before a step: together by their length, or each element by itself. */
export type Clip = { readonly norm: number } | { readonly value: number }

export interface StepParts {
  readonly model: Network
  readonly loss: Loss
  readonly optimizer: AnyOptimizer
  readonly metrics: Readonly<Record<string, Metric>>
  readonly clip: Clip | undefined
  /** Whether the update is withheld where the loss or a gradient is not finite. */
  readonly guard: boolean
}

export interface StepResult {
  readonly loss: Tensor
  /** The length of the gradient before clipping. */
  readonly norm: Tensor | undefined
  readonly metrics: Readonly<Record<string, Tensor>>
}

/** The whole training step as one program: forward, backward, clipping, update and metrics. */
export function makeTrainingStep(parts: StepParts): Compiled<[Tensor, Tensor], StepResult> {
  const { model, optimizer, metrics, clip, guard } = parts
  return compile((x: Tensor, y: Tensor): StepResult => {
    const output = model.forward(x)
    const loss = parts.loss(output, y)
    optimizer.zeroGrad()
    loss.backward()
    const parameters = optimizer.parameters()
    let norm: Tensor | undefined
    if (clip !== undefined && 'norm' in clip) norm = clipGradNorm(parameters, clip.norm)
    else if (guard) norm = noGrad(() => gradNorm(parameters))
    if (clip !== undefined && 'value' in clip) clipGradValue(parameters, clip.value)
    if (guard) optimizer.step({ onlyIf: noGrad(() => loss.abs().add(norm!).less(Infinity)) })
    else optimizer.step()
    return { loss: loss.detach(), norm, metrics: noGrad(() => measure(metrics, output, y)) }
  })
}
