// Runs the operation matrix and writes docs/operation-matrix.md.
import { spawnSync } from 'node:child_process'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const args = ['node_modules/vitest/vitest.mjs', 'run', 'packages/neurite/test/matrix/operations.test.ts']
const env = { ...process.env, NEURITE_WRITE_MATRIX: '1' }
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
