import type { CurvePoint } from '../protocol.ts'
import { type Finding, isImproving } from './doctor.ts'

/** Steps after which a logistic unit that stands still has had its time. */
const PATIENCE = 200

/** What a neuron on a truth table can suffer from: no line that would do. Only when it shows. */
export function diagnoseUnit(seen: {
  readonly step: number
  readonly curve: readonly CurvePoint[]
  readonly isSeparable: boolean
  readonly isLooping: boolean
  readonly right: number
  readonly rule: 'step' | 'sigmoid'
}): Finding[] {
  if (seen.isSeparable) return []
  const isStuck = seen.rule === 'step' ? seen.isLooping : seen.step >= PATIENCE && !isImproving(seen)
  return isStuck ? [{ kind: 'noLine', units: [], values: { right: String(seen.right) } }] : []
}
