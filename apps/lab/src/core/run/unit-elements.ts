import type { Edit, ModelSpec } from './spec.ts'

/** Numbers of one parameter. */
export interface Elements {
  readonly path: string
  readonly indices: readonly number[]
}

/** What freezing a unit or switching it off means for the parameters of a chain Linear, activation, Linear, ... */
export interface UnitElements {
  /** Numbers that become zero. */
  readonly zero: readonly Elements[]
  /** Numbers that stay as they are from now on (0), or learn again (1). */
  readonly learn: { readonly value: 0 | 1; readonly elements: readonly Elements[] }
}

const range = (count: number, at: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => at(i))

/** The path of the weights that lead to a layer; layers are counted from 0, the output last. */
export const weightPath = (layer: number): string => `${2 * layer}.weight`
export const biasPath = (layer: number): string => `${2 * layer}.bias`

/** Undefined for an edit of another kind, or of a unit that the network does not have. */
export function unitElements(edit: Edit, model: ModelSpec): UnitElements | undefined {
  if (edit.kind !== 'freeze' && edit.kind !== 'off') return undefined
  const [layer, unit] = edit.path.split('.').map(Number) as [number, number]
  const units = model.layers[layer]
  if (units === undefined || unit >= units) return undefined
  const inputs = layer === 0 ? 2 : model.layers[layer - 1]!
  const outputs = model.layers[layer + 1] ?? 1
  const own: Elements[] = [
    { path: weightPath(layer), indices: range(inputs, (i) => unit * inputs + i) },
    { path: biasPath(layer), indices: [unit] },
  ]
  const leaving: Elements = { path: weightPath(layer + 1), indices: range(outputs, (i) => i * units + unit) }
  if (edit.kind === 'freeze') return { zero: [], learn: { value: edit.value === 0 ? 1 : 0, elements: own } }
  return { zero: [leaving], learn: { value: 0, elements: [...own, leaving] } }
}
