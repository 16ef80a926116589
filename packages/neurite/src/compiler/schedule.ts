/**
 * Orders statements and fuses them into kernels. A loop kernel grows as long as a ready statement runs over the same rows and
 * columns and needs, of the kernel's own results, only what stands in the same row.
 */
import { elementCount } from '../graph/node.ts'
import { Dependencies } from './dependencies.ts'
import type { Buffer } from './expression.ts'
import { columnForm, flatForm, naturalColumns, reducesColumns, rowsForm } from './forms.ts'
import type { Form, LoopStatement } from './forms.ts'
import type { Kernel, LoopMember, Stream } from './kernel.ts'
import { expressionCost } from './expression-cost.ts'
import { loadsOf } from './statement.ts'
import type { ReduceStatement, Statement } from './statement.ts'
import { isContiguous } from './view.ts'

/** More operands than this and a kernel spills more than it saves. */
const maximumStreams = 32

const isLoop = (s: Statement): s is LoopStatement => s.kind === 'map' || (s.kind === 'reduce' && !reducesColumns(s))

/** A reduction over several loops; it keeps its kernel to itself. */
const nested = (form: Form): boolean => form.inner.length > 1

interface Member {
  readonly statement: LoopStatement
  form: Form
  level: number
}

/** Schedules all statements; `kept` are buffers that must reach memory (program outputs). */
export function schedule(statements: readonly Statement[], kept: ReadonlySet<Buffer>): Kernel[] {
  const dependencies = new Dependencies(statements)
  const needs = new Map(statements.map((s) => [s, dependencies.of(s)]))
  const done = new Set<Statement>()
  const waiting = new Set(statements)
  const kernels: Kernel[] = []
  const ready = (s: Statement, group: ReadonlySet<Statement>): boolean => {
    for (const need of needs.get(s)!) if (!done.has(need) && !group.has(need)) return false
    return true
  }
  const finish = (members: readonly Statement[]): void => {
    for (const s of members) {
      done.add(s)
      waiting.delete(s)
    }
  }
  const readers = new Map<Buffer, Statement[]>()
  for (const s of statements) {
    for (const buffer of dependencies.buffersOf(s)) readers.set(buffer, [...(readers.get(buffer) ?? []), s])
  }
  while (waiting.size > 0) {
    const none = new Set<Statement>()
    let first: Statement | undefined
    for (const s of waiting) {
      if (ready(s, none)) {
        first = s
        break
      }
    }
    if (!first) throw new Error('compiler: statements depend on each other in a circle')
    if (!isLoop(first)) {
      kernels.push(singleKernel(first))
      finish([first])
      continue
    }
    const group = new LoopGroup(first)
    for (let grown = true; grown;) {
      grown = false
      for (const s of waiting) {
        if (!group.has(s) && isLoop(s) && ready(s, group.statements) && group.add(s)) grown = true
      }
    }
    kernels.push(group.kernel(readers, kept))
    finish([...group.statements])
  }
  return kernels
}

function singleKernel(statement: Statement): Kernel {
  const reads = [...new Set(loadsOf(statement).map((load) => load.buffer))]
  const writes = [statement.target.buffer]
  const { label } = statement.target.buffer
  if (statement.kind === 'reduce') {
    const { rows, columns, streams, inner } = columnForm(statement)
    const { combiner, value, target } = statement
    const work = (elementCount(statement.shape) * (expressionCost(value) + 1)) / 4
    return {
      kind: 'columnReduce',
      combiner,
      rows,
      columns,
      value,
      target: target.buffer,
      streams,
      inner,
      reads,
      writes,
      work,
      label,
    }
  }
  if (statement.kind === 'contract') {
    const depth = elementCount(statement.a.view.shape.slice(-statement.depth))
    const work = (elementCount(statement.target.view.shape) * depth) / 4
    return { kind: 'contract', statement, reads, writes, work, label }
  }
  if (statement.kind === 'scan') {
    const plan = statement.plan!
    const work = statement.attributes.steps * plan.kernels.reduce((sum, kernel) => sum + kernel.work, 0)
    return { kind: 'scan', statement, plan, reads, writes: [...writes, plan.work], work, label }
  }
  if (statement.kind === 'map') throw new Error('compiler: a map is a loop')
  const work = reads.reduce((sum, buffer) => sum + buffer.elements * 4, 0)
  return { kind: 'index', statement, reads, writes, work, label }
}

/** A part of a concatenation, or a flipped copy: it ends up elsewhere in the buffer than where it stands in its rows. */
const writesPart = ({ kind, shape, target }: LoopStatement): boolean =>
  kind === 'map' && (elementCount(shape) !== target.buffer.elements || !isContiguous(target.view))

class LoopGroup {
  readonly statements = new Set<Statement>()
  private readonly members: Member[] = []
  private readonly byTarget = new Map<Buffer, Member>()
  private flat: boolean
  private rows: number
  private columns: number
  private streams = 0

  constructor(first: LoopStatement) {
    const flat = flatForm(first)
    this.flat = flat !== undefined
    this.columns = flat ? elementCount(first.shape) : naturalColumns(first)
    this.rows = this.columns === 0 ? 0 : elementCount(first.shape) / this.columns
    const form = flat ?? rowsForm(first, this.rows, this.columns)
    if (!form) throw new Error('compiler: a statement has no loop form of its own')
    this.accept({ statement: first, form, level: 0 })
  }

  has(statement: Statement): boolean {
    return this.statements.has(statement)
  }

