import type { Module } from './module.ts'

/** Hears of every `forward` while a summary is made. */
export type ForwardWatcher = (module: Module, output: unknown) => void

let watcher: ForwardWatcher | undefined

/** Runs `fn`; `watch` is called after every `forward` in it, inner modules before outer ones. */
export function watchingForward<T>(watch: ForwardWatcher, fn: () => T): T {
  const outer = watcher
  watcher = watch
  try {
    return fn()
  } finally {
    watcher = outer
  }
}

/** Tells the watcher, where there is one. */
export function tellForward(module: Module, output: unknown): void {
  watcher?.(module, output)
}
