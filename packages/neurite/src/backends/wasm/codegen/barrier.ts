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
  /** Rounds that a barrier spins before it parks. */
  spin: 576,
  end: 1024,
} as const

/**
 * Rounds of spinning, from some 40 microseconds to 2 ms. Threads of equal work arrive tens of microseconds apart, and to wake one
 * that has parked costs more than that: with the fewest rounds a training step took 1.1 to 1.4 times as long on two threads. But
 * where there are more threads than cores, spinning keeps away the one that is waited for. So each wait that was in vain leaves
 * a quarter of the rounds, and each that was not adds an eighth.
 */
const [fewestRounds, mostRounds] = [20_000, 2_000_000]
/** Nanoseconds; a parked thread looks for poison this often. */
const parkTime = 2_000_000

/** (threads, mayPark): returns when all have called it; traps when another thread has failed. */
export function emitBarrier(module: ModuleBuilder): FunctionBuilder {
  const f = module.function([I32, I32])
  const [threads, mayPark] = [0, 1]
  const [generation, rounds, limit] = f.localsOf(I32, 3) as [number, number, number]
  const { arrived, parked, poison, spin } = teamMemory
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
      load(spin)
        .tee(limit)
        .i32(fewestRounds)
        .get(limit)
        .i32(fewestRounds)
        .op(i32.gtS, control.select)
        .tee(limit)
        .set(rounds)
      f.block(() => {
        f.loop(() => {
          isOver().if(() => {
            f.get(limit).i32(mostRounds).op(i32.ltS)
            f.if(() => {
              f.i32(0).get(limit).get(limit).i32(3).op(i32.shrU, i32.add).mem('i32AtomicStore', spin)
            })
            f.branch(2)
          })
          f.get(rounds).i32(1).op(i32.sub).tee(rounds).branchIf(0)
          f.i32(0).get(limit).i32(2).op(i32.shrU).tee(limit).mem('i32AtomicStore', spin)
          load(poison).if(() => f.op(control.unreachable))
          f.get(mayPark).if(() => {
            f.i32(0).i32(1).mem('i32AtomicAdd', parked).op(control.drop)
            f.i32(0).get(generation).i64(parkTime).mem('atomicWait32', teamMemory.generation).op(control.drop)
            f.i32(0).i32(-1).mem('i32AtomicAdd', parked).op(control.drop)
          })
          f.i32(fewestRounds).set(rounds)
          f.branch(0)
        })
      })
    },
  )
  return f
}
