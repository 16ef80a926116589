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
export { accuracy, type Metric } from './metrics.ts'
export { confusionMatrix, predictClasses, type PredictOptions } from './predict.ts'
export type { Listener, Training, TrainingResult } from './training.ts'
export type { Clip } from './training-step.ts'
