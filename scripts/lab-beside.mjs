// Serves the lab while something else runs in this process. It never keeps the process alive.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { labOut } from './lab-build.mjs'
import { serveLab } from './lab-serve.mjs'

const WAITING = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Neurite lab</title>
<p>The lab is being built. This page comes back by itself.</p>
`

/** Opens the lab at the first free port, builds it in a process of its own, and says where it is. */
export async function serveWhileTraining() {
  let isBuilt = false
  const { url, server } = await serveLab({
    live: (path) => (!isBuilt && path.endsWith('/') ? { type: 'text/html; charset=utf-8', body: WAITING } : undefined),
  }).catch((error) => {
    console.log(`The lab cannot be served: ${error.message}`)
    return { url: undefined, server: undefined }
  })
  if (url === undefined) return
  server.unref()
  server.on('connection', (socket) => socket.unref())
  const { NODE_ENV: _, ...env } = process.env
  const builder = spawn(process.execPath, ['scripts/lab-build.mjs'], { cwd: root, env, stdio: 'ignore' })
  builder.unref()
  builder.on('exit', (code) => {
    isBuilt = code === 0 && existsSync(join(labOut, 'index.html'))
  })
  console.log(`A network will now learn to read digits in this terminal, from nothing. Beside it, the lab is at ${url}`)
}
