/** Says why a network does not learn. Pure: everything it knows was measured by the engine. */

export interface Observation {
  readonly step: number
  /** Losses of the full training set at steps of the curve, up to this one. */
  readonly curve: readonly { readonly step: number; readonly loss: number; readonly fresh: number }[]
  readonly accuracy: { readonly train: number; readonly fresh: number }
  readonly activation: string
  /** Per hidden unit: share of the training set on which it is zero, and on which it is beyond ±0.98. */
  readonly units: readonly { readonly name: string; readonly zeros: number; readonly saturated: number }[]
  /** Smallest and largest output over the training set. */
  readonly outputs: { readonly low: number; readonly high: number }
  /** The step and place of the first number that was not finite, where there was one. */
  readonly broken?: { readonly step: number; readonly operation: string }
}

export type FindingKind = 'nonFinite' | 'divergence' | 'deadUnits' | 'saturation' | 'constantOutput' | 'gap' | 'noLine'

export interface Finding {
  readonly kind: FindingKind
  readonly units: readonly string[]
  readonly values: Readonly<Record<string, number | string>>
}

/** Steps before which a network may still be looking for its way. */
const PATIENCE = 200
const DEAD_SHARE = 0.9
const SATURATED_SHARE = 0.9
/** A smaller relative fall of the loss over the last half of the run counts as none. */
const LEAST_FALL = 0.02
/** So much more loss on fresh data than on its own: it has learned its examples by heart. */
const GAP_RATIO = 2
const GAP_LOSS = 0.15

export function diagnose(seen: Observation): Finding[] {
  const findings: Finding[] = []
  if (seen.broken !== undefined) {
    findings.push({
      kind: 'nonFinite',
      units: [],
      values: { step: seen.broken.step, operation: seen.broken.operation },
    })
  }
  const last = seen.curve.at(-1)
  if (last === undefined) return findings
  if (seen.step >= PATIENCE && last.fresh > GAP_RATIO * last.loss && last.fresh - last.loss > GAP_LOSS) {
    findings.push({ kind: 'gap', units: [], values: { train: last.loss, fresh: last.fresh } })
  }
  if (isDiverging(seen)) {
    const lowest = Math.min(...seen.curve.map(({ loss }) => loss))
    findings.push({ kind: 'divergence', units: [], values: { lowest, loss: last.loss } })
  }
  if (seen.step < PATIENCE || seen.accuracy.train > 0.95 || isImproving(seen)) return findings
  const dead = seen.activation === 'relu' ? seen.units.filter(({ zeros }) => zeros > DEAD_SHARE) : []
  if (dead.length > 0) {
    findings.push({ kind: 'deadUnits', units: dead.map(({ name }) => name), values: { count: dead.length } })
  }
  const stuck = seen.activation === 'tanh' ? seen.units.filter(({ saturated }) => saturated > SATURATED_SHARE) : []
  if (stuck.length > 0) {
    findings.push({ kind: 'saturation', units: stuck.map(({ name }) => name), values: { count: stuck.length } })
  }
  const { low, high } = seen.outputs
  if (high - low < 0.02) findings.push({ kind: 'constantOutput', units: [], values: { output: (low + high) / 2 } })
  return findings
}

/** Whether the loss still falls: the last half of the run against the half before. */
export function isImproving({ curve, step }: Pick<Observation, 'curve' | 'step'>): boolean {
  const last = curve.at(-1)
  const before = curve.findLast((point) => point.step <= step / 2)
  if (last === undefined || before === undefined) return true
  return last.loss < before.loss * (1 - LEAST_FALL)
}

/** Rising far above the best loss so far, and above what knowing nothing costs. */
function isDiverging({ curve, step }: Observation): boolean {
  if (step < 20) return false
  const recent = curve.filter((point) => point.step >= step * 0.75)
  const lowest = Math.min(...curve.map(({ loss }) => loss))
  return recent.length > 3 && recent.every(({ loss }) => loss > 1 && loss > 1.5 * lowest)
}
