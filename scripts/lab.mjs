// npm run lab: builds the lab where needed and serves it.
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { buildLab } = await import('./lab-build.mjs')
await buildLab()
const { serveLab } = await import('./lab-serve.mjs')
const { url } = await serveLab()
console.log(`The lab is open at ${url} (Ctrl-C ends it).`)
