import { ArgumentError } from '../errors.ts'
import type { Tensor } from './tensor.ts'

/** What may stand between the tensors that go into or come out of a compiled function. */
export type StaticValue = string | number | boolean | bigint | null | undefined

/** Arrays and plain objects of tensors, as a plan by which they are put together again. */
export type Nest =
  | { readonly kind: 'leaf'; readonly index: number }
  | { readonly kind: 'static'; readonly value: StaticValue }
  | { readonly kind: 'array'; readonly items: readonly Nest[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Nest])[] }

/**
 * Takes a nest apart. `asLeaf` says which values are leaves; they are pushed to `leaves`. Throws ArgumentError for what is
 * neither leaf, array, plain object nor a plain value.
 */
export function takeApart(value: unknown, leaves: unknown[], asLeaf: (value: unknown) => boolean, place: string): Nest {
  if (asLeaf(value)) return { kind: 'leaf', index: leaves.push(value) - 1 }
  if (Array.isArray(value)) {
    return { kind: 'array', items: value.map((item, i) => takeApart(item, leaves, asLeaf, `${place}[${i}]`)) }
  }
  if (typeof value === 'object' && value !== null) {
    if (isPlain(value)) {
      const entries = Object.entries(value)
      return {
        kind: 'object',
        entries: entries.map(([name, item]) => [name, takeApart(item, leaves, asLeaf, `${place}.${name}`)]),
      }
    }
  } else if (typeof value !== 'function' && typeof value !== 'symbol') {
    return { kind: 'static', value: value as StaticValue }
  }
  throw new ArgumentError({
    what: `${place} of a compiled function is ${typeof value === 'object' ? `an object of the class ${value.constructor.name}` : `a ${typeof value}`}`,
    expected: 'tensors, numbers, strings, booleans, or arrays and plain objects of them',
    fix: 'use models and functions from the surrounding scope instead of passing them',
  })
}

/** Puts a nest together from its leaves. */
export function putTogether(nest: Nest, leaf: (index: number) => unknown): unknown {
  switch (nest.kind) {
    case 'leaf':
      return leaf(nest.index)
    case 'static':
      return nest.value
    case 'array':
      return nest.items.map((item) => putTogether(item, leaf))
    case 'object':
      return Object.fromEntries(nest.entries.map(([name, item]) => [name, putTogether(item, leaf)]))
    default:
      return nest satisfies never
  }
}

/** A nest as text: equal for equal structures; `describe` writes the leaves. */
export function nestKey(nest: Nest, describe: (index: number) => string): string {
  switch (nest.kind) {
    case 'leaf':
      return describe(nest.index)
    case 'static':
      return typeof nest.value === 'string' ? JSON.stringify(nest.value) : `${typeof nest.value} ${String(nest.value)}`
    case 'array':
      return `[${nest.items.map((item) => nestKey(item, describe)).join()}]`
    case 'object':
      return `{${nest.entries.map(([name, item]) => `${JSON.stringify(name)}:${nestKey(item, describe)}`).join()}}`
    default:
      return nest satisfies never
  }
}

/** Leaves of arguments: tensors and numbers. */
export function isArgumentLeaf(this: void, value: unknown): value is Tensor | number {
  return typeof value === 'number' || isTensor(value)
}

/** True for tensors. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'wantsGrad' in value
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
