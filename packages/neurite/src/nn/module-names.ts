/** Where each module stands in its model: `features.3`. Names go into messages and decide initial weights. */
import { stateRole } from '../tensor/for-modules.ts'
import { Tensor } from '../tensor/index.ts'
import type { Module } from './module.ts'

/** A parameter, a buffer or a module, under the name of the field that holds it. */
export type Member = readonly [name: string, value: Tensor | Module]

interface Place {
  readonly path: string
  /** The top of the model, once the module was found in one. */
  readonly root: WeakRef<Module>
}

const places = new WeakMap<Module, Place>()

/** Modules whose place is not known yet: a child is made before, or while, its parent is made. */
let unplaced: WeakRef<Module>[] = []

/** To be called when a module is made, and when it gets a new member. */
export function isUnplaced(module: Module): void {
  unplaced.push(new WeakRef(module))
}

/**
 * Finds the places of all modules that were made since the last call. Those that stand in no other module are models of
 * their own. `asked` is looked through as well: fields may have been added to it.
 */
export function placeModules(asked?: Module): void {
  if (unplaced.length === 0) return
  const found = new Set<Module>(unplaced.flatMap((reference) => reference.deref() ?? []))
  unplaced = []
  if (asked !== undefined) found.add(rootOf(asked))
  const inside = new Set<Module>()
  for (const module of found) {
    for (const [, value] of module.members()) if (!(value instanceof Tensor)) inside.add(value)
  }
  for (const module of found) {
    // A module with a place that gained members is named again from its root.
    if (!inside.has(module)) placeBelow(rootOf(module))
  }
}

/** The path from the top of the model; empty for the model itself. */
export function pathOf(module: Module): string {
  return places.get(module)?.path ?? ''
}

/** The path and the class, such as `features.3 (Linear)`. */
export function describeModule(module: Module): string {
  const path = pathOf(module)
  return path === '' ? module.typeName : `${path} (${module.typeName})`
}

function rootOf(module: Module): Module {
  return places.get(module)?.root.deref() ?? module
}

function placeBelow(root: Module): void {
  const reference = new WeakRef(root)
  const seen = new Set<Module | Tensor>()
  const visit = (module: Module, path: string): void => {
    seen.add(module)
    places.set(module, { path, root: reference })
    for (const [name, value] of module.members()) {
      if (seen.has(value)) continue
      seen.add(value)
      const inner = joinPath(path, name)
      if (value instanceof Tensor) value.label = inner
      else visit(value, inner)
    }
  }
  visit(root, '')
}

/** `a` and `b` as `a.b`. */
export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The members among the fields of a module, in the order in which they were set; lists count their elements. */
export function* fieldMembers(module: Module, isModule: (value: unknown) => value is Module): Generator<Member> {
  for (const [name, value] of Object.entries(module)) {
    if (isMember(value, isModule)) yield [name, value]
    else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) {
        if (isMember(element, isModule)) yield [`${name}.${index}`, element]
      }
    }
  }
}

function isMember(value: unknown, isModule: (value: unknown) => value is Module): value is Tensor | Module {
  return value instanceof Tensor ? stateRole(value) !== undefined : isModule(value)
}

/** Members under the names that PyTorch gives them: `runningMean` as `running_mean`. */
export function inSnakeCase(members: Iterable<Member>): Member[] {
  return [...members].map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value])
}
