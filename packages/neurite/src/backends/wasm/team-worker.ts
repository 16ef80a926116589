/** The program of a team worker, as source text: a worker has to start from one self-contained script, also in a bundle. */
import { teamMemory } from './codegen/barrier.ts'

/** Commands of the main thread; arguments follow in the words after the kind. */
export const teamCommand = { load: 1, run: 2, forget: 3 } as const

/** Rounds that a worker spins for its next command before it sleeps. */
const spinRounds = 200_000

export function workerSource(): string {
  const word = (address: number): number => address >> 2
  return `
const serve = ({ memory, thread, threads, epoch }) => {
  let words = new Int32Array(memory.buffer)
  const programs = new Map()
  let seen = Atomics.load(words, ${word(teamMemory.command)})
  // This team may be dismissed at any moment: then the worker must not count.
  for (;;) {
    const count = Atomics.load(words, ${word(teamMemory.ready)})
    if (Atomics.load(words, ${word(teamMemory.epoch)}) !== epoch || count >> 8 !== epoch) return
    if (Atomics.compareExchange(words, ${word(teamMemory.ready)}, count, count + 1) === count) break
  }
  for (;;) {
    let rounds = 0
    while (Atomics.load(words, ${word(teamMemory.command)}) === seen) {
      if (++rounds > ${spinRounds}) Atomics.wait(words, ${word(teamMemory.command)}, seen)
    }
    seen = Atomics.load(words, ${word(teamMemory.command)})
    if (Atomics.load(words, ${word(teamMemory.epoch)}) !== epoch) return
    const at = ${word(teamMemory.arguments)}
    const kind = words[at], program = words[at + 1], region = words[at + 2], length = words[at + 3]
    try {
      if (kind === ${teamCommand.run}) programs.get(program)(thread, threads, region, 1)
      else {
        if (kind === ${teamCommand.load}) {
          const bytes = new Uint8Array(memory.buffer, region >>> 0, length).slice()
          const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
          programs.set(program, instance.exports.step)
        } else programs.delete(program)
        Atomics.add(words, ${word(teamMemory.arrived)}, 1)
      }
    } catch (error) {
      Atomics.store(words, ${word(teamMemory.poison)}, 1)
      Atomics.notify(words, ${word(teamMemory.generation)})
      throw error
    }
  }
}
if (typeof require === 'function') serve(require('node:worker_threads').workerData)
else onmessage = (event) => serve(event.data)
`
}
