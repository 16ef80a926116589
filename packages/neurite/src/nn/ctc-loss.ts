import { requireWhole } from '../option-checks.ts'
import { ArgumentError, DTypeError, ShapeError } from '../errors.ts'
import { currentTrace } from '../tensor/for-modules.ts'
import { arange, concat, full, scan, stack, tensor, type Tensor, where } from '../tensor/index.ts'
import { checkLossOptions, type LossOptions, type LossResult, reduceLoss } from './reduction.ts'

export interface CtcOptions extends LossOptions {
  /** The class that means nothing; default 0. */
  readonly blank?: number
  /** Whether a target that does not fit into its input counts 0 instead of infinity; default false. */
  readonly zeroInfinity?: boolean
}

/** Stands for log(0): sums of it stay finite, so that no gradient is NaN. */
const NEVER = -1e30

/**
 * Connectionist temporal classification (torch.nn.functional.ctc_loss; Graves and others, 2006): minus the logarithm of the
 * probability that a sequence of labels is what remains of the outputs once repeated labels and then blanks are left out.
 * The mean divides each loss by the length of its target, as in PyTorch.
 *
 * @param logProbabilities [T, N, classes], such as `logSoftmax(-1)` gives
 * @param targets [N, S], int32, no blanks; what stands behind a target's length does not count
 * @param inputLengths how many of the T steps count, for each example: numbers, or int32 [N]
 * @param targetLengths how many of the S labels count, likewise
 * @throws ShapeError where shapes do not fit
 * @throws ArgumentError for a blank that is no class, and lengths outside T and S (numbers, and tensors outside compile)
 *
 * @example
 * ```ts
 * import { ctcLoss, tensor } from 'neurite'
 *
 * // Two steps, classes blank and a: 'a' is read from 'aa', 'a-' and '-a', so from 3 of 4 equally likely outputs.
 * const logs = tensor([[[0.5, 0.5]], [[0.5, 0.5]]]).log()
 * const loss = ctcLoss(logs, tensor([[1]], { dtype: 'int32' }), [2], [1])
 * console.log((await loss.item()).toFixed(4), (-Math.log(0.75)).toFixed(4)) // → 0.2877 0.2877
 * ```
 */
export function ctcLoss<O extends CtcOptions = {}>(
  logProbabilities: Tensor,
  targets: Tensor,
  inputLengths: Tensor | readonly number[],
  targetLengths: Tensor | readonly number[],
  options?: O,
): LossResult<O> {
  const chosen = options ?? ({} as O)
  checkLossOptions('ctcLoss', chosen, ['blank', 'zeroInfinity'])
  const { blank = 0, zeroInfinity = false } = chosen
  const [steps, batch, classes] = checkTypes(logProbabilities, targets, blank)
  const length = targets.shape[1]!
  const inputs = lengths('inputLengths', inputLengths, batch, steps, 1)
  const counts = lengths('targetLengths', targetLengths, batch, length, 0)

  // Labels with blanks between them and at both ends.
  const blanks: Tensor = full([batch, length], blank, { dtype: 'int32' })
  const labels = targets.clamp({ min: 0, max: classes - 1 })
  const between = stack([blanks, labels], 2).reshape([batch, 2 * length])
  const places = 2 * length + 1
  const sequence: Tensor = concat([between, full([batch, 1], blank, { dtype: 'int32' }) as Tensor], 1)
  const isOther = sequence.slice(1, 2).notEqual(sequence.slice(1, 0, Math.max(0, places - 2)) as never) as Tensor
  const maySkip = padded(isOther.to('int32'), 2, 0, places).greater(0)
  const emitted = logProbabilities.gather(2, sequence.unsqueeze(0).expand([steps, batch, places]) as never)

  // alpha[n, s]: the logarithm of the probability of all ways to have arrived at place s of the sequence.
  const first: Tensor = where(arange(places).less(2), emitted.at(0), NEVER)
  const { carries } = scan(
    ([last], [step, now]) => {
      const alpha = last!
      const one = padded(alpha, 1, NEVER, places)
      const two: Tensor = where(maySkip, padded(alpha, 2, NEVER, places), NEVER)
      const largest = alpha.maximum(one).maximum(two).detach()
      const total = alpha.sub(largest).exp().add(one.sub(largest).exp()).add(two.sub(largest).exp())
      const next = largest.add(total.log()).add(now!)
      return { carries: [where(inputs.greater(step!), next, alpha)] }
    },
    { carries: [first], sequences: [arange(1, steps), emitted.slice(0, 1)], length: inputs.max().sub(1) },
  )
  const alpha = carries[0]!
  // The last label, or the blank behind it.
  const distance = counts.mul(2).sub(arange(places))
  const isEnd = distance.equal(0).logicalOr(distance.equal(1) as never)
  const found: Tensor = where(isEnd, alpha, NEVER).logSumExp(1)
  const isPossible = found.greater(NEVER / 2)
  const losses = where(isPossible, found.neg(), zeroInfinity ? 0 : Infinity)
  if (chosen.reduction === 'sum' || chosen.reduction === 'none') return reduceLoss(losses, chosen)
  return reduceLoss(losses.div(counts.squeeze(1).clamp({ min: 1 })), chosen)
}

/** Moved to the right by `count` places; `value` fills the left. */
function padded(x: Tensor, count: number, value: number, places: number): Tensor {
  const fill: Tensor = full([x.shape[0]!, Math.min(count, places)], value, { dtype: x.dtype })
  const kept = x.shape[1] === places ? x.slice(1, 0, Math.max(0, places - count)) : x
  return concat([fill, kept], 1)
}

/** Lengths as int32 [N, 1]. */
function lengths(name: string, given: Tensor | readonly number[], batch: number, most: number, least: number): Tensor {
  const isList = Array.isArray(given)
  const found: Tensor = isList ? tensor(Int32Array.from(given as number[])) : (given as Tensor)
  const values = currentTrace() === undefined || isList ? (isList ? (given as number[]) : found.values) : undefined
  const wrong = [...(values ?? [])].find((value) => !Number.isInteger(value) || value < least || value > most)
  if (found.dtype !== 'int32' || found.size !== batch || wrong !== undefined) {
    throw new ArgumentError({
      what: `ctcLoss: ${name} ${wrong === undefined ? `is ${found.dtype} of shape [${found.shape.join(', ')}]` : `holds ${wrong}`}`,
      expected: `${batch} whole numbers from ${least} to ${most}`,
      fix: 'pass one length per example',
    })
  }
  return found.reshape([batch, 1])
}

function checkTypes(logs: Tensor, targets: Tensor, blank: number): readonly [number, number, number] {
  const [steps, batch, classes] = logs.shape as [number, number, number]
  if (logs.rank !== 3 || targets.rank !== 2 || targets.shape[0] !== batch || steps === 0) {
    throw new ShapeError({
      what: `ctcLoss: the output has shape [${logs.shape.join(', ')}], the targets [${targets.shape.join(', ')}]`,
      expected: '[T, N, classes] with at least one step, and targets [N, S]',
      fix: 'move the time to the front with transpose(0, 1), and pad targets to one length',
    })
  }
  if (targets.dtype !== 'int32' || logs.dtype !== 'float32') {
    throw new DTypeError({
      what: `ctcLoss: the output is ${logs.dtype}, the targets are ${targets.dtype}`,
      expected: 'float32 logarithms and int32 labels',
      fix: "make the targets with { dtype: 'int32' }",
    })
  }
  requireWhole('ctcLoss', 'blank', blank, 0, classes - 1)
  return [steps, batch, classes]
}
