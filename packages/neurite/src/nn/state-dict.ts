import { DTypeError, ShapeError, StateError } from '../errors.ts'
import { equalShapes, requireCount } from '../tensor/for-modules.ts'
import { Tensor } from '../tensor/index.ts'
import { writeValues } from './initial-values.ts'

/** Values as file formats give them. */
export interface StoredTensor {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array
}

/** Values by the path of the parameter or buffer. */
export type StoredValues = ReadonlyMap<string, Tensor | StoredTensor> | Readonly<Record<string, Tensor | StoredTensor>>

export interface LoadOptions {
  /** Whether every name must be there, and no other; default true. */
  readonly strict?: boolean
}

/** Names that did not fit; both empty after a strict load. */
export interface LoadResult {
  readonly missing: readonly string[]
  readonly unexpected: readonly string[]
}

/** Checks everything first: where something does not fit, nothing is changed. */
export function loadStateDict(
  model: string,
  targets: ReadonlyMap<string, Tensor>,
  values: StoredValues,
  { strict = true }: LoadOptions,
): LoadResult {
  const given = values instanceof Map ? values : new Map(Object.entries(values))
  const missing = [...targets.keys()].filter((name) => !given.has(name))
  const unexpected = [...given.keys()].filter((name) => !targets.has(name))
  if (strict && missing.length + unexpected.length > 0) throw unknownNames(model, missing, unexpected)
  const fitting = [...targets].flatMap(([name, target]) => {
    const value: Tensor | StoredTensor | undefined = given.get(name)
    return value === undefined ? [] : [{ name, target, value }]
  })
  const uneven = fitting.filter(({ target, value }) => !equalShapes(target.shape, value.shape))
  if (uneven.length > 0) {
    const lines = uneven.map(
      ({ name, target, value }) => `${name}: [${value.shape.join(', ')}] for [${target.shape.join(', ')}]`,
    )
    throw new ShapeError({
      what: `${model}: the shapes of ${uneven.length} loaded ${uneven.length === 1 ? 'tensor differs' : 'tensors differ'}\n    ${lines.join('\n    ')}`,
      expected: 'the shapes of the parameters and buffers of the model',
      fix: 'build the model with the sizes it was saved with, or leave these names out and pass { strict: false }',
    })
  }
  const ready = fitting.map(({ name, target, value }) => [target, hostValues(name, target, value)] as const)
  for (const [target, data] of ready) writeValues(target, data)
  return { missing, unexpected }
}

type HostValues = Float32Array | Int32Array | Uint8Array

function hostValues(name: string, target: Tensor, value: Tensor | StoredTensor): HostValues | (() => HostValues) {
  const data = value instanceof Tensor ? value.laterValues() : value.data
  // A tensor has as many values as its shape says, and shapes were compared.
  if (typeof data !== 'function') requireCount(name, data.length, target.shape)
  if (value.dtype === target.dtype) return data as HostValues | (() => HostValues)
  if (target.dtype === 'float32' && value.dtype === 'float64' && typeof data !== 'function')
    return Float32Array.from(data)
  throw new DTypeError({
    what: `${name}: values of dtype ${value.dtype} are loaded`,
    expected: `dtype ${target.dtype}`,
    fix: 'convert the values first',
  })
}

function unknownNames(model: string, missing: readonly string[], unexpected: readonly string[]): StateError {
  const parts = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`unexpected: ${unexpected.join(', ')}`] : []),
  ]
  return new StateError({
    what: `${model}: the loaded names are not those of the model\n    ${parts.join('\n    ')}`,
    expected: 'a value for every parameter and buffer, and no other names',
    fix: 'load into the architecture that was saved, or pass { strict: false } to take what fits',
  })
}
