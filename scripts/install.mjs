import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** What an installation depends on: the lock file and the manifests that it was made from. */
function manifestsHash() {
  const hash = createHash('sha256')
  const workspaces = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`)
  for (const path of ['package.json', 'package-lock.json', ...workspaces.sort()]) {
    const file = join(root, path)
    if (existsSync(file)) hash.update(path).update(readFileSync(file))
  }
  return hash.update(`${process.platform}-${process.arch}`).digest('hex')
}

/**
 * Runs npm. On Windows npm is a command file, which only a shell can start.
 * @param {string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  // `npm start` sets npm_* variables that would point this inner npm at the wrong project.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/.test(name)),
  )
  return spawnSync('npm', args, {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
}

/** Installs the development tools with `npm ci` where they are missing or older than the lock file. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 20)) {
    console.error(`Neurite needs Node 20.20 or newer; this is Node ${process.versions.node}. Install a newer Node.`)
    process.exit(1)
  }
  const stamp = join(root, 'node_modules', '.neurite-installed')
  const wanted = manifestsHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing the development tools (npm ci; once, and again when package-lock.json changes) ...')
  const result = npm(['ci', '--no-audit', '--no-fund'], root)
  if (result.status !== 0) {
    console.error('The installation failed: npm ci needs a package registry. See the messages of npm above.')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled()
