import { NeuriteError } from '../../src/index.ts'

/** The error of the library that `run` throws or rejects with; anything else fails the test. */
export async function errorOf(run: () => unknown): Promise<NeuriteError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof NeuriteError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
