import { prepareDevice, whenReady } from '../tensor/for-modules.ts'
import type * as OnDemand from './on-demand.ts'

/** The code of training, scoring and storing, and the device that it computes on. */
export async function loadWithDevice(): Promise<typeof OnDemand> {
  prepareDevice()
  const code = await import('./on-demand.ts')
  await whenReady(() => undefined)
  return code
}
