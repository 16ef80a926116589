import type { SGD, Tensor } from 'neurite'

export type OptimiserState = ReturnType<SGD['stateDict']>

/** The state of an optimiser as plain numbers: what it keeps per parameter is read at once, and can be told as text. */
export async function plainState(optimiser: SGD): Promise<OptimiserState> {
  const { slots, ...state } = optimiser.stateDict()
  const plain: [string, { dtype: string; shape: readonly number[]; data: Float32Array }][] = []
  for (const [name, slot] of slots) {
    const data = (await (slot as Tensor).data()).slice() as Float32Array
    plain.push([name, { dtype: 'float32', shape: slot.shape, data }])
  }
  return { ...state, slots: new Map(plain) }
}
