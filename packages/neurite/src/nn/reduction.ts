import { ArgumentError, DTypeError, ShapeError } from '../errors.ts'
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
  if (reduction === undefined || reduction === 'mean' || reduction === 'sum' || reduction === 'none') return
  throw new ArgumentError({
    what: `${loss}: the reduction is '${String(reduction)}'`,
    expected: "'mean', 'sum' or 'none'",
    fix: 'use one of these, or leave it out for the mean',
  })
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
  if (output.dtype === 'float32') return
  throw new DTypeError({
    what: `${loss}: the output is of dtype ${output.dtype}`,
    expected: 'float32',
    fix: "convert it first: output.to('float32')",
  })
}

/** Throws ArgumentError unless `value` is a finite number in a range. */
export function requireNumber(
  where: string,
  name: string,
  value: number,
  { above, least, most }: { readonly above?: number; readonly least?: number; readonly most?: number },
): void {
  const fits =
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (least === undefined || value >= least) &&
    (most === undefined || value <= most)
  if (fits) return
  const limits = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(least === undefined ? [] : [`of at least ${least}`]),
    ...(most === undefined ? [] : [`of at most ${most}`]),
  ]
  throw new ArgumentError({
    what: `${where}: ${name} is ${String(value)}`,
    expected: `a number ${limits.join(' and ')}`,
    fix: `pass another ${name}, or leave it out`,
  })
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
