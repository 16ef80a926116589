/** Which statement must wait for which, and which state updates may be written in place. */
import type { Buffer } from './expression.ts'
import { loadsOf } from './statement.ts'
import type { MapStatement, Statement } from './statement.ts'
import type { StatementList } from './statements.ts'
import { isContiguous } from './view.ts'

export class Dependencies {
  private readonly writers = new Map<Buffer, Statement[]>()
  private readonly loaded = new Map<Statement, Set<Buffer>>()

  constructor(statements: readonly Statement[]) {
    for (const statement of statements) {
      this.loaded.set(statement, new Set(loadsOf(statement).map((load) => load.buffer)))
      const list = this.writers.get(statement.target.buffer)
      if (list) list.push(statement)
      else this.writers.set(statement.target.buffer, [statement])
    }
  }

  buffersOf(statement: Statement): ReadonlySet<Buffer> {
    return this.loaded.get(statement)!
  }

  writersOf(buffer: Buffer): readonly Statement[] {
    return this.writers.get(buffer) ?? []
  }

  /** Statements that must have run before this one. */
  of(statement: Statement): Set<Statement> {
    const before = new Set<Statement>(statement.after)
    for (const buffer of this.buffersOf(statement)) for (const writer of this.writersOf(buffer)) before.add(writer)
    before.delete(statement)
    return before
  }

  /** Whether `later` needs `earlier`, directly or through others. */
  reaches(earlier: Statement, later: Statement): boolean {
    const seen = new Set<Statement>()
    const stack = [later]
    while (stack.length > 0) {
      const current = stack.pop()!
      if (current === earlier) return true
      if (seen.has(current)) continue
      seen.add(current)
      stack.push(...this.of(current))
    }
    return false
  }
}

/**
 * State updates arrive as copies `state = value`. Where nobody needs the old value any more, the statement that
 * computes the value writes into the state itself; otherwise the copy waits for every reader of the old value.
 */
export function resolveAssignments(list: StatementList): Statement[] {
  const isCopy = (s: Statement): s is MapStatement => {
    const { origin } = s.target.buffer
    return s.kind === 'map' && origin.kind === 'state' && origin.written && s.value.kind === 'load'
  }
  const copies = list.statements.filter(isCopy)
  if (copies.length === 0) return list.statements
  const removed = new Set<Statement>()
  const dependencies = new Dependencies(list.statements)
  const taken = new Set<Buffer>(list.outputs)
  for (const copy of copies) {
    const { origin } = copy.target.buffer
    if (origin.kind !== 'state') continue
    const old = list.buffers.find(
      (b) => b.origin.kind === 'state' && !b.origin.written && b.origin.binding === origin.binding,
    )
    const readers = old
      ? list.statements.filter((s) => !removed.has(s) && s !== copy && dependencies.buffersOf(s).has(old))
      : []
    const producer = directProducer(copy, dependencies, taken)
    const others = readers.filter((reader) => reader !== producer)
    const inPlace = producer !== undefined && readsInPlace(producer, old)
    if (producer && inPlace && others.every((reader) => !dependencies.reaches(producer, reader))) {
      producer.after.push(...others)
      producer.target.buffer.origin = origin
      taken.add(producer.target.buffer)
      removed.add(copy)
    } else copy.after.push(...readers)
  }
  return list.statements.filter((s) => !removed.has(s))
}

/** The one statement that computes all of what the copy copies, unless its buffer has another duty. */
function directProducer(
  copy: MapStatement,
  dependencies: Dependencies,
  taken: ReadonlySet<Buffer>,
): Statement | undefined {
  if (copy.value.kind !== 'load') return undefined
  const { buffer, view } = copy.value
  if (buffer.origin.kind !== 'scratch' || taken.has(buffer) || !isContiguous(view)) return undefined
  if (buffer.elements !== copy.target.buffer.elements) return undefined
  const writers = dependencies.writersOf(buffer)
  return writers.length === 1 ? writers[0] : undefined
}

/** A statement may overwrite a state that it reads only element by element. */
function readsInPlace(producer: Statement, old: Buffer | undefined): boolean {
  const loads = loadsOf(producer).filter((load) => load.buffer === old)
  if (loads.length === 0) return true
  return producer.kind === 'map' && isContiguous(producer.target.view) && loads.every((load) => isContiguous(load.view))
}
