// npm run test:lab: every test of the lab. With --proof, layouts in every width, theme and language.
import { spawnSync } from 'node:child_process'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const env = { ...process.env, ...(process.argv.includes('--proof') ? { LAB_PROOF: '1' } : {}) }
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'apps/lab'], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
