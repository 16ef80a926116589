import type { Module } from '../nn/index.ts'
import type { AnyOptimizer, OptimizerState } from '../optim/index.ts'
import type { Tensor } from '../tensor/index.ts'

/** The state of a model, and of an optimiser, at one moment. */
export interface Snapshot {
  readonly weights: ReadonlyMap<string, Tensor>
  readonly optimizer: OptimizerState | undefined
}

export function takeSnapshot(model: Module, optimizer: AnyOptimizer | undefined): Snapshot {
  const snapshot = { weights: model.stateDict(), optimizer: optimizer?.stateDict() }
  for (const tensor of snapshot.weights.values()) tensor.hostValues()
  for (const slot of snapshot.optimizer?.slots.values() ?? []) (slot as Tensor).hostValues()
  return snapshot
}
