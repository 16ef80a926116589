/** Metrics of classifiers: which classes are named, and how sure the outputs are. */
import { ShapeError } from '../errors.ts'
import { exp } from '../math/index.ts'
import { crossEntropy } from '../nn/index.ts'
import { equalShapes } from '../tensor/for-modules.ts'
import { arange, stack, type Tensor, where } from '../tensor/index.ts'
import type { GatheredMetric } from './metrics.ts'

/** Right, named and actual examples of each class. */
interface ClassCounts {
  readonly right: number
  readonly named: number
  readonly actual: number
}

type Share = (counts: ClassCounts) => number

// A share of nothing is 0, as in scikit-learn.
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const SHARES: Readonly<Record<string, Share>> = {
  precision: ({ right, named }) => share(right, named),
  recall: ({ right, actual }) => share(right, actual),
  f1: ({ right, named, actual }) => share(2 * right, named + actual),
}

const AVERAGES: Readonly<Record<string, (counts: readonly ClassCounts[], of: Share) => number>> = {
  '': (counts, of) => of(counts[1] ?? counts[0]!),
  Macro(counts, of) {
    const seen = counts.filter(({ named, actual }) => named + actual > 0)
    return share(
      seen.reduce((sum, own) => sum + of(own), 0),
      seen.length,
    )
  },
  Micro: (counts, of) =>
    of(
      counts.reduce((a, b) => ({ right: a.right + b.right, named: a.named + b.named, actual: a.actual + b.actual }), {
        right: 0,
        named: 0,
        actual: 0,
      }),
    ),
}

/** Precision, recall or F1 by name, or undefined. */
export function countedMetric(name: string): GatheredMetric | undefined {
  const [, kind, average] = /^(precision|recall|f1)(Macro|Micro|)$/.exec(name) ?? []
  if (kind === undefined) return undefined
  return {
    gather: 'sum',
    of: (output, target) => countClassesOf(name, output, target),
    value(gathered) {
      const classes = gathered.length / 3
      const counts = Array.from({ length: classes }, (_, i) => ({
        right: gathered[i]!,
        named: gathered[classes + i]!,
        actual: gathered[2 * classes + i]!,
      }))
      return AVERAGES[average!]!(counts, SHARES[kind]!)
    },
  }
}

/** [3, classes]: how many examples of each class are right, named and actual. Labels outside the classes do not count. */
function countClassesOf(name: string, output: Tensor, target: Tensor): Tensor {
  const { named, actual, classes } = decisions(name, output, target)
  const isLabel = actual.greaterEqual(0).logicalAnd(actual.less(classes))
  const isClass = (labels: Tensor): Tensor =>
    labels
      .reshape([labels.size, 1])
      .equal(arange(classes) as never)
      .logicalAnd(isLabel.reshape([labels.size, 1]) as never)
  const [isNamed, isActual] = [isClass(named), isClass(actual)]
  const isRight = isNamed.logicalAnd(isActual as never)
  const count = (mask: Tensor): Tensor => mask.to('float32').sum(0)
  return stack([count(isRight), count(isNamed), count(isActual)])
}

/** The class that is named for each example, and its own: int32 of one shape. */
function decisions(name: string, output: Tensor, target: Tensor) {
  if (hasClassAxis(output, target)) return { named: output.argmax(1), actual: target, classes: output.shape[1]! }
  requireSameShape(name, output, target)
  const isYes = (x: Tensor): Tensor => x.to('float32').greaterEqual(0.5).to('int32')
  return { named: isYes(output), actual: isYes(target), classes: 2 }
}

const hasClassAxis = (output: Tensor, target: Tensor): boolean =>
  target.dtype !== 'float32' && output.rank === target.rank + 1 && output.rank > 1

/** Throws ShapeError unless both have one shape. */
export function requireSameShape(name: string, output: Tensor, target: Tensor): void {
  if (equalShapes(output.shape, target.shape)) return
  throw new ShapeError({
    what: `${name}: the output has shape [${output.shape.join(', ')}], the target [${target.shape.join(', ')}]`,
    expected: 'class numbers without the axis of classes, or a target of the same shape',
    fix: 'pass a metric of your own for other outputs',
  })
}

/** The part of the examples whose class is among the k largest outputs; a class that is as large as others counts as well. */
export function topAccuracy(k: number) {
  return (output: Tensor, target: Tensor): Tensor => {
    if (!hasClassAxis(output, target)) {
      throw new ShapeError({
        what: `top${k}Accuracy: the output has shape [${output.shape.join(', ')}], the target [${target.shape.join(', ')}]`,
        expected: '[batch, classes, ...] and class numbers',
        fix: 'use accuracy for other outputs',
      })
    }
    const classes = arange(output.shape[1]!).reshape(output.shape.map((size, axis) => (axis === 1 ? size : 1)))
    const isOwn = target.unsqueeze(1).equal(classes as never)
    const own = where(isOwn, output, 0).sum(1, { keepDim: true })
    const larger = output.greater(own).to('float32').sum(1)
    return larger.less(k).to('float32').mean()
  }
}

/** The area under the curve of true over false positives; equal outputs count half. NaN where one class is missing. */
export const rocAuc: GatheredMetric = {
  gather: 'list',
  of(output, target) {
    const scores: Tensor = hasClassAxis(output, target) ? yesOverNo(output) : output
    requireSameShape('rocAuc', scores, target)
    const pairs = [scores.reshape([scores.size]), target.reshape([scores.size]).to('float32')]
    return stack(pairs, 1)
  },
  value(gathered) {
    const scores = gathered.filter((_, i) => i % 2 === 0)
    const isYes = gathered.filter((_, i) => i % 2 === 1).map((label) => label >= 0.5)
    const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
    const yes = isYes.filter(Boolean).length
    let ranks = 0
    for (let first = 0; first < order.length;) {
      let end = first + 1
      while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++
      // Ranks count from 1; those of equal scores share their mean.
      const rank = (first + 1 + end) / 2
      for (let i = first; i < end; i++) if (isYes[order[i]!] === true) ranks += rank
      first = end
    }
    return (ranks - (yes * (yes + 1)) / 2) / (yes * (scores.length - yes))
  },
}

/** By how much class 1 is larger than class 0. */
function yesOverNo(output: Tensor): Tensor {
  if (output.shape[1] === 2) return output.at(null, 1).sub(output.at(null, 0))
  throw new ShapeError({
    what: `rocAuc: the output has ${output.shape[1]} classes`,
    expected: 'two classes, or one number per example',
    fix: 'make one curve per class, from its own outputs',
  })
}

/** e to the mean cross-entropy of the logits. */
export const perplexity: GatheredMetric = {
  gather: 'sum',
  of(output, target) {
    const loss: Tensor = crossEntropy(output, target, { reduction: 'sum' })
    const count: Tensor = target.notEqual(-100).to('float32').sum()
    return stack([loss, count])
  },
  value: ([loss, count]) => exp(loss! / count!),
}
