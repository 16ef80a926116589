export { Adam, type AdamSettings, AdamW } from './adam.ts'
export { clipGradNorm, clipGradValue, type ClipNormOptions, gradNorm } from './clip.ts'
export { type AnyOptimizer, Optimizer, type StepOptions } from './optimizer.ts'
export type { OptimizerState, ParameterProgress } from './optimizer-state.ts'
export { type GroupContent, ParameterGroup, type Trainable } from './parameter-group.ts'
export { RMSprop, type RMSpropSettings } from './rms-prop.ts'
export { SGD, type SGDSettings } from './sgd.ts'
export { OneCycleLR, type OneCycleLROptions } from './one-cycle-lr.ts'
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './reduce-on-plateau.ts'
export { Scheduler, type ScheduleOptions, type SchedulerState } from './scheduler.ts'
export {
  CosineAnnealingLR,
  type CosineAnnealingLROptions,
  ExponentialLR,
  type ExponentialLROptions,
  LinearWarmup,
  type LinearWarmupOptions,
  StepLR,
  type StepLROptions,
} from './schedules.ts'
