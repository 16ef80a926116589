/** Code for loop kernels: elementwise chains, row reductions, and chains of both over one row (softmax and the like). */
import type { Buffer, Expression, IndexExpression, Load } from '../../../compiler/expression.ts'
import { walk } from '../../../compiler/expression.ts'
import type { LoopKernel, LoopMember } from '../../../compiler/kernel.ts'
import { expressionCost } from '../../../compiler/expression-cost.ts'
import type { FunctionBuilder, Local } from '../assembler.ts'
import { I32, i32 } from '../opcodes.ts'
import { AccessTable, nestLoops } from './access.ts'
import type { Access } from './access.ts'
import { ExpressionEmitter, Scope } from './expression-emitter.ts'
import type { Leaf, LeafSource, Place } from './expression-emitter.ts'
import { Reducer } from './reducer.ts'

/** Vectors of one reduction that are summed before their sum joins the total: long sums keep their digits. */
const chunkVectors = 1024

/** Parameters: one address per buffer, then the first and the end unit (rows; elements of a flat kernel). */
export function emitLoopKernel(
  f: FunctionBuilder,
  kernel: LoopKernel,
  bases: ReadonlyMap<Buffer, Local>,
  lo: Local,
  hi: Local,
  fused: boolean,
): void {
  new LoopEmitter(f, kernel, bases, fused).emit(lo, hi)
}

class LoopEmitter implements LeafSource {
  private readonly f: FunctionBuilder
  private readonly kernel: LoopKernel
  private readonly expressions: ExpressionEmitter
  private readonly accesses: AccessTable
  private readonly ofLeaf = new Map<Leaf, Access>()
  private readonly ofTarget = new Map<LoopMember, Access>()
  private readonly byTarget = new Map<Buffer, LoopMember>()
  /** Results of members that are in registers here: of this row, or of this vector. */
  private readonly rowResults = new Map<Buffer, Local>()
  private vectorResults = new Map<Buffer, Local>()

  constructor(f: FunctionBuilder, kernel: LoopKernel, bases: ReadonlyMap<Buffer, Local>, fused: boolean) {
    this.f = f
    this.kernel = kernel
    this.accesses = new AccessTable(f, bases)
    this.expressions = new ExpressionEmitter(f, fused)
    for (const member of kernel.members) this.byTarget.set(member.target, member)
    for (const member of kernel.members) {
      for (const [leaf, stream] of member.streams) {
        if (leaf.kind === 'index') this.ofLeaf.set(leaf, this.accesses.of(undefined, stream))
        else if (this.readsMemory(leaf, member)) this.ofLeaf.set(leaf, this.accesses.of(leaf.buffer, stream))
      }
      if (member.store) this.ofTarget.set(member, this.accesses.of(member.target, member.targetStream))
    }
  }

  /** Results of the same loop and of rows come from registers. */
  private readsMemory(leaf: Load, member: LoopMember): boolean {
    const producer = this.byTarget.get(leaf.buffer)
    return !producer || (producer.role === 'wide' && producer.level < member.level)
  }

  resident(leaf: Leaf): Local | undefined {
    if (leaf.kind === 'index') return undefined
    return this.vectorResults.get(leaf.buffer) ?? this.rowResults.get(leaf.buffer)
  }

  access(leaf: Leaf): Access {
    return this.ofLeaf.get(leaf)!
  }

  emit(lo: Local, hi: Local): void {
    const { f, kernel } = this
    const row = f.local(I32)
    const all = this.accesses.all()
    f.get(lo)
      .get(hi)
      .op(i32.ltS)
      .if(() => {
        f.i32(0).set(row)
        if (kernel.flat) {
          for (const access of all) {
            access.start(row)
            if (access.variesByColumn) f.get(access.row).get(lo).i32(access.scale).op(i32.mul, i32.add).set(access.row)
          }
          const scope = new Scope()
          this.hoist(kernel.members, scope, () => false)
          this.flatLoop(lo, hi, scope)
          return
        }
        f.get(lo).set(row)
        for (const access of all) access.start(lo)
        const outer = new Scope()
        this.hoist(kernel.members, outer, (leaf) => this.isLocalResult(leaf) || this.access(leaf).variesByRow)
        f.loop(() => {
          for (const access of all) access.locate(row)
          this.rowBody(new Scope(outer))
          for (const access of all) access.nextRow()
          f.get(row).i32(1).op(i32.add).tee(row).get(hi).op(i32.ltS).branchIf(0)
        })
      })
  }

