#!/usr/bin/env node
import { existsSync } from 'node:fs'

// In a checkout the command builds itself; the published package has no scripts folder and is built already.
const buildScript = new URL('../../../scripts/build.mjs', import.meta.url)
if (existsSync(buildScript)) {
  const { build } = await import(buildScript.href)
  await build({ log: console.error })
}
await import('../dist/main.js')
