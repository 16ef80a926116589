// npm run lab: builds the lab where needed and serves it.
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { buildLab } = await import('./lab-build.mjs')
await buildLab()
const { liveAnswers } = await import('./lab-live.mjs')
const { serveLab } = await import('./lab-serve.mjs')
const { url } = await serveLab({ live: liveAnswers({ folder: 'runs/digits' }) })
console.log(`The lab is open at ${url} (Ctrl-C ends it).`)
