// Serves the built lab with the headers that threads need. The page works without them too.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { labOut } from './lab-build.mjs'

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
}

export const FIRST_PORT = 4173
const LAST_PORT = FIRST_PORT + 50

/**
 * @typedef {object} Served
 * @property {string} url
 * @property {import('node:http').Server} server
 * @property {() => Promise<void>} close
 */

/** @typedef {{ type: string, body: string | Uint8Array }} Answer */

/**
 * @typedef {object} ServeOptions
 * @property {number} [port] the first port that is tried; a busy one is left for the next
 * @property {boolean} [isolated] whether threads are possible in the page; default true
 * @property {string} [folder]
 * @property {(path: string) => Answer | undefined | Promise<Answer | undefined>} [live] answers before files do
 */

/** @param {ServeOptions} options @returns {Promise<Served>} */
export async function serveLab({ port = FIRST_PORT, isolated = true, folder = labOut, live } = {}) {
  const server = createServer((request, response) => {
    void answerTo(request, response).catch(() => response.destroy())
  })
  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const answerTo = async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    /** @type {Record<string, string>} */
    const headers = isolated
      ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
      : {}
    const answer = await live?.(path)
    if (answer !== undefined) {
      response.writeHead(200, { ...headers, 'Content-Type': answer.type, 'Cache-Control': 'no-store' })
      response.end(answer.body)
      return
    }
    const file = fileFor(folder, path)
    if (file === undefined) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' })
      response.end('There is no such page in the lab.\n')
      return
    }
    const isNamedByContent = path.includes('/assets/')
    response.writeHead(200, {
      ...headers,
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': isNamedByContent ? 'max-age=31536000, immutable' : 'no-cache',
    })
    createReadStream(file).pipe(response)
  }
  const found = await listen(server, port)
  return {
    url: `http://localhost:${found}/`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve(undefined))
      }),
  }
}

/** @param {string} folder @param {string} path @returns {string | undefined} */
function fileFor(folder, path) {
  const inside = normalize(path).replace(/^([/\\])+/, '')
  if (inside.startsWith('..')) return undefined
  const file = join(folder, inside)
  if (!existsSync(file)) return undefined
  if (!statSync(file).isDirectory()) return file
  const index = join(file, 'index.html')
  return existsSync(index) ? index : undefined
}

/** Listens on the first port that is free. @param {import('node:http').Server} server @param {number} port */
async function listen(server, port) {
  for (let tried = port; tried <= Math.max(LAST_PORT, port + 50); tried++) {
    const isFree = await new Promise((resolve, reject) => {
      server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      )
      server.listen(tried, 'localhost', () => resolve(true))
    })
    server.removeAllListeners('error')
    const address = server.address()
    if (isFree) return typeof address === 'object' && address !== null ? address.port : tried
  }
  throw new Error(`all ports from ${port} to ${port + 50} are busy`)
}