  private accept(member: Member): void {
    this.members.push(member)
    this.statements.add(member.statement)
    this.byTarget.set(member.statement.target.buffer, member)
    this.streams += member.form.streams.size + 1
  }

  /** Takes the statement in if it fits. */
  add(statement: LoopStatement): boolean {
    if (this.members.some((member) => nested(member.form))) return false
    // Parts of one concatenation may share a kernel: nobody reads them there.
    if (this.byTarget.has(statement.target.buffer) && !writesPart(statement)) return false
    if (this.streams > maximumStreams) return false
    if (this.flat) {
      const form = flatForm(statement)
      if (form && form.columns === this.columns && this.place(statement, form)) return true
      return this.turnIntoRows(statement)
    }
    const form = rowsForm(statement, this.rows, this.columns)
    return form !== undefined && this.place(statement, form)
  }

  /** A flat group becomes rows when a statement with rows joins it. */
  private turnIntoRows(statement: LoopStatement): boolean {
    const columns = naturalColumns(statement)
    if (columns < 2 || this.columns % columns !== 0) return false
    const rows = this.columns / columns
    if (elementCount(statement.shape) !== this.columns) return false
    const forms = this.members.map((member) => rowsForm(member.statement, rows, columns))
    const form = rowsForm(statement, rows, columns)
    if (!form || forms.some((f) => f?.role !== 'wide')) return false
    const before = { flat: this.flat, rows: this.rows, columns: this.columns, forms: this.members.map((m) => m.form) }
    Object.assign(this, { flat: false, rows, columns })
    this.members.forEach((member, i) => (member.form = forms[i]!))
    if (this.place(statement, form)) return true
    Object.assign(this, { flat: before.flat, rows: before.rows, columns: before.columns })
    this.members.forEach((member, i) => (member.form = before.forms[i]!))
    return false
  }

  private place(statement: LoopStatement, form: Form): boolean {
    if (nested(form)) return false
    let level = 0
    let connected = false
    for (const [leaf, stream] of form.streams) {
      if (leaf.kind !== 'load') continue
      const producer = this.byTarget.get(leaf.buffer)
      if (!producer) continue
      if (writesPart(producer.statement) || !this.sameRow(producer.form.role, form.role, stream)) return false
      connected = true
      level = Math.max(level, producer.form.role === 'reduce' ? producer.level + 1 : producer.level)
    }
    for (const earlier of statement.after) {
      const member = this.members.find((m) => m.statement === earlier)
      if (!member) continue
      if (member.form.role === 'narrow' || form.role !== 'wide' || !this.readsSameRow(member, statement)) return false
      level = Math.max(level, member.level)
    }
    if (form.role === 'narrow' && !connected) return false
    this.accept({ statement, form, level })
    return true
  }

  /** Whether a member reads the state that `writer` overwrites only where the writer is at the same time. */
  private readsSameRow(member: Member, writer: LoopStatement): boolean {
    const { origin } = writer.target.buffer
    for (const [leaf, stream] of member.form.streams) {
      if (leaf.kind !== 'load' || leaf.buffer.origin.kind !== 'state' || origin.kind !== 'state') continue
      if (leaf.buffer.origin.binding === origin.binding && !this.sameRow('wide', member.form.role, stream)) return false
    }
    return true
  }

  private sameRow(producer: Form['role'], consumer: Form['role'], stream: Stream): boolean {
    if (stream.offset !== 0) return false
    const inner = stream.inner[0]!
    const rowStride = this.rows === 1 ? undefined : stream.rows.length === 1 ? stream.rows[0]!.stride : -1
    if (producer === 'wide') {
      if (consumer === 'narrow') return false
      return (rowStride === undefined || rowStride === this.columns) && (inner.stride === 1 || this.columns === 1)
    }
    return (rowStride === undefined || rowStride === 1) && (inner.stride === 0 || inner.size === 1)
  }

  kernel(readers: ReadonlyMap<Buffer, readonly Statement[]>, kept: ReadonlySet<Buffer>): Kernel {
    const inside = new Set(this.members.map((member) => member.statement.target.buffer))
    const members = this.members.map((member): LoopMember => {
      const { statement, form, level } = member
      const { buffer } = statement.target
      const users = readers.get(buffer) ?? []
      const later = (s: Statement): boolean => {
        const user = this.members.find((m) => m.statement === s)
        return !user || (form.role === 'wide' && user.level > level)
      }
      const store = kept.has(buffer) || buffer.origin.kind !== 'scratch' || users.some(later)
      return {
        role: form.role,
        level,
        value: statement.value,
        combiner: statement.kind === 'reduce' ? statement.combiner : undefined,
        target: buffer,
        targetStream: form.target,
        streams: form.streams,
        inner: form.inner,
        store,
      }
    })
    const reads = new Set<Buffer>()
    let work = 0
    for (const { statement } of this.members) {
      for (const load of loadsOf(statement)) if (!inside.has(load.buffer)) reads.add(load.buffer)
      work += (elementCount(statement.shape) * (expressionCost(statement.value) + 1)) / 4
    }
    // A buffer of the group that a later level reads back from memory is both written and read.
    const writes = members.filter((member) => member.store).map((member) => member.target)
    const label = this.members.map(({ statement }) => statement.target.buffer.label).join(' + ')
    const { flat, rows, columns } = this
    return { kind: 'loop', flat, rows, columns, members, reads: [...reads], writes, work, label }
  }
}

/** The value of a reduction over nothing. */
export function identityOf(statement: Pick<ReduceStatement, 'combiner'>): number {
  const identities = { sum: 0, prod: 1, max: -Infinity, min: Infinity }
  return identities[statement.combiner]
}
