import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
const packagesOf = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages

/** Whether what is installed is what the lock file asks for; npm keeps a list of it, written when it has finished. */
function isInstalled() {
  const list = 'node_modules/.package-lock.json'
  if (!existsSync(join(root, list))) return false
  const installed = packagesOf(list)
  // Optional packages are binaries for other machines.
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([path]) => path.startsWith('node_modules/'))
    .every(([path, { version, optional }]) =>
      path in installed ? installed[path]?.version === version : optional === true,
    )
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
  if (isInstalled()) return
  console.log('Installing the development tools (npm ci; once, and again when package-lock.json changes) ...')
  const result = npm(['ci', '--no-audit', '--no-fund'], root)
  if (result.status !== 0) {
    console.error('The installation failed: npm ci needs a package registry. See the messages of npm above.')
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled()
