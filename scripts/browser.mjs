import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
]

/** Browsers that playwright has downloaded for some other project. */
function fromPlaywright() {
  const folders = [
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? '',
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ]
  const inside = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']
  for (const folder of folders.filter((path) => path !== '' && existsSync(path))) {
    const versions = readdirSync(folder).filter((name) => name.startsWith('chromium-'))
    for (const version of versions)
      for (const path of inside) {
        if (existsSync(join(folder, version, path))) return join(folder, version, path)
      }
  }
  return undefined
}

/** Installs Debian's chromium where this user may. */
function install() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing Chromium with apt-get (for the browser tests only) ...')
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { ...options, encoding: 'utf8' })
  apt('update')
  const result = apt('install', '-y', '--no-install-recommends', 'chromium')
  if (result.status !== 0) console.log(`apt-get could not install chromium:\n${result.stderr}`)
}

/**
 * The path of a Chromium or Chrome: CHROMIUM_PATH, one that is installed, or one that this call installs.
 * Undefined where none can be had.
 * @returns {string | undefined}
 */
export function findChromium() {
  const given = process.env['CHROMIUM_PATH'] ?? process.env['NEURITE_CHROMIUM']
  if (given !== undefined) return existsSync(given) ? given : undefined
  const find = () => INSTALLED.find((path) => existsSync(path)) ?? fromPlaywright()
  const found = find()
  if (found !== undefined) return found
  install()
  return find()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findChromium() ?? 'no Chromium can be had here')
