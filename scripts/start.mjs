import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { build } = await import('./build.mjs')
await build()

if (!process.argv.includes('--once') && !process.argv.includes('--json') && !process.argv.includes('--help')) {
  const { serveWhileTraining } = await import('./lab-beside.mjs')
  await serveWhileTraining()
}

// The command line runs in this process, so that Ctrl-C reaches it directly.
process.argv.splice(2, process.argv.length, 'train', 'digits', ...process.argv.slice(2))
const main = new URL('../packages/cli/dist/main.js', import.meta.url).href
await import(main)
