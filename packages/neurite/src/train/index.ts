export { evaluate, type EvaluateOptions, type Loss } from './evaluate.ts'
export type {
  EndEvent,
  EpochEvent,
  EpochRecord,
  Scores,
  StartEvent,
  StepEvent,
  StoppedEvent,
  TrainingEvent,
  ValidationEvent,
} from './events.ts'
export { exportState, importState } from './export-state.ts'
export { fit, type FitOptions } from './fit.ts'
export { type GanLoss, type GanOptions, type GanPlayers, type GanResult, type GanStep, trainGan } from './gan.ts'
export {
  accuracy,
  computeMetrics,
  type GatheredMetric,
  type MeanMetric,
  type Metric,
  type MetricName,
  type Metrics,
} from './metrics.ts'
export { confusionMatrix, predictClasses, type PredictOptions } from './predict.ts'
export type { Listener, Training, TrainingResult } from './training.ts'
export type { Clip } from './training-step.ts'
export type { Checkpoints, EarlyStopping, SaveCheckpoint, Watch } from './watching.ts'
