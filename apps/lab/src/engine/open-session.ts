import type { RunSpec } from '../core/run/spec.ts'
import { MlpSession } from './mlp-session.ts'
import { NeuronSession } from './neuron-session.ts'
import { ScalarSession } from './scalar-session.ts'
import type { Session } from './session.ts'

/** The network that a specification names. */
export function openSession(spec: RunSpec): Session<unknown> {
  switch (spec.model.kind) {
    case 'mlp':
      return new MlpSession(spec)
    case 'scalars':
      return new ScalarSession(spec)
    case 'neuron':
      return new NeuronSession(spec)
    default:
      throw new Error(`no network of the kind ${spec.model.kind}`)
  }
}
