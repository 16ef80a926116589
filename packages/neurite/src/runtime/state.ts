import type { Backend, StateStorage } from '../compiler/program.ts'
import { StateError } from '../errors.ts'
import type { DType, HostArray, Node, Shape, StateReference, TensorType } from '../graph/node.ts'
import { state as readState } from '../ops/state.ts'
import { currentBackend } from './device.ts'
import { nextEpoch } from './epoch.ts'
import { keepValues, knownValues } from './values.ts'

/** What outlives a State, so that its memory can be given back after nobody holds it. */
interface Cell {
  storage: StateStorage | undefined
}

const reclaim = new FinalizationRegistry<Cell>((cell) => {
  cell.storage?.free()
  cell.storage = undefined
})

let nextId = 0

/**
 * Resident memory that outlives programs: a parameter, an optimiser slot, a running statistic.
 *
 * Lazy nodes read the version that was present when they were recorded. Before the memory is written, the node that reads
 * the present version gets a copy of the values, if there is one; compiled steps make none, so writing costs them nothing.
 */
export class State implements StateReference {
  readonly id: number
  readonly shape: Shape
  readonly dtype: DType
  private readonly cell: Cell = { storage: undefined }
  private backend: Backend | undefined
  private initial: HostArray | (() => HostArray) | undefined
  private reader: Node | undefined
  private freed = false

  /**
   * Starts with zeros where `initial` is left out. The array is kept until first use: do not change it. A function is
   * called when the values are first needed, if they were not written before.
   */
  constructor(type: TensorType, initial?: HostArray | (() => HostArray)) {
    this.id = nextId++
    this.shape = type.shape
    this.dtype = type.dtype
    this.initial = initial
    reclaim.register(this, this.cell, this.cell)
  }

  /** The memory on the present backend; values move when the backend has changed. */
  storage(): StateStorage {
    const current = currentBackend()
    if (this.backend === current) return this.cell.storage!
    this.checkAlive()
    const before = this.cell.storage
    // Memory first: for a model that does not fit, no values need be drawn.
    const { initial } = this
    const known = before?.read() ?? (typeof initial === 'function' ? undefined : initial)
    this.cell.storage = current.createState({ shape: this.shape, dtype: this.dtype }, known)
    if (typeof initial === 'function') this.cell.storage.write(initial())
    this.backend = current
    this.initial = undefined
    before?.free()
    return this.cell.storage
  }

  /** The node that stands for the present version. */
  readNode(): Node {
    if (this.reader !== undefined) return this.reader
    this.checkAlive()
    const node = readState(this)
    this.reader = node
    return node
  }

  /** To be called before every write. */
  beforeWrite(): void {
    if (this.reader === undefined) return
    const node = this.reader
    this.reader = undefined
    if (knownValues(node) === undefined) keepValues(node, this.read())
  }

  /** A copy of the values. */
  read(): HostArray {
    return this.storage().read()
  }

  write(values: HostArray): void {
    this.beforeWrite()
    // Initial values that nobody has read need not be computed.
    if (typeof this.initial === 'function' && !this.freed) this.initial = values.slice()
    else this.storage().write(values)
  }

  /** Gives the memory back; any later use throws. */
  free(): void {
    if (this.freed) return
    this.freed = true
    reclaim.unregister(this.cell)
    this.cell.storage?.free()
    this.cell.storage = undefined
    this.backend = undefined
    this.initial = undefined
    nextEpoch()
  }

  private checkAlive(): void {
    if (!this.freed) return
    throw new StateError({
      what: `a tensor of shape [${this.shape.join(', ')}] is used after it was freed`,
      expected: 'a model that still has its memory',
      fix: 'call free() after the last use, or leave it out: memory of dropped models is given back by itself',
    })
  }
}
