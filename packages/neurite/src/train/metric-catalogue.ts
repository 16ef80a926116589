/** Metrics by name, and how what they gather over batches becomes numbers. */
import type { Dataset } from '../data/index.ts'
import { ArgumentError } from '../errors.ts'
import { noGrad, stack, type Tensor } from '../tensor/index.ts'
import { countedMetric, perplexity, requireSameShape, rocAuc, topAccuracy } from './class-metrics.ts'
import { accuracy, type GatheredMetric, type Metric, type Metrics } from './metrics.ts'

/** Metrics with everything known about them; a 'mean' is weighted by the examples of its batches. */
export interface ResolvedMetric extends Omit<GatheredMetric, 'gather'> {
  readonly gather: 'mean' | GatheredMetric['gather']
}
export type ResolvedMetrics = Readonly<Record<string, ResolvedMetric>>

/** What a metric has gathered, in the order of the batches. */
export type Gathered = Readonly<Record<string, readonly number[]>>

const meanAbsoluteError = (output: Tensor, target: Tensor): Tensor => {
  requireSameShape('meanAbsoluteError', output, target)
  return output.sub(target).abs().mean()
}

/** 1 - the squares of the errors over those of the distances from the mean; several outputs count together. */
const rSquared: GatheredMetric = {
  gather: 'list',
  of(output, target) {
    requireSameShape('rSquared', output, target)
    return stack([output.reshape([output.size]), target.reshape([target.size]).to('float32')], 1)
  },
  value(gathered) {
    // All numbers are kept: sums of squares would lose their digits where the mean is large.
    const targets = gathered.filter((_, i) => i % 2 === 1)
    const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length
    let [errors, distances] = [0, 0]
    for (const [i, target] of targets.entries()) {
      errors += (gathered[2 * i]! - target) * (gathered[2 * i]! - target)
      distances += (target - mean) * (target - mean)
    }
    return 1 - errors / distances
  },
}

const NAMED: Readonly<Record<string, Metric>> = { accuracy, rocAuc, perplexity, meanAbsoluteError, rSquared }

function metricOf(name: string): Metric {
  const top = /^top([1-9]\d*)Accuracy$/.exec(name)
  const found = Object.hasOwn(NAMED, name)
    ? NAMED[name]
    : top === null
      ? countedMetric(name)
      : topAccuracy(Number(top[1]))
  if (found !== undefined) return found
  throw new ArgumentError({
    what: `there is no metric '${name}'`,
    expected: `${Object.keys(NAMED).join(', ')}, top3Accuracy, or precision, recall, f1 with nothing, Macro or Micro behind`,
    fix: 'correct the name, or pass a function of output and target',
  })
}

/** Looks up names; without metrics the accuracy, where targets are class numbers. */
export function resolveMetrics(metrics: Metrics | undefined, dataset?: Dataset): ResolvedMetrics {
  if (metrics === undefined) {
    const isClass = dataset?.targetDType === 'int32' && dataset.targetShape.length === 0
    return isClass ? resolveMetrics({ accuracy }) : {}
  }
  const entries: [string, unknown][] = Array.isArray(metrics)
    ? (metrics as unknown[]).map((name) => [String(name), name])
    : Object.entries(metrics)
  return Object.fromEntries(entries.map(([name, metric]) => [name, resolve(name, metric)]))
}

function resolve(name: string, given: unknown): ResolvedMetric {
  const metric = typeof given === 'string' ? metricOf(given) : given
  if (typeof metric === 'function') {
    return { gather: 'mean', of: metric as (output: Tensor, target: Tensor) => Tensor, value: ([mean]) => mean! }
  }
  if (typeof metric === 'object' && metric !== null && 'gather' in metric) return metric as GatheredMetric
  throw new ArgumentError({
    what: `the metric ${name} is ${String(given)}`,
    expected: 'a name, a function of output and target, or { gather, of, value }',
    fix: "pass a name such as 'accuracy'",
  })
}

/** All metrics of a batch, as they are gathered. */
export function measure(metrics: ResolvedMetrics, output: Tensor, target: Tensor): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.of(output, target)]))
}

/** The numbers of the metrics after all that was gathered; of means, the sums over `examples`. */
export function numbersOf(metrics: ResolvedMetrics, gathered: Gathered, examples: number): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const name in gathered) {
    const metric = metrics[name]!
    const own = gathered[name]!
    numbers[name] = metric.gather === 'mean' ? own[0]! / examples : metric.value(own)
  }
  return numbers
}

/** Adds a batch to what was gathered before. */
export function gatherInto(
  metrics: ResolvedMetrics,
  sums: Record<string, number[]>,
  batch: Gathered,
  size: number,
): void {
  for (const name in batch) {
    const own = batch[name]!
    const { gather } = metrics[name]!
    const before = sums[name]
    if (gather === 'list') (sums[name] ??= []).push(...own)
    else {
      const factor = gather === 'mean' ? size : 1
      sums[name] = own.map((value, i) => (before?.[i] ?? 0) + value * factor)
    }
  }
}

/** What `computeMetrics` promises. */
export function measureOnce(output: Tensor, target: Tensor, metrics: Metrics): Record<string, number> {
  const resolved = resolveMetrics(metrics)
  const found = noGrad(() => measure(resolved, output, target))
  const gathered = Object.fromEntries(Object.entries(found).map(([name, values]) => [name, [...values.hostValues()]]))
  return numbersOf(resolved, gathered, 1)
}
