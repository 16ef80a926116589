import { requireDType } from '../require-dtype.ts'
import { requireOneOf } from '../option-checks.ts'
import { ShapeError } from '../errors.ts'
import { equalShapes, type Shape } from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { requireKnownOptions } from './options.ts'

/** What becomes of the losses of single elements: their mean (the default), their sum, or no change. */
export type Reduction = 'mean' | 'sum' | 'none'

export interface LossOptions {
  readonly reduction?: Reduction | undefined
}

/** The result of a loss: a number, but for `reduction: 'none'`. */
export type LossResult<O extends LossOptions> = O extends { readonly reduction: 'none' }
  ? Tensor<Shape, 'float32'>
  : Tensor<[], 'float32'>

/** Reduces the losses of single elements. */
export function reduceLoss<O extends LossOptions>(losses: Tensor, { reduction = 'mean' }: O): LossResult<O> {
  if (reduction === 'none') return losses as LossResult<O>
  return (reduction === 'sum' ? losses.sum() : losses.mean()) as unknown as LossResult<O>
}

/** Throws ArgumentError for an option that does not exist, or a reduction that does not. */
export function checkLossOptions(loss: string, options: LossOptions, known: readonly string[] = []): void {
  requireKnownOptions(loss, options, [...known, 'reduction'])
  const { reduction } = options
  if (reduction !== undefined) requireOneOf(loss, 'reduction', reduction, ['mean', 'sum', 'none'])
}

/** Throws unless output and target have one shape and are float32: broadcasting would hide mistakes. */
export function requireAlike(loss: string, output: Tensor, target: Tensor): void {
  if (!equalShapes(output.shape, target.shape)) {
    throw new ShapeError({
      what: `${loss}: the output has shape [${output.shape.join(', ')}], the target [${target.shape.join(', ')}]`,
      expected: 'equal shapes',
      fix: fixFor(output.shape, target.shape),
    })
  }
  requireDType(loss, output, ['float32'], 'an output')
}

function fixFor(output: Shape, target: Shape): string {
  const last = output.length - 1
  if (output[last] === 1 && equalShapes(output.slice(0, -1), target))
    return 'give the target a last axis: target.unsqueeze(-1)'
  if (target[target.length - 1] === 1 && equalShapes(target.slice(0, -1), output)) {
    return 'give the output a last axis: output.unsqueeze(-1)'
  }
  return 'reshape one of them, or check the size of the last layer'
}
