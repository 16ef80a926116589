import { appendFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'vitest'

/** The root folder of the repository. */
export const repositoryRoot: string = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/[\\/]$/, '')

/** Where a file or folder of `../shared` (beside the repository) lies, or undefined where it is absent. */
export function sharedPath(path: string): string | undefined {
  const found = `${repositoryRoot}/../shared/${path}`
  return existsSync(found) ? found : undefined
}

/**
 * Gives back `value`, or ends the test as "not run" where it is undefined because something outside the repository is
 * absent. `npm test` lists these tests by name, and counts them as failed with CI=true.
 *
 *     test('reads MNIST', async (context) => {
 *       const folder = needs(context, '../shared/data/mnist', sharedPath('data/mnist'))
 */
export function needs<T>(context: TestContext, what: string, value: T | undefined): T {
  if (value !== undefined) return value
  const { task } = context
  const record = { file: task.file.name, test: task.name, needs: what }
  const list = process.env['NEURITE_NOT_RUN']
  if (list !== undefined) appendFileSync(list, `${JSON.stringify(record)}\n`)
  return context.skip(`needs ${what}`)
}