  private isLocalResult(leaf: Leaf): boolean {
    return leaf.kind === 'load' && this.byTarget.has(leaf.buffer)
  }

  /** Computes the largest subexpressions that do not vary here, so that loops find them ready. */
  private hoist(members: readonly LoopMember[], scope: Scope, variesHere: (leaf: Leaf) => boolean): void {
    for (const member of members) {
      const invariant = new Map<Expression, boolean>()
      walk(member.value, (e) => {
        if (e.kind === 'constant') invariant.set(e, true)
        else if (e.kind === 'apply')
          invariant.set(
            e,
            e.inputs.every((input) => invariant.get(input)!),
          )
        else invariant.set(e, this.isInvariant(e, variesHere))
      })
      const visit = (e: Expression): void => {
        if (invariant.get(e)) {
          if (e.kind !== 'constant') this.expressions.evaluate(e, scope, this, { vector: 0, lanes: 4 }, (a) => a.row)
        } else if (e.kind === 'apply') e.inputs.forEach(visit)
      }
      visit(member.value)
    }
  }

  private isInvariant(leaf: Load | IndexExpression, variesHere: (leaf: Leaf) => boolean): boolean {
    if (variesHere(leaf)) return false
    if (this.isLocalResult(leaf)) return this.rowResults.has((leaf as Load).buffer)
    return !this.access(leaf).variesByColumn
  }

  private rowBody(scope: Scope): void {
    const { members } = this.kernel
    this.rowResults.clear()
    const levels = Math.max(...members.map((member) => member.level))
    for (let level = 0; level <= levels; level++) {
      const here = members.filter((member) => member.level === level)
      for (const member of here.filter((m) => m.role === 'narrow')) this.narrow(member, scope)
      const wide = here.filter((m) => m.role !== 'narrow')
      if (wide.length > 0) this.wideLoop(wide, scope)
    }
  }

  private storeRow(member: LoopMember, value: Local): void {
    this.rowResults.set(member.target, value)
    const access = this.ofTarget.get(member)
    const mask = member.target.type.dtype === 'bool'
    if (access) this.expressions.store(value, mask, access, { vector: 0, lanes: 1 }, access.row)
  }

  private narrow(member: LoopMember, scope: Scope): void {
    const value = this.expressions.evaluate(member.value, scope, this, { vector: 0, lanes: 4 }, (a) => a.row)
    this.storeRow(member, value)
  }

  /** Accesses that the members move along the columns. */
  private movingAccesses(members: readonly LoopMember[]): Access[] {
    const moving = new Set<Access>()
    for (const member of members) {
      for (const leaf of member.streams.keys()) {
        const access = this.ofLeaf.get(leaf)
        if (access?.variesByColumn) moving.add(access)
      }
      const target = member.role === 'wide' ? this.ofTarget.get(member) : undefined
      if (target) moving.add(target)
    }
    return [...moving]
  }

  private wideLoop(members: readonly LoopMember[], scope: Scope): void {
    const { f } = this
    this.hoist(members, scope, (leaf) => this.isLocalResult(leaf) && !this.rowResults.has((leaf as Load).buffer))
    const moving = this.movingAccesses(members)
    const reducers = new Map(
      members.flatMap((m) => (m.role === 'reduce' ? [[m, new Reducer(f, m, this.unroll(members))]] : [])),
    )
    for (const reducer of reducers.values()) reducer.startTotal()
    // A member with several inner loops has its kernel to itself.
    const nest = members[0]!.inner.slice(0, -1)
    const starts = new Map(moving.map((access) => [access, access.row]))
    nestLoops(f, nest, 0, starts, () => this.columns(members, scope, reducers))
    for (const [member, reducer] of reducers) {
      this.storeRow(member, reducer.finish(this.expressions))
    }
  }

  private unroll(members: readonly LoopMember[]): number {
    const cost = members.reduce((sum, member) => sum + expressionCost(member.value), 0)
    return cost <= 8 ? 4 : cost <= 40 ? 2 : 1
  }

