import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Collects garbage until `isDone` or for two seconds; finalisation callbacks get their turns. */
export async function collectGarbage(isDone: () => boolean): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let i = 0; i < 40 && !isDone(); i++) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
