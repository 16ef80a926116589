import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** No sandbox: a container's root user has no namespaces for it; nothing that would ask another host. */
export const LAB_BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The English pages of a built lab: '' for the front page, then the chapters that are listed. @param {string} folder */
export function listedPages(folder) {
  const chapters = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'de' && existsSync(join(folder, entry.name, 'index.html')))
    .map((entry) => entry.name)
  return ['', ...chapters.sort()]
}
