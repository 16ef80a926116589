import { ArgumentError, ShapeError, StateError } from '../../errors.ts'
import type {
  Backend,
  BindingDeclaration,
  BindingValue,
  Executable,
  GraphProgram,
  StateStorage,
} from '../../compiler/program.ts'
import { dump } from '../../graph/dump.ts'
import type { DType, HostArray, ReferenceValues, TensorType } from '../../graph/node.ts'
import { elementCount } from '../../graph/node.ts'
import { evaluateGraph } from './evaluate.ts'

/** Rounds float64 values to what a tensor of that dtype holds. */
export function toHostArray(values: ReferenceValues, dtype: DType): HostArray {
  if (dtype === 'float32') return Float32Array.from(values)
  return dtype === 'int32' ? Int32Array.from(values) : Uint8Array.from(values)
}

function fromHostArray(values: HostArray, dtype: DType): ReferenceValues {
  return dtype === 'bool' ? Float64Array.from(values, (x) => Number(x !== 0)) : Float64Array.from(values)
}

function checkCount(what: string, count: number, type: TensorType): void {
  if (count === elementCount(type.shape)) return
  throw new ShapeError({
    what: `${what}: got ${count} values`,
    expected: `${elementCount(type.shape)}, for the shape [${type.shape.join(', ')}]`,
    fix: 'pass values of the declared shape',
  })
}

/** A state in float64: `read` rounds a copy, the values themselves are never rounded. */
export class ReferenceState implements StateStorage {
  readonly type: TensorType
  #values: ReferenceValues | undefined

  constructor(type: TensorType, initial?: HostArray) {
    this.type = type
    this.#values = new Float64Array(elementCount(type.shape))
    if (initial !== undefined) this.write(initial)
  }

  /** The unrounded values. Throws StateError once the state is freed. */
  get values(): ReferenceValues {
    if (this.#values !== undefined) return this.#values
    throw new StateError({
      what: `a freed state of shape [${this.type.shape.join(', ')}] was used`,
      expected: 'a state that still has its memory',
      fix: 'call free() only when nothing uses the model any more',
    })
  }

  /** Puts a copy of unrounded values in place. */
  set values(values: ReferenceValues) {
    checkCount('state', values.length, this.type)
    this.values.set(values)
  }

  readExact(): ReferenceValues {
    return this.values.slice()
  }

  read(): HostArray {
    return toHostArray(this.values, this.type.dtype)
  }

  write(values: HostArray): void {
    this.values = fromHostArray(values, this.type.dtype)
  }

  free(): void {
    this.#values = undefined
  }
}

/** Evaluates programs in float64 from the operations' definitions; slow, and the measure of every other backend. */
export class ReferenceBackend implements Backend {
  readonly name = 'reference'

  compile(program: GraphProgram): Executable {
    const roots = [...program.outputs, ...program.assignments.map(({ value }) => value)]
    return {
      run: (bindings) => run(program, bindings),
      describe: () => dump(roots),
      free: () => {},
    }
  }

  createState(type: TensorType, initial?: HostArray): ReferenceState {
    return new ReferenceState(type, initial)
  }
}

function run(program: GraphProgram, bindings: readonly BindingValue[]): HostArray[] {
  const values = program.bindings.map((declaration, i) => bindingValues(declaration, bindings[i], i))
  const { outputs, assignments } = program
  const results = evaluateGraph([...outputs, ...assignments.map(({ value }) => value)], {
    binding: (index) => values[index]!,
  })
  const returned = outputs.map((node, i) => toHostArray(results[i]!, node.dtype))
  // Two assignments may swap two states, and a value may be a state's own memory: copy all before the first write.
  const assigned = results.slice(outputs.length).map((value) => value.slice())
  for (const [i, { binding }] of assignments.entries()) {
    const storage = bindings[binding]
    if (!(storage instanceof ReferenceState)) throw foreignState(binding)
    storage.values = assigned[i]!
  }
  return returned
}

function bindingValues(
  { kind, type }: BindingDeclaration,
  value: BindingValue | undefined,
  index: number,
): ReferenceValues {
  if (kind === 'state') {
    if (value instanceof ReferenceState) return value.values
    throw foreignState(index)
  }
  if (kind === 'scalar' && typeof value === 'number') return Float64Array.of(type.dtype === 'int32' ? value | 0 : value)
  if (kind === 'data' && ArrayBuffer.isView(value)) {
    checkCount(`binding ${index}`, value.length, type)
    return fromHostArray(value, type.dtype)
  }
  throw new ArgumentError({
    what: `binding ${index} (${kind}) was filled with ${value === undefined ? 'nothing' : typeof value}`,
    expected: kind === 'scalar' ? 'a number' : 'a typed array',
    fix: 'pass one value per declared binding, in their order',
  })
}

function foreignState(binding: number): StateError {
  return new StateError({
    what: `binding ${binding} is declared as a state but holds none of the reference backend`,
    expected: 'a state that this backend made',
    fix: 'keep a model and its programs on one backend',
  })
}
