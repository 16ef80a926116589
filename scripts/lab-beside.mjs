// Serves the lab while something else runs in this process. It never keeps the process alive.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { labOut } from './lab-build.mjs'
import { liveAnswers } from './lab-live.mjs'
import { serveLab } from './lab-serve.mjs'

/** @param {string} text @param {boolean} isWaiting */
const page = (text, isWaiting) => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta name="color-scheme" content="light dark">
  ${isWaiting ? '<meta http-equiv="refresh" content="2">' : ''}
  <title>Neurite lab</title>
  <body style="font: 20px/1.55 system-ui; max-width: 62ch; margin: 2rem auto; padding: 0 1rem">
  <p>${text}</p>
</html>
`,
})

/**
 * @typedef {object} Beside
 * @property {string} url where the lab is
 * @property {() => Promise<void>} build builds the lab in a process of its own; until then its pages ask to wait
 * @property {(run: import('./lab-live.mjs').LiveRun) => void} show lets the pages look into a training
 */

/**
 * Opens the lab at the first free port.
 * @param {{ folder: string, port?: number }} options the folder of a model that an earlier training has saved
 * @returns {Promise<Beside>}
 */
export async function openBeside({ folder, port }) {
  /** @type {'waiting' | 'built' | 'failed'} */
  let lab = 'waiting'
  /** @type {import('./lab-live.mjs').LiveRun | undefined} */
  let run
  const answer = liveAnswers({ folder, run: () => run, isExpected: () => true })
  const { url, server } = await serveLab({
    ...(port === undefined ? {} : { port }),
    live: (path) => {
      if (lab === 'built' || !path.endsWith('/')) return answer(path)
      return lab === 'failed'
        ? page('The lab could not be built. <code>npm run lab</code> in a terminal says why.', false)
        : page('The lab is being built. This page comes back by itself.', true)
    },
  })
  server.unref()
  server.on('connection', (socket) => socket.unref())
  return {
    url,
    build: () =>
      new Promise((resolve) => {
        const { NODE_ENV: _, ...env } = process.env
        const builder = spawn(process.execPath, ['scripts/lab-build.mjs'], { cwd: root, env, stdio: 'ignore' })
        builder.unref()
        builder.on('exit', (code) => {
          lab = code === 0 && existsSync(join(labOut, 'index.html')) ? 'built' : 'failed'
          resolve()
        })
      }),
    show: (shown) => {
      run = shown
    },
  }
}
