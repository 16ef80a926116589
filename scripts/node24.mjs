import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm, root } from './install.mjs'

const home = join(root, '.cache/node24')
const binary = join(home, `node_modules/node-${process.platform}-${process.arch}/bin/node`)

/** @param {string} path */
function isNode24(path) {
  const result = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return result.status === 0 && result.stdout.startsWith('v24.')
}

/**
 * The path of a Node 24 binary: this one, NEURITE_NODE24, or one installed from the registry into .cache.
 * Undefined where none can be had.
 * @returns {string | undefined}
 */
export function node24Path() {
  const given = process.env['NEURITE_NODE24']
  if (given !== undefined) return given !== '' && isNode24(given) ? given : undefined
  if (process.versions.node.startsWith('24.')) return process.execPath
  if (existsSync(binary)) return isNode24(binary) ? binary : undefined
  console.log('Installing Node 24 from the registry into .cache (for tests and benchmarks only) ...')
  // A folder of its own, renamed when complete: two processes may arrive here at the same time.
  const fresh = `${home}.${process.pid}`
  mkdirSync(fresh, { recursive: true })
  cpSync(join(root, 'scripts/node24'), fresh, { recursive: true })
  cpSync(join(root, '.npmrc'), join(fresh, '.npmrc'))
  const result = npm(['ci', '--no-audit', '--no-fund'], fresh)
  if (result.status === 0 && !existsSync(home)) renameSync(fresh, home)
  else rmSync(fresh, { recursive: true, force: true })
  return existsSync(binary) && isNode24(binary) ? binary : undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(node24Path() ?? 'Node 24 cannot be had here')
