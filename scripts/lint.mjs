import { spawnSync } from 'node:child_process'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const oxlint = 'node_modules/oxlint/bin/oxlint'
const runs = [['--type-aware', '--deny-warnings', ...process.argv.slice(2)]]
// Without paths of its own, the arrows between the rooms as well.
if (process.argv.length === 2) runs.push(['-c', 'scripts/arrows.oxlintrc.json', 'packages', 'apps', 'zoo'])
const codes = runs.map(
  (words) => spawnSync(process.execPath, [oxlint, ...words], { cwd: root, stdio: 'inherit' }).status,
)
process.exitCode = codes.find((code) => code !== 0) ?? 0
