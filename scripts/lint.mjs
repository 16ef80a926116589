import { spawnSync } from 'node:child_process'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const lint = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, lint, { cwd: root, stdio: 'inherit' }).status ?? 1
