import type { TestContext } from 'vitest'
import { node24Path } from '../../../../scripts/node24.mjs'
import { needs } from './shared.ts'

/** The path of a Node 24 binary, or ends the test as "not run" where the registry has none for this machine. */
export function needsNode24(context: TestContext): string {
  return needs(context, 'Node 24 (set NEURITE_NODE24, or allow npm to install it)', node24Path())
}
