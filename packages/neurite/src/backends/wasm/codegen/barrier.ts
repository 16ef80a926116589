/** Where threads meet: the last to arrive starts a new generation, the others spin, then park. */
import type { FunctionBuilder, ModuleBuilder } from '../assembler.ts'
import { control, I32, i32 } from '../opcodes.ts'

/** Byte addresses at the start of the memory. Words that different threads write lie on different cache lines. */
export const teamMemory = {
  arrived: 64,
  generation: 128,
  parked: 192,
  /** Not zero when a thread has failed: everybody gives up. */
  poison: 256,
  /** Raised by one for every command to the workers. */
  command: 320,
  /** What to do: see team.ts. */
  arguments: 384,
  /** Workers that wait for commands. */
  ready: 448,
  /** Raised when a team is dismissed: its workers end. */
  epoch: 512,
  end: 1024,
} as const

/**
 * Some 2 ms. Threads of equal work arrive tens of microseconds apart, and to wake one that has parked costs more than that:
 * with 40 microseconds of spinning a training step took 1.1 to 1.4 times as long on two threads.
 */
const spinRounds = 2_000_000
/** Nanoseconds; a parked thread looks for poison this often. */
const parkTime = 2_000_000

/** (threads, mayPark): returns when all have called it; traps when another thread has failed. */
export function emitBarrier(module: ModuleBuilder): FunctionBuilder {
  const f = module.function([I32, I32])
  const [threads, mayPark] = [0, 1]
  const [generation, rounds] = [f.local(I32), f.local(I32)]
  const { arrived, parked, poison } = teamMemory
  const load = (address: number): FunctionBuilder => f.i32(0).mem('i32AtomicLoad', address)
  const isOver = (): FunctionBuilder => load(teamMemory.generation).get(generation).op(i32.ne)
  load(teamMemory.generation).set(generation)
  f.i32(0).i32(1).mem('i32AtomicAdd', arrived).get(threads).i32(1).op(i32.sub, i32.eq)
  f.if(
    () => {
      f.i32(0).i32(0).mem('i32AtomicStore', arrived)
      f.i32(0).i32(1).mem('i32AtomicAdd', teamMemory.generation).op(control.drop)
      load(parked).if(() => f.i32(0).i32(-1).mem('atomicNotify', teamMemory.generation).op(control.drop))
    },
    () => {
      f.block(() => {
        f.i32(spinRounds).set(rounds)
        f.loop(() => {
          isOver().branchIf(1)
          f.get(rounds).i32(1).op(i32.sub).tee(rounds).branchIf(0)
          load(poison).if(() => f.op(control.unreachable))
          f.get(mayPark).if(() => {
            f.i32(0).i32(1).mem('i32AtomicAdd', parked).op(control.drop)
            f.i32(0).get(generation).i64(parkTime).mem('atomicWait32', teamMemory.generation).op(control.drop)
            f.i32(0).i32(-1).mem('i32AtomicAdd', parked).op(control.drop)
          })
          f.i32(spinRounds).set(rounds)
          f.branch(0)
        })
      })
    },
  )
  return f
}
