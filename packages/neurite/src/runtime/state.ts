import type { Backend, StateStorage } from '../compiler/program.ts'
import { StateError } from '../errors.ts'
import type { DType, HostArray, Node, Shape, StateReference, TensorType } from '../graph/node.ts'
import { elementCount } from '../graph/node.ts'
import { state as readState } from '../ops/state.ts'
import { currentBackend, enqueue, inOrder, isReady, reportUnheard } from './arrival.ts'
import { nextEpoch } from './epoch.ts'
import { hostArray, keepValues, knownValues } from './values.ts'

/** What outlives a State, so that its memory can be given back after nobody holds it. */
interface Cell {
  storage: StateStorage | undefined
}

const reclaim = new FinalizationRegistry<Cell>((cell) => {
  cell.storage?.free()
  cell.storage = undefined
})

/** First values, or what draws them: into the array given, or into a new one. */
export type FirstValues = HostArray | ((into?: HostArray) => HostArray)

/** Elements of a gibibyte: what may not fit the device is not drawn before the device has taken it. */
const LARGEST_DRAWN = 0x10000000

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
  private initial: FirstValues | undefined
  private reader: Node | undefined
  /** Set by `free`; its memory is given back when what waits has run. */
  private freed = false
  private released = false
  /** Whether something that waits for the device reads the values, or writes them. */
  private isAwaited = false
  private isRewritten = false

  /**
   * Starts with zeros where `initial` is left out. The array is kept until first use: do not change it. A function is
   * called when the values are first needed, if they were not written before.
   */
  constructor(type: TensorType, initial?: FirstValues) {
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
    if (this.released) throw this.usedAfterFree()
    const before = this.cell.storage
    // Memory first: for a model that does not fit, no values need be drawn.
    const { initial } = this
    const known = before?.read() ?? (typeof initial === 'function' ? undefined : initial)
    const storage = current.createState({ shape: this.shape, dtype: this.dtype }, known)
    this.cell.storage = storage
    if (typeof initial === 'function') {
      const memory = storage.memory?.()
      const values = initial(memory)
      if (values !== memory) storage.write(values)
    }
    this.backend = current
    this.initial = undefined
    before?.free()
    return storage
  }

  /** The node that stands for the present version. */
  readNode(): Node {
    if (this.reader !== undefined) return this.reader
    this.checkAlive()
    const node = readState(this)
    this.reader = node
    return node
  }

  /**
   * The values where they can be known without a device: they have never been there. Shared, not to be changed.
   * undefined for all others.
   */
  hostValues(): HostArray | undefined {
    if (this.cell.storage !== undefined || this.isRewritten) return undefined
    this.checkAlive()
    if (elementCount(this.shape) >= LARGEST_DRAWN) return undefined
    const { initial = hostArray(this.dtype, elementCount(this.shape)) } = this
    const values = typeof initial === 'function' ? initial() : initial
    this.initial = values
    return values
  }

  /** To be called before something that uses the values begins to wait: first values are drawn now, not later. */
  await(willWrite = false): void {
    this.checkAlive()
    this.isAwaited = true
    this.isRewritten ||= willWrite
    if (typeof this.initial === 'function' && elementCount(this.shape) < LARGEST_DRAWN) this.initial = this.initial()
  }

  /** To be called before every write. */
  beforeWrite(): void {
    this.preserve(this.takeReader())
  }

  /** The node that reads the version that is about to be overwritten, if there is one; later readers get another. */
  takeReader(): Node | undefined {
    const { reader } = this
    this.reader = undefined
    return reader
  }

  /** Gives the taken node a copy of the values, right before they are overwritten. */
  preserve(reader: Node | undefined): void {
    if (reader !== undefined && knownValues(reader) === undefined) keepValues(reader, this.read())
  }

  /** A copy of the values. */
  read(): HostArray {
    return this.hostValues()?.slice() ?? this.storage().read()
  }

  /** Writes values, now or where the call stands among those that wait; a function is called then. */
  write(values: HostArray | (() => HostArray)): void {
    if (typeof values !== 'function' && !this.freed && this.cell.storage === undefined && !this.isAwaited) {
      this.beforeWrite()
      // Initial values that nobody has read need not be computed.
      this.initial = values.slice()
      return
    }
    if (isReady()) {
      this.beforeWrite()
      this.storage().write(typeof values === 'function' ? values() : values)
      return
    }
    const reader = this.takeReader()
    // First values that nobody will see are not drawn.
    if (reader === undefined && !this.isAwaited && typeof this.initial === 'function') this.initial = undefined
    this.await(true)
    const given = typeof values === 'function' ? values : values.slice()
    const run = (): void => {
      this.preserve(reader)
      this.storage().write(typeof given === 'function' ? given() : given)
    }
    enqueue(run, reportUnheard, 4 * elementCount(this.shape))
  }

  /** Gives the memory back; any later use throws. */
  free(): void {
    if (this.freed) return
    this.freed = true
    reclaim.unregister(this.cell)
    nextEpoch()
    inOrder(() => {
      this.released = true
      this.cell.storage?.free()
      this.cell.storage = undefined
      this.backend = undefined
      this.initial = undefined
      nextEpoch()
    })
  }

  private checkAlive(): void {
    if (this.freed) throw this.usedAfterFree()
  }

  private usedAfterFree(): StateError {
    return new StateError({
      what: `a tensor of shape [${this.shape.join(', ')}] is used after it was freed`,
      expected: 'a model that still has its memory',
      fix: 'call free() after the last use, or leave it out: memory of dropped models is given back by itself',
    })
  }
}
