/** What is loaded when training, scoring, predicting or storing begins: one chunk for all of it. */
export { classesOf, countClasses } from './classes.ts'
export { runGan } from './gan-training.ts'
export { measureOnce } from './metric-catalogue.ts'
export { score } from './scoring.ts'
export { startTraining } from './start-training.ts'
export { encodeModel, restoreModel } from './stored-bytes.ts'
