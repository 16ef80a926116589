import { existsSync, renameSync, rmSync } from 'node:fs'

/**
 * Makes a folder anew: `make` fills a fresh one beside it, which then takes its place. Whoever reads meanwhile finds the
 * old one or the new one, whole; of two that build at the same time, the later one is kept.
 * @param {string} folder
 * @param {(fresh: string) => void | Promise<void>} make
 */
export async function replaceFolder(folder, make) {
  const fresh = `${folder}-new-${process.pid}`
  const old = `${folder}-old-${process.pid}`
  try {
    await make(fresh)
    for (let tries = 1; ; tries++) {
      try {
        if (existsSync(folder)) renameSync(folder, old)
        renameSync(fresh, folder)
        return
      } catch (error) {
        // Another build has taken the place, or the old folder away, between the two steps.
        if (tries === 20) throw error
        rmSync(old, { recursive: true, force: true })
      }
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
}
