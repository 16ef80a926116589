/** Keeps the `capacity` entries that were used last; what leaves is handed to `release`. */
export class ProgramCache<T> {
  readonly capacity: number
  private readonly entries = new Map<string, T>()
  private readonly release: (entry: T) => void

  constructor(capacity: number, release: (entry: T) => void) {
    this.capacity = capacity
    this.release = release
  }

  get size(): number {
    return this.entries.size
  }

  /** The entry of a key, which becomes the one used last. */
  get(key: string): T | undefined {
    const entry = this.entries.get(key)
    if (entry !== undefined) {
      this.entries.delete(key)
      this.entries.set(key, entry)
    }
    return entry
  }

  set(key: string, entry: T): void {
    const before = this.entries.get(key)
    if (before !== undefined) this.release(before)
    this.entries.delete(key)
    this.entries.set(key, entry)
    if (this.entries.size <= this.capacity) return
    const [oldest, dropped] = this.entries.entries().next().value!
    this.entries.delete(oldest)
    this.release(dropped)
  }

  values(): Iterable<T> {
    return this.entries.values()
  }

  clear(): void {
    for (const entry of this.entries.values()) this.release(entry)
    this.entries.clear()
  }
}
