import type { Network } from '../nn/index.ts'
import { clipGradNorm, clipGradValue, gradNorm, type AnyOptimizer } from '../optim/index.ts'
import {
  assignStates,
  type Compiled,
  compile,
  noGrad,
  type StateAssignment,
  type Tensor,
  where,
  zerosBuffer,
  zerosLike,
} from '../tensor/index.ts'
import type { Loss } from './evaluate.ts'
import { measure, type ResolvedMetrics } from './metric-catalogue.ts'

/** How gradients are limited before a step: together by their length, or each element by itself. */
export type Clip = { readonly norm: number } | { readonly value: number }

export interface StepParts {
  readonly model: Network
  readonly loss: Loss
  readonly optimizer: AnyOptimizer
  readonly metrics: ResolvedMetrics
  readonly clip: Clip | undefined
  /** Whether the update is withheld where the loss or a gradient is not finite. */
  readonly guard: boolean
  /** How many batches make one step. */
  readonly accumulate: number
}

export interface StepResult {
  readonly loss: Tensor
  /** The length of the gradient so far, before clipping. */
  readonly norm: Tensor | undefined
  readonly metrics: Readonly<Record<string, Tensor>>
}

/** The programs of a training step. */
export interface TrainingStep {
  /**
   * Runs one batch. `share` is the part of the examples of the step that it holds; in the last batch of a step the
   * optimiser moves.
   */
  run(x: Tensor, y: Tensor, share: number, isLast: boolean): StepResult
  free(): void
}

type Program = Compiled<[Tensor, Tensor, Tensor<[]>], StepResult>

/** The whole training step as one program: forward, backward, clipping, update and metrics. */
export function makeTrainingStep(parts: StepParts): TrainingStep {
  if (parts.accumulate === 1) {
    const program = compile((x: Tensor, y: Tensor) => batch(parts, x, y, undefined, undefined, true))
    return { run: (x, y) => program(x, y), free: () => program.free() }
  }
  // Gradients of the batches before, by parameter.
  const sums = new Map(parts.optimizer.parameters().map((parameter) => [parameter, zerosBuffer(parameter.shape)]))
  const make = (isLast: boolean): Program =>
    compile((x: Tensor, y: Tensor, share: Tensor<[]>) => batch(parts, x, y, share, sums, isLast))
  const programs: readonly [Program, Program] = [make(false), make(true)]
  return {
    run: (x, y, share, isLast) => programs[isLast ? 1 : 0](x, y, share),
    free() {
      for (const program of programs) program.free()
      for (const sum of sums.values()) sum.state?.free()
    },
  }
}

function batch(
  parts: StepParts,
  x: Tensor,
  y: Tensor,
  share: Tensor<[]> | undefined,
  sums: ReadonlyMap<Tensor, Tensor> | undefined,
  isLast: boolean,
): StepResult {
  const { model, optimizer, metrics, clip, guard } = parts
  const restore = guard ? buffersBefore(model) : undefined
  const output = model.forward(x)
  const loss = parts.loss(output, y)
  optimizer.zeroGrad()
  ;(share === undefined ? loss : loss.mul(share)).backward()
  const parameters = optimizer.parameters()
  if (sums !== undefined) noGrad(() => gather(sums, isLast))
  let norm: Tensor | undefined
  if (isLast && clip !== undefined && 'norm' in clip) norm = clipGradNorm(parameters, clip.norm)
  else if (guard) norm = noGrad(() => gradNorm(parameters))
  if (isLast && clip !== undefined && 'value' in clip) clipGradValue(parameters, clip.value)
  const isFinite = guard ? noGrad(() => loss.abs().add(norm!).less(Infinity)) : undefined
  if (isLast) optimizer.step(isFinite === undefined ? {} : { onlyIf: isFinite })
  if (isFinite !== undefined) restore!(isFinite)
  return { loss: loss.detach(), norm, metrics: noGrad(() => measure(metrics, output, y)) }
}

/** Adds the gradients of the batches before; keeps the sum, or in the last batch forgets it. */
function gather(sums: ReadonlyMap<Tensor, Tensor>, isLast: boolean): void {
  const kept: StateAssignment[] = []
  for (const [parameter, sum] of sums) {
    const { grad } = parameter
    if (grad === undefined) continue
    const total: Tensor = sum.add(grad)
    parameter.grad = total
    kept.push([sum, isLast ? zerosLike(sum) : total])
  }
  assignStates(kept)
}

/** Remembers the buffers of a model, such as running statistics; gives what withholds their change unless all is finite. */
function buffersBefore(model: Network): (isFinite: Tensor) => void {
  const before = model.buffers().map((buffer) => ({ buffer, node: buffer.node, value: buffer.detach() }))
  return (isFinite) =>
    noGrad(() =>
      assignStates(
        before
          .filter(({ buffer, node }) => buffer.node !== node)
          .map(({ buffer, value }) => [buffer, where(isFinite as never, buffer, value)]),
      ),
    )
}
