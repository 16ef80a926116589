/** What nothing needs before a device computes: it is loaded together with the device. */
export { BoundProgram } from './bound-program.ts'
export { evaluateGraph } from './evaluate-graph.ts'