  /** One run over the columns of a row: full vectors in unrolled blocks, then the rest. */
  private columns(members: readonly LoopMember[], scope: Scope, reducers: ReadonlyMap<LoopMember, Reducer>): void {
    const { f } = this
    const moving = this.movingAccesses(members)
    const size = members[0]!.inner.at(-1)!
    const unroll = this.unroll(members)
    const full = Math.floor(size / 4)
    const perChunk = Math.floor(chunkVectors / unroll)
    let blocks = Math.floor(full / unroll)
    const run = (count: number): void => {
      const block = (): void => {
        this.block(members, scope, reducers, unroll)
        this.expressions.advance(moving, unroll)
      }
      if (count === 1) block()
      else if (count > 1) {
        const counter = f.local(I32)
        f.i32(count).set(counter)
        f.loop(() => {
          block()
          f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
        })
      }
    }
    for (const reducer of reducers.values()) reducer.startChunk()
    if (reducers.size > 0 && blocks > perChunk) {
      const chunks = Math.floor(blocks / perChunk)
      const counter = f.local(I32)
      f.i32(chunks).set(counter)
      f.loop(() => {
        run(perChunk)
        for (const reducer of reducers.values()) {
          reducer.endChunk()
          reducer.startChunk()
        }
        f.get(counter).i32(1).op(i32.sub).tee(counter).branchIf(0)
      })
      blocks -= chunks * perChunk
    }
    run(blocks)
    const rest = full % unroll
    this.block(members, scope, reducers, rest)
    if (size % 4 > 0)
      this.vector(members, scope, reducers, { vector: rest, lanes: size % 4 }).forEach((store) => store())
    for (const reducer of reducers.values()) reducer.endChunk()
  }

  /**
   * Several full vectors. Stores come last: updates in place read the old values first, and V8 can merge pairs of vectors
   * into wider ones only without a store between them.
   */
  private block(
    members: readonly LoopMember[],
    scope: Scope,
    reducers: ReadonlyMap<LoopMember, Reducer>,
    vectors: number,
  ): void {
    const places = Array.from({ length: vectors }, (_, vector) => ({ vector, lanes: 4 }))
    for (const store of places.flatMap((place) => this.vector(members, scope, reducers, place))) store()
  }

  /** All members of a level for one vector; gives the code that stores them. */
  private vector(
    members: readonly LoopMember[],
    scope: Scope,
    reducers: ReadonlyMap<LoopMember, Reducer>,
    place: Place,
    storeCount?: Local,
  ): (() => void)[] {
    const inner = new Scope(scope)
    this.vectorResults = new Map()
    const stores: (() => void)[] = []
    for (const member of members) {
      const value = this.expressions.evaluate(member.value, inner, this, place, (a) =>
        a.variesByColumn ? a.cursor : a.row,
      )
      const reducer = reducers.get(member)
      if (reducer) {
        reducer.add(value, place)
        continue
      }
      this.vectorResults.set(member.target, value)
      const access = this.ofTarget.get(member)
      if (!access) continue
      const mask = member.target.type.dtype === 'bool'
      stores.push(() => {
        if (storeCount === undefined) this.expressions.store(value, mask, access, place, access.cursor)
        else this.expressions.storeCount(value, mask, storeCount, access.cursor)
      })
    }
    this.vectorResults = new Map()
    return stores
  }

  /** The columns of a flat kernel: the number of elements is known at run time only. */
  private flatLoop(lo: Local, hi: Local, scope: Scope): void {
    const { f } = this
    const { members } = this.kernel
    const moving = this.movingAccesses(members)
    const left = f.local(I32)
    const none = new Map<LoopMember, Reducer>()
    for (const access of moving) f.get(access.row).set(access.cursor)
    f.get(hi).get(lo).op(i32.sub).set(left)
    const unroll = this.unroll(members)
    for (const vectors of unroll > 1 ? [unroll, 1] : [1]) {
      const elements = 4 * vectors
      f.get(left)
        .i32(elements)
        .op(i32.geU)
        .if(() => {
          f.loop(() => {
            this.block(members, scope, none, vectors)
            this.expressions.advance(moving, vectors)
            f.get(left).i32(elements).op(i32.sub).tee(left).i32(elements).op(i32.geU).branchIf(0)
          })
        })
    }
    f.get(left).if(() => this.vector(members, scope, none, { vector: 0, lanes: 4 }, left).forEach((store) => store()))
  }
}
