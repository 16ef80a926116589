import type { Module } from '../nn/index.ts'
import type { AnyOptimizer, OptimizerState } from '../optim/index.ts'
import { evaluateNow, type Tensor } from '../tensor/index.ts'

/** The state of a model, and of an optimiser, at one moment. */
export interface Snapshot {
  readonly weights: ReadonlyMap<string, Tensor>
  readonly optimizer: OptimizerState | undefined
}

export function takeSnapshot(model: Module, optimizer: AnyOptimizer | undefined): Snapshot {
  const snapshot = { weights: model.stateDict(), optimizer: optimizer?.stateDict() }
  const slots = (snapshot.optimizer?.slots.values() ?? []) as Iterable<Tensor>
  // One by one: a lone state is copied, not computed.
  for (const tensor of [...snapshot.weights.values(), ...slots]) evaluateNow([tensor])
  return snapshot
}
