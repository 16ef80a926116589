import type { RunSpec } from '../core/run/spec.ts'
import type { Session } from './session.ts'

/** The network that a specification names; only its own kind is loaded. */
export async function openSession(spec: RunSpec): Promise<Session<unknown>> {
  switch (spec.model.kind) {
    case 'mlp': {
      const { MlpSession } = await import('./mlp-session.ts')
      return new MlpSession(spec)
    }
    case 'scalars': {
      const { ScalarSession } = await import('./scalar-session.ts')
      return new ScalarSession(spec)
    }
    case 'neuron': {
      const { NeuronSession } = await import('./neuron-session.ts')
      return new NeuronSession(spec)
    }
    case 'perceptron': {
      const { PerceptronSession } = await import('./perceptron-session.ts')
      return new PerceptronSession(spec)
    }
    case 'surface': {
      const { SurfaceSession } = await import('./surface-session.ts')
      return SurfaceSession.open(spec)
    }
    case 'unit': {
      const { TruthSession } = await import('./truth-session.ts')
      return TruthSession.open(spec)
    }
    default:
      throw new Error(`no network of the kind ${String(spec.model.kind)}`)
  }
}
