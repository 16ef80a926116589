import {
  elementCount,
  currentSeed,
  deferredParameter,
  type HostArray,
  seedGeneration,
  type Shape,
} from '../tensor/for-modules.ts'
import type { Tensor } from '../tensor/index.ts'
import { RandomStream } from '../math/index.ts'
import { placeModules } from './module-names.ts'

/** Fills the first values of a parameter; random numbers come from `stream` alone. */
export type Initialiser = (values: Float32Array, stream: RandomStream) => void

/** The seed that was in force when something was made, and what was drawn from it so far. */
interface Seed {
  readonly value: number
  readonly generation: number
  /** Words drawn per path: a second model takes other numbers than the first. */
  readonly drawn: Map<string, number>
}

let present: Seed = { value: 0, generation: -1, drawn: new Map() }

function seedInForce(): Seed {
  const generation = seedGeneration()
  if (present.generation !== generation) present = { value: currentSeed(), generation, drawn: new Map() }
  return present
}

const waiting = new WeakMap<Tensor, { initialiser: Initialiser; readonly seed: Seed }>()

/**
 * A parameter whose first values depend on the seed in force now and on its path in the model, and on nothing else: a
 * layer that two architectures share starts from the same weights. They are drawn when they are first needed, since the
 * path is known only after the whole model was made.
 */
export function initialisedParameter<S extends Shape>(shape: S, initialiser: Initialiser): Tensor<S, 'float32'> {
  const tensor: Tensor<S, 'float32'> = deferredParameter(shape, (into) => {
    placeModules()
    const { initialiser, seed } = waiting.get(tensor)!
    waiting.delete(tensor)
    return draw(tensor, initialiser, seed, into as Float32Array)
  })
  waiting.set(tensor, { initialiser, seed: seedInForce() })
  return tensor
}

/** Gives a tensor other first values: later, where they were not drawn yet, else at once. */
export function reinitialise(tensor: Tensor, initialiser: Initialiser): void {
  const before = waiting.get(tensor)
  if (before !== undefined) {
    before.initialiser = initialiser
    return
  }
  placeModules()
  tensor.makeResident().write(draw(tensor, initialiser, seedInForce()))
}

/** Writes values into a parameter or buffer; initial values that nobody has read are then never drawn. */
export function writeValues(tensor: Tensor, values: HostArray | (() => HostArray)): void {
  tensor.makeResident().write(values)
  waiting.delete(tensor)
}

function draw(
  tensor: Tensor,
  initialiser: Initialiser,
  seed: Seed,
  values: Float32Array = new Float32Array(elementCount(tensor.shape)),
): Float32Array {
  const path = tensor.label ?? ''
  const stream = new RandomStream(seed.value, `initialisation/${path}`)
  stream.counter = seed.drawn.get(path) ?? 0
  initialiser(values, stream)
  seed.drawn.set(path, stream.counter)
  return values
}
